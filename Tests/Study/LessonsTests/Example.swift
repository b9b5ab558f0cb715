import MobileNet
import Tensors
import Testing

@testable import Lessons

/// A network that knows nothing, its run on numbers that never change, and what tests ask of it.
struct Example {
  let checkpoint: Checkpoint
  let network: Network
  let trace: Trace

  /// Runs synthetic weights of `architecture`, or `checkpoint`, at `resolution`.
  init(_ architecture: Architecture, checkpoint: Checkpoint? = nil, resolution: Resolution = 96)
    throws
  {
    self.checkpoint = try checkpoint ?? .synthetic(architecture)
    network = try Network(self.checkpoint, resolution: resolution, threads: 1)
    let input = Checkpoint.syntheticValues(
      network.inputShape.count, seed: 1000, scale: 2)
    trace = network.run(Tensor(shape: network.inputShape, values: input))
  }

  /// A subject with everything that any topic asks for.
  func subject(_ topic: Topic, position: Int, row: Int, column: Int, channel: Int) throws -> Subject
  {
    var subject = Subject(
      trace, checkpoint: checkpoint, position: position, row: row, column: column,
      channel: channel)
    if topic.needsSums { subject.sums = network.preactivation(at: position, of: trace) }
    if let convention = topic.convention {
      subject.other = try OtherRun(convention, of: checkpoint, like: trace, threads: 1)
    }
    if topic.needsBackground {
      subject.background = BackgroundOutcome(
        classes: ["lemon", "orange"], learned: 24, cure: 8, tests: 24,
        spurious: .init(heldBack: 1, same: 24, exchanged: 3, onGround: 0.9),
        cured: .init(heldBack: 1, same: 24, exchanged: 22, onGround: 0.5))
    }
    if topic == .backpropagation {
      subject.backpropagation = try Backpropagation(
        network, trace, position: position, row: row, column: column, channel: channel)
    }
    if topic == .quantization {
      subject.integers = try IntegerRuns(of: checkpoint, like: trace, threads: 1)
    }
    return subject
  }
}

extension LessonScript {
  /// The lesson on `topic` that comes with the program, in English unless `language` says otherwise.
  static func bundled(_ topic: Topic, in language: String = "en") throws -> LessonScript {
    try #require(LessonLibrary.script(on: topic, in: language))
  }
}

extension Walkthrough {
  /// Its sentences on the value that the network recorded.
  var saysRecorded: String { steps.first { $0.part == .recorded }?.text ?? "" }
}
