import Lessons
import MobileNet

/// What a network makes of the photo of a run as integers, with a scale for each channel and with one
/// for each layer.
public struct IntegersQuestion: Question {
  /// A run or two.
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
        of: model.checkpoint, like: run.trace, accuracy: accuracy(researcher.library),
        threads: researcher.threads))
  }

  /// What is stated of the network and of those that come with the program as integers of it.
  private func accuracy(_ library: any Library) -> IntegerRuns.Accuracy? {
    func top1(_ checkpoint: Checkpoint) -> Double? {
      checkpoint.accuracy.first { $0.resolution == model.resolution }?.top1
    }
    func top1(as ending: String) -> Double? {
      (try? library.checkpoint(model.source + ending)).flatMap { top1($0) }
    }
    guard library.bundledNames.contains(model.source), let floats = top1(model.checkpoint),
      let perChannel = top1(as: "-int8"), let perTensor = top1(as: "-int8-per-tensor")
    else { return nil }
    return IntegerRuns.Accuracy(floats: floats, perChannel: perChannel, perTensor: perTensor)
  }
}
