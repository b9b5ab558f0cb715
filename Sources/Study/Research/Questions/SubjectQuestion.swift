import Lessons
import MobileNet

/// The subject of a topic with everything computed and measured at once, for callers that can wait.
public struct SubjectQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The topic to explain.
  public let topic: Topic
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// The position of the layer, from 0.
  public let layer: Int
  /// The row, the column and the channel of the value.
  public let row: Int, column: Int, channel: Int

  /// Asks about a value of the layer at position `layer` of `run`.
  public init(
    _ topic: Topic, _ model: Numbered<Model>, _ run: Numbered<Run>, layer: Int, row: Int,
    column: Int, channel: Int
  ) {
    self.topic = topic
    self.model = model
    self.run = run
    self.layer = layer
    self.row = row
    self.column = column
    self.channel = channel
  }

  /// Computes all that the topic needs, and times the pairs of layers.
  public func answer(_ researcher: Researcher, report: (Subject) throws -> Void) throws -> Subject {
    var subject = Subject(
      run.trace, checkpoint: model.checkpoint, position: layer, row: row, column: column,
      channel: channel)
    if topic.needsSums {
      subject.sums = try researcher.answer(SumsQuestion(model, run, layer: layer)).sums.value
    }
    if topic.needsBackground {
      subject.background = try researcher.answer(BackgroundQuestion(model)).outcome
    }
    if let convention = topic.convention {
      subject.other = try researcher.answer(ConventionQuestion(model, run, convention)).value
    }
    if topic == .backpropagation {
      subject.backpropagation = try researcher.answer(
        BackpropagationQuestion(
          model, run, layer: layer, row: row, column: column, channel: channel)
      ).value
    }
    if topic == .quantization {
      subject.integers = try researcher.answer(IntegersQuestion(model, run)).value
    }
    for pair in topic.timedPairs(of: model.layers, at: layer) {
      try report(subject)
      subject.measured[pair.depthwise.name] = try researcher.answer(
        ReplacementQuestion(model, run, layer: pair.depthwise.index - 1))
    }
    return subject
  }
}
