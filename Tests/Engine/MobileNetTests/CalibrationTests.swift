import MobileNet
import Tensors
import Testing

/// A temperature changes how sure answers are, and no answer.
struct CalibrationTests {
  private func checkpoint() throws -> Checkpoint {
    try SyntheticNetwork(width: 0.25, classes: 200).checkpoint().adding(calibration: [
      .init(resolution: 128, temperature: 0.5, errorBefore: 20, error: 1),
      .init(resolution: 64, temperature: 0.8, errorBefore: 10, error: 2),
    ])
  }

  private func logits(_ network: Network, _ input: Tensor) throws -> [Float] {
    let trace = network.run(input)
    return trace.output(at: try #require(trace.layers.classifier)).values
  }

  @Test(arguments: [(64, 0.8), (32, 0.8), (128, 0.5), (256, 0.5), (96, 0.65)])
  func logitsAreDividedByTheTemperatureOfTheResolution(side: Int, temperature: Double) throws {
    let checkpoint = try checkpoint()
    let input = SyntheticNetwork.input(at: Resolution(side: side))
    let network = try Network(checkpoint, resolution: Resolution(side: side), threads: 1)
    #expect(abs(network.checkpoint.temperature - temperature) < 1e-12)
    let plain = try SyntheticNetwork(width: 0.25, classes: 200).checkpoint()
    let before = try logits(
      try Network(plain, resolution: Resolution(side: side), threads: 1), input)
    let after = try logits(network, input)
    for (before, after) in zip(before, after) {
      #expect(abs(Double(before) / temperature - Double(after)) < 1e-4 * max(1, abs(Double(after))))
    }
    #expect(before.max() != after.max())
  }

  /// Three hundred pictures; the order of all classes stays wherever two logits are not the same.
  @Test func noAnswerChanges() throws {
    let plain = try Network(
      try SyntheticNetwork(width: 0.25, classes: 200).checkpoint(), resolution: 32, threads: 1)
    let calibrated = try Network(try checkpoint(), resolution: 32, threads: 1)
    for seed in 0..<300 {
      let shape = Shape(side: 32, channels: 3)
      let input = Tensor(
        shape: shape, values: Checkpoint.syntheticValues(shape.count, seed: seed, scale: 2))
      let (one, other) = (plain.run(input), calibrated.run(input))
      #expect(
        one.predictions(top: 5).map(\.classIndex) == other.predictions(top: 5).map(\.classIndex))
    }
  }

  /// The sum over all places is the calibrated logit, not the one that was trained.
  @Test func evidenceIsThatOfTheCalibratedNetwork() throws {
    let network = try Network(try checkpoint(), resolution: 128, threads: 1)
    let trace = network.run(SyntheticNetwork.input(at: 128))
    let logits = trace.output(at: try #require(trace.layers.classifier)).values
    let evidence = try #require(
      Evidence(trace, checkpoint: network.checkpoint, classIndex: 7))
    let mean = logits.reduce(0) { $0 + Double($1) } / Double(logits.count)
    #expect(abs(evidence.sum - (Double(logits[7]) - mean)) < 1e-3)
  }

  @Test func aCheckpointIsReadyForItsOwnResolutionAndForOthersInAnyOrder() throws {
    let checkpoint = try checkpoint()
    #expect(checkpoint.temperature == 0.5)
    #expect(checkpoint.calibrated(for: 64).calibrated(for: 128).temperature == 0.5)
    let layer = try #require(
      checkpoint.architecture.layers(resolution: 224).first { $0.kind == .fullyConnected })
    let trained = try #require(checkpoint.uncalibrated.weights(of: layer))
    let folded = try #require(checkpoint.weights(of: layer))
    #expect(folded.weights.first == trained.weights.first.map { $0 / 0.5 })
    #expect(folded.biases.last == trained.biases.last.map { $0 / 0.5 })
  }

  @Test func sureMeansMoreLikelyRightThanWrongWhereThatIsKnown() throws {
    let checkpoint = try checkpoint()
    #expect(checkpoint.isSure(0.5) == true && checkpoint.isSure(0.49) == false)
    let plain = try SyntheticNetwork(width: 0.25).checkpoint()
    #expect(plain.isSure(0.1) == nil && plain.isSure(0.9) == nil && plain.temperature == 1)
  }
}
