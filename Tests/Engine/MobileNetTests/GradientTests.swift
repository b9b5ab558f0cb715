import Kernels
import MobileNet
import Tensors
import Testing

struct GradientTests {
  /// Networks that differ in all that a backward pass depends on.
  static let networks = [
    SyntheticNetwork(width: 0.25, classes: 12, padding: .symmetric, activation: .relu),
    SyntheticNetwork(width: 0.3, classes: 12, padding: .same, activation: .relu6),
    SyntheticNetwork(width: 0.2, isShallow: true, classes: 5, padding: .same, inputChannels: 1),
  ]

  /// Odd and even sides, and one of either.
  static let resolutions: [Resolution] = [
    16, 17, 32, 33, 50, 64, Resolution(height: 33, width: 50), Resolution(height: 48, width: 17),
  ]

  @Test(arguments: networks, resolutions)
  func theKernelsComputeWhatThePlainOperationsSay(
    _ synthetic: SyntheticNetwork, resolution: Resolution
  ) throws {
    let checkpoint = try synthetic.checkpoint()
    let input = synthetic.input(at: resolution)
    let forward = Forward(checkpoint, on: input).outputs
    for set in InstructionSet.available {
      let network = try Network(
        checkpoint, resolution: resolution, threads: 2, instructionSet: set)
      let trace = network.run(input)
      #expect(forward.count == trace.layers.count)
      for (position, output) in forward.enumerated() {
        expectEqual(trace.output(at: position), output, "\(trace.layers[position].name) \(set)")
      }
      for target in [Target.logit(3), .channelMean(layer: 9, channel: 4)] {
        let plain = try Backward(trace, checkpoint: checkpoint, target: target)
        let gradient = try network.gradient(of: target, at: trace)
        expectEqual(gradient.input, plain.input, "input \(set)")
        for position in 0...gradient.position {
          let found = try #require(gradient.output(at: position))
          let expected = try #require(plain.outputs[position])
          expectEqual(found, expected, "\(trace.layers[position].name) \(set)")
        }
        #expect(gradient.output(at: gradient.position + 1) == nil)
      }
    }
  }

  @Test(arguments: [0: 1, 7: 9, 8: 9, 27: 28])
  func theFirstLayersAloneGiveTheSame(position: Int, count: Int) throws {
    let synthetic = SyntheticNetwork(width: 0.25)
    let network = try Network(synthetic.checkpoint(), resolution: 64, threads: 2)
    let input = synthetic.input(at: 64)
    let whole = network.run(input)
    var part: Trace?
    network.run(input, through: position, reusing: &part)
    let found = try #require(part)
    // A depthwise layer comes with the pointwise one after it.
    #expect(found.layers == Array(network.layers[..<count]))
    for position in found.layers.indices {
      #expect(found.output(at: position).values == whole.output(at: position).values)
    }
    let target = Target.channelMean(layer: position, channel: 3)
    let gradient = try network.gradient(of: target, at: found)
    let expected = try Network(sharingWeightsWith: network).gradient(of: target, at: whole)
    #expect(gradient.input.values == expected.input.values)
    #expect(gradient.input.values.contains { $0 != 0 })
  }

  @Test(arguments: InstructionSet.available)
  func anyNumberOfThreadsGivesTheSameBits(_ set: InstructionSet) throws {
    let synthetic = SyntheticNetwork(width: 0.5, activation: .relu6)
    let checkpoint = try synthetic.checkpoint()
    let input = synthetic.input(at: 160)
    func gradient(threads: Int) throws -> Gradient {
      let network = try Network(
        checkpoint, resolution: 160, threads: threads, instructionSet: set)
      return try network.gradient(of: .logit(17), at: network.run(input))
    }
    let one = try gradient(threads: 1)
    for threads in 2...5 {
      let other = try gradient(threads: threads)
      #expect(other.input.values == one.input.values)
      for position in 0...one.position {
        #expect(other.output(at: position)?.values == one.output(at: position)?.values)
      }
    }
  }

