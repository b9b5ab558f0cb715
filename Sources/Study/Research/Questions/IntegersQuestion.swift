import Lessons
import MobileNet

/// A network's runs in integers on the photo of a run: with a scale per channel, and with one per
/// layer.
public struct IntegersQuestion: Question {
  /// The work is two runs in integers.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network, in floats.
  public let run: Numbered<Run>

  /// Asks for the runs in integers beside `run` of `model`.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>) {
    self.model = model
    self.run = run
  }

  /// Rounds the weights twice, and runs both networks; throws if the network cannot be quantised.
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
