import Lessons
import MobileNet

/// The gradient of one value of a run by a backward pass, checked against a small change of the
/// value.
public struct BackpropagationQuestion: Question {
  /// The work is a backward pass, and some runs of the later layers.
  public static let lane = Lane.compute
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
    _ model: Numbered<Model>, _ run: Numbered<Run>, layer: Int, row: Int, column: Int, channel: Int
  ) {
    self.model = model
    self.run = run
    self.layer = layer
    self.row = row
    self.column = column
    self.channel = channel
  }

  /// Runs the backward pass, and the later layers again; throws without a classifier.
  public func answer(
    _ researcher: Researcher, report: (Numbered<Backpropagation>) throws -> Void
  ) throws -> Numbered<Backpropagation> {
    researcher.number(
      try Backpropagation(
        try researcher.network(for: model), run.trace, position: layer, row: row, column: column,
        channel: channel))
  }
}
