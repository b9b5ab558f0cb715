import MobileNet
import Tensors
import Testing

@testable import Lessons

@Suite struct WalkthroughTests {
  /// A random cell of each layer, the same ones in every run.
  private func cells(_ layers: [Layer], count: Int) -> [(position: Int, y: Int, x: Int, c: Int)] {
    var state: UInt64 = 42
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    return layers.indices.flatMap { position in
      let shape = layers[position].output
      return (0..<count).map { _ in
        (position, random(shape.height), random(shape.width), random(shape.channels))
      }
    }
  }

  @Test(arguments: [Padding.symmetric, .same], [Activation.relu, .relu6])
  func whatIsComputedIsWhatWasRecordedInEveryLayer(
    padding: Padding, activation: Activation
  ) throws {
    let checkpoint = try Checkpoint.synthetic(
      Architecture(width: 0.5, classes: 100, padding: padding, activation: activation))
    let network = try Network(checkpoint, resolution: 96, threads: 1)
    let input = Checkpoint.syntheticValues(96 * 96 * 3, seed: 1000, scale: 2)
    let trace = network.run(Tensor(shape: network.inputShape, values: input))
    #expect(network.layers.count == 30)
    for cell in cells(network.layers, count: 12) {
      let walkthrough = try Walkthrough(
        trace, checkpoint: checkpoint, position: cell.position, row: cell.y, column: cell.x,
        channel: cell.c, script: .bundled(.cell))
      let digits = try #require(
        walkthrough.commonDigits,
        "\(walkthrough.layer.name) \(cell): \(walkthrough.result) \(walkthrough.recorded)")
      #expect(digits >= 3)
      let shown =
        "\(walkthrough.exact(Double(trace.output(at: cell.position)[cell.y, cell.x, cell.c])))"
      #expect(walkthrough.exact(walkthrough.result) == shown)
      #expect(walkthrough.saysRecorded == "The network recorded \(shown): the same number.")
      let independent = Independent(
        trace: trace, checkpoint: checkpoint, position: cell.position)
      #expect(
        abs(walkthrough.result - independent.value(cell.y, cell.x, cell.c))
          < 1e-9 * max(1, walkthrough.terms.reduce(0) { $0 + abs($1.amount) }))
    }
  }

  @Test func everyTermIsInTheSumOnceAndEveryStepLeadsToTheNext() throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 1, classes: 1000))
    let network = try Network(checkpoint, resolution: 64, threads: 1)
    let input = Checkpoint.syntheticValues(64 * 64 * 3, seed: 7, scale: 2)
    let trace = network.run(Tensor(shape: network.inputShape, values: input))
    for position in network.layers.indices {
      let walkthrough = try Walkthrough(
        trace, checkpoint: checkpoint, position: position, row: 0, column: 0, channel: 3,
        script: .bundled(.cell))
      let layer = network.layers[position]
      let expected: Int =
        switch layer.kind {
        case .convolution: 27
        case .depthwise: 9
        case .averagePooling: layer.input.places
        default: layer.input.channels
        }
      #expect(walkthrough.terms.count == expected)
      if layer.hasWeights { #expect(expected == layer.weightsPerOutput) }
      var next = 0
      for step in walkthrough.steps {
        if case .terms(let range) = step.part {
          #expect(range.lowerBound == next)
          next = range.upperBound
        }
        #expect(step.termsDone == next && !step.text.isEmpty)
      }
      #expect(next == expected && walkthrough.steps.count < 40)
    }
  }

  @Test func aWrongValueIsNotCalledTheSame() throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 10))
    let network = try Network(checkpoint, resolution: 64, threads: 1)
    let input = Tensor(
      shape: network.inputShape,
      values: Checkpoint.syntheticValues(64 * 64 * 3, seed: 7, scale: 2))
    let trace = network.run(input)
    let changed = try Network(
      .synthetic(Architecture(width: 0.25, classes: 10, activation: .relu6)), resolution: 64,
      threads: 1)
    // A value above zero: ReLU makes the same of all that are below.
    let channel = try #require(
      (0..<8).first { trace.output(at: 0)[5, 5, $0] > 0.1 && $0 != 0 })
    let walkthrough = try Walkthrough(
      trace, checkpoint: changed.checkpoint, position: 0, row: 5, column: 5, channel: channel,
      script: .bundled(.cell))
    #expect(walkthrough.commonDigits == nil)
    #expect(walkthrough.saysRecorded.hasSuffix("which is not the same."))
  }
}
