import Lessons
import MobileNet

/// What a network makes of the photo of a run as integers, with a scale for each channel and with one
/// for each layer.
public struct IntegersQuestion: Question {
  /// Two runs in integers.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// Its run in floats.
  public let run: Numbered<Run>

  /// Asks what `run` of `model` is in integers.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>) {
    self.model = model
    self.run = run
  }

  /// Rounds the weights twice, and runs both networks; throws where the network has no integers.
  public func answer(
    _ researcher: Researcher, report: (Numbered<IntegerRuns>) throws -> Void
  ) throws -> Numbered<IntegerRuns> {
    researcher.number(
      try IntegerRuns(
        of: model.checkpoint, like: run.trace,
        accuracy: researcher.library.integerAccuracy(of: model.value),
        threads: researcher.threads))
  }
}
