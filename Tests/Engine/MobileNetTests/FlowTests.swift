import MobileNet
import Tensors
import Testing

struct FlowTests {
  // By the chain rule every layer carries the same total: forward mode and reverse mode, which share
  // no kernel, meet in each.
  @Test(arguments: GradientTests.networks)
  func everyLayerCarriesTheSameTotal(_ synthetic: SyntheticNetwork) throws {
    let network = try Network(try synthetic.checkpoint(), resolution: 64, threads: 2)
    let trace = network.run(synthetic.input(at: 64))
    let parts: [(part: Patch.Part, layer: Int?)] = [
      (.channels([2]), 4), (.area(rows: 1..<2, columns: 1..<2), 8),
      (.area(rows: 8..<40, columns: 16..<32), nil), (.whole, 0),
    ]
    for (part, layer) in parts {
      let flow = try #require(try network.flow(of: part, at: layer, to: .logit(3), in: trace))
      let gradient = try network.gradient(of: .logit(3), at: trace)
      let source = try #require(layer.map { gradient.output(at: $0) } ?? gradient.input)
      let values = layer.map { trace.output(at: $0) } ?? trace.input
      let expected = sum(source, values, part)
      #expect(abs(flow.total - expected) < 1e-6 + 1e-5 * expected.magnitude)
      #expect(flow.positions == (layer.map { $0 + 1 } ?? 0)..<gradient.position + 1)
      for position in flow.positions {
        let channels = try #require(flow.channels(at: position))
        // What nearly cancels is as inexact as its parts are large.
        let size = channels.reduce(0) { $0 + $1.magnitude }
        let total = channels.reduce(0, +)
        #expect(abs(total - flow.total) < 1e-3 * size, "\(position): \(total), \(flow.total)")
        let places = try #require(flow.places(at: position)).values
        #expect(abs(places.reduce(0) { $0 + Double($1) } - total) < 1e-4 * size)
      }
    }
  }

  @Test func nothingFlowsBack() throws {
    let synthetic = GradientTests.networks[0]
    let network = try Network(try synthetic.checkpoint(), resolution: 32, threads: 1)
    let trace = network.run(synthetic.input(at: 32))
    let target = Target.channelMean(layer: 4, channel: 1)
    #expect(try network.flow(of: .whole, at: 4, to: target, in: trace) == nil)
    #expect(try network.flow(of: .whole, at: 3, to: target, in: trace)?.positions == 4..<5)
  }

  /// Gradient times value over the values of a part.
  private func sum(_ gradient: Tensor, _ values: Tensor, _ part: Patch.Part) -> Double {
    let shape = values.shape
    var sum = 0.0
    for row in 0..<shape.height {
      for column in 0..<shape.width {
        for channel in 0..<shape.channels {
          let isPart =
            switch part {
            case .channels(let channels): channels.contains(channel)
            case .area(let rows, let columns): rows.contains(row) && columns.contains(column)
            case .whole: true
            }
          if isPart {
            sum += Double(gradient[row, column, channel]) * Double(values[row, column, channel])
          }
        }
      }
    }
    return sum
  }
}
