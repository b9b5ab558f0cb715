import Lessons
import MobileNet

/// Which value of a layer has a gradient that a small change bears out.
public struct MeasurableGradientQuestion: Question {
  /// A backward pass, and some runs of the layers behind.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// Its run.
  public let run: Numbered<Run>
  /// The layer, counted from 0.
  public let layer: Int
  /// The channel that it must be in; nil for any.
  public let channel: Int?

  /// Asks about the layer at position `layer` of `run`.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>, layer: Int, channel: Int?) {
    self.model = model
    self.run = run
    self.layer = layer
    self.channel = channel
  }

  /// Goes back, and tries some values; throws without a classifier.
  public func answer(
    _ researcher: Researcher, report: (TellingValue) throws -> Void
  ) throws -> TellingValue {
    try TellingValue.measurable(
      try researcher.network(for: model), run.trace, checkpoint: model.checkpoint, layer: layer,
      channel: channel)
  }
}
