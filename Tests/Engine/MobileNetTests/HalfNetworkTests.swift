import Kernels
import MobileNet
import Tensors
import Testing

/// A network that keeps halves, against sums written down layer by layer.
struct HalfNetworkTests {
  private let checkpoint: Checkpoint
  private let input: Tensor

  init() throws {
    checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 10))
    let shape = Shape(side: 64, channels: 3)
    input = Tensor(
      shape: shape, values: Checkpoint.syntheticValues(shape.count, seed: 3, scale: 2))
  }

  @Test func aNumberIsTheHalfNearestToTheSumOfHalves() throws {
    let network = try HalfNetwork(checkpoint, resolution: 64)
    let trace = network.run(input).reals
    for name in ["conv1", "conv2_1_dw", "conv2_1_sep", "conv5_3_sep", "fc7"] {
      let position = try #require(network.layers.firstIndex { $0.name == name })
      let layer = network.layers[position]
      let weights = try #require(checkpoint.weights(of: layer))
      let own = HalfPrecision.rounded(weights.weights)
      let biases = HalfPrecision.rounded(weights.biases)
      let (input, output) = (trace.input(at: position), trace.output(at: position))
      for channel in 0..<layer.output.channels {
        let sum = Self.sum(layer, own, channel, input) + Double(biases[channel])
        let made = layer.isActivated ? max(sum, 0) : sum
        let (y, x) = Self.place(in: layer)
        let recorded = Double(output[y, x, channel])
        // Half of the last of eleven bits, and what sums of floats are off by.
        #expect(
          abs(recorded - made) <= made.magnitude * 0x1.02p-11 + 1e-6,
          "\(name) \(channel): \(recorded), not \(made)")
      }
    }
  }

  @Test func everyNumberIsAHalf() throws {
    let trace = try HalfNetwork(checkpoint, resolution: 64).run(input)
    let floats = trace.reals
    for position in trace.layers.indices {
      let values = floats.output(at: position).values
      #expect(HalfPrecision.bits(of: values) == trace.output(at: position).bits)
    }
    #expect(trace.byteCount * 2 == (try Network(checkpoint, resolution: 64)).run(input).byteCount)
  }

  @Test func threadsAndMemoryChangeNothing() throws {
    let one = try HalfNetwork(checkpoint, resolution: 64, threads: 1)
    let three = HalfNetwork(
      sharingWeightsWith: try HalfNetwork(checkpoint, resolution: 64, threads: 3))
    let first = one.run(input)
    var again: HalfTrace?
    for _ in 0..<2 { three.run(input, reusing: &again) }
    let second = try #require(again)
    for position in first.layers.indices {
      #expect(first.output(at: position).bits == second.output(at: position).bits)
    }
    #expect(second.milliseconds.count == first.layers.count)
  }

  @Test func memoryOfASmallerNetworkIsNotUsedAgain() throws {
    let small = try HalfNetwork(checkpoint, resolution: 32)
    var trace: HalfTrace? = small.run(Tensor(repeating: 0.5, shape: small.inputShape))
    let network = try HalfNetwork(checkpoint, resolution: 64)
    let found = network.run(input, reusing: &trace)
    #expect(found.output(at: 3).bits == network.run(input).output(at: 3).bits)
  }

  @Test func whatIsTooLargeForAHalfIsSaid() throws {
    let large = Tensor(
      shape: input.shape, values: [Float](repeating: 60_000, count: input.shape.count))
    let trace = try HalfNetwork(checkpoint, resolution: 64).run(large).reals
    #expect(trace.problem?.contains("is the first layer whose values are too large") == true)
  }

  /// Somewhere inside, so that the window lies within the input.
  private static func place(in layer: Layer) -> (Int, Int) {
    layer.output.places > 1 ? (layer.output.height / 2, layer.output.width / 2) : (0, 0)
  }

  /// The products of one output without its bias.
  private static func sum(
    _ layer: Layer, _ weights: [Float], _ channel: Int, _ input: Tensor
  ) -> Double {
    let (y, x) = place(in: layer)
    let isDepthwise = layer.kind == .depthwise
    let side = layer.kernelSide
    let channels = isDepthwise ? 1 : layer.input.channels
    var sum = 0.0
    for row in 0..<side {
      for column in 0..<side {
        for from in 0..<channels {
          let index = ((channel * side + row) * side + column) * channels + from
          let before = layer.window.before
          let (top, left) =
            side == 3
            ? (
              y * layer.stride - before.above + row, x * layer.stride - before.left + column
            ) : (y, x)
          sum +=
            Double(weights[index]) * Double(input[top, left, isDepthwise ? channel : from])
        }
      }
    }
    return sum
  }
}
