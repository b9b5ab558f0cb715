import MobileNet
import Tensors
import Testing

struct TracePoolTests {
  @Test func whatSomebodyLooksAtStaysAndTheRestIsUsedAgain() throws {
    let network = try Network(
      SyntheticNetwork(width: 0.25).checkpoint(), resolution: 64, threads: 1)
    func input(_ value: Float) -> Tensor {
      let shape = Shape(side: 64, channels: 3)
      return Tensor(shape: shape, values: [Float](repeating: value, count: shape.count))
    }
    func values(_ trace: Trace) -> [Float] { trace.output(at: 3).values }
    var pool = TracePool()
    let kept = pool.run(network, on: input(0.5))
    let expected = values(network.run(input(0.5)))
    for step in 0..<20 {
      let other = pool.run(network, on: input(Float(step)))
      #expect(values(other) == values(network.run(input(Float(step)))))
      #expect(values(kept) == expected)
    }
    #expect(pool.count == 2)
    var shown = kept
    for step in 0..<20 { shown = pool.run(network, on: input(Float(step))) }
    #expect(values(shown) == values(network.run(input(19))))
    #expect(pool.count <= 3)
  }
}