  @Test(arguments: [96, Resolution(height: 96, width: 75)], Padding.allCases)
  func aSmallStepChangesTheNumberAsTheGradientSays(
    resolution: Resolution, padding: Padding
  ) throws {
    let synthetic = SyntheticNetwork(width: 0.25, padding: padding)
    let network = try Network(synthetic.checkpoint(), resolution: resolution)
    let input = synthetic.input(at: resolution)
    let trace = network.run(input)
    let target = Target.difference(3, from: 5)
    let gradient = try network.gradient(of: target, at: trace)
    let values = gradient.input.values
    let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }
    let step = Float(0.001 / length.squareRoot())
    let moved = Tensor(
      shape: input.shape, values: zip(input.values, values).map { $0 + step * $1 })
    let before = target.value(of: trace.output(at: gradient.position))
    let after = target.value(of: network.run(moved).output(at: gradient.position))
    #expect(abs((after - before) / (Double(step) * length) - 1) < 0.02)
  }

  // What a depthwise layer reads may be zero everywhere, and then nothing but the sums before that
  // zero can say which way is up.
  @Test func beforeTheActivationThereIsAGradientEvenWhereAllIsCutOff() throws {
    let synthetic = SyntheticNetwork(width: 0.25, activation: .relu6)
    let network = try Network(synthetic.checkpoint(), resolution: 64)
    let trace = network.run(synthetic.input(at: 64))
    var found = 0
    for (position, layer) in trace.layers.enumerated() where layer.kind == .depthwise {
      let dead = (0..<layer.input.channels).first { channel in
        trace.input(at: position).plane(channel).values.allSatisfy { $0 == 0 }
      }
      guard let dead else { continue }
      found += 1
      let target = Target.channelMean(layer: position, channel: dead)
      #expect(try network.gradient(of: target, at: trace).input.values.allSatisfy { $0 == 0 })
      var gradient: Gradient?
      try network.gradient(of: target, at: trace, beforeActivation: true, reusing: &gradient)
      let before = try #require(gradient?.output(at: position - 1))
      #expect(before.plane(dead).values.contains { $0 != 0 })
      #expect(gradient?.input.values.contains { $0 != 0 } == true, "\(layer.name)")
    }
    #expect(found > 0)
  }

  @Test func memoryThatNobodyElseHoldsIsWrittenAgain() throws {
    let synthetic = SyntheticNetwork(width: 0.25)
    let network = try Network(synthetic.checkpoint(), resolution: 64)
    let trace = network.run(synthetic.input(at: 64))
    func address(_ gradient: Gradient?) -> UnsafePointer<Float>? {
      gradient?.input.withUnsafeBufferPointer { $0.baseAddress }
    }
    var gradient: Gradient?
    try network.gradient(of: .logit(1), at: trace, reusing: &gradient)
    let first = address(gradient)
    try network.gradient(of: .logit(2), at: trace, reusing: &gradient)
    #expect(address(gradient) == first)
    let held = gradient
    try network.gradient(of: .logit(3), at: trace, reusing: &gradient)
    #expect(address(gradient) != first && address(held) == first)
  }

  @Test func aTargetThatIsNotThereIsNamed() throws {
    let classified = try Network(
      SyntheticNetwork(width: 0.25, classes: 7).checkpoint(), resolution: 32)
    let features = try Network(
      SyntheticNetwork(width: 0.25, classes: nil).checkpoint(), resolution: 32)
    func message(_ network: Network, _ target: Target) -> String {
      do {
        _ = try target.position(in: network.layers)
        return ""
      } catch { return "\(error)" }
    }
    #expect(message(classified, .logit(7)) == "there is no class 7: the network has classes 0 to 6")
    #expect(message(classified, .difference(0, from: -1)).hasPrefix("there is no class -1"))
    #expect(message(features, .logit(0)).hasPrefix("the network has no classifier"))
    #expect(
      message(features, .channelMean(layer: 0, channel: 8)) == "conv1 has no channel 8, only 0 to 7"
    )
    #expect(
      message(features, .value(layer: 0, row: 16, column: 0, channel: 0))
        == "conv1 has no cell 16,0: its output is 16×16×8")
    #expect(message(features, .channelMean(layer: 99, channel: 0)).hasPrefix("there is no layer"))
  }

  private func expectEqual(_ found: Tensor, _ expected: Tensor, _ name: String) {
    let scale = expected.values.reduce(0) { max($0, abs($1)) }
    let error = zip(found.values, expected.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(found.shape == expected.shape && error <= 2e-5 * scale, "\(name): \(error) of \(scale)")
  }
}
