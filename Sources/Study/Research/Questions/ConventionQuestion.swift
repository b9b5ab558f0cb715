import Lessons
import MobileNet

/// A network's run on the photo of another run, with another convention than that of its weights:
/// the other padding, or the other activation function.
public struct ConventionQuestion: Question {
  /// The work is a run or two.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// The convention to exchange.
  public let convention: Convention
  /// The patches in both runs.
  public let patches: [Patch]

  /// Asks for the run with the other `convention`.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, _ convention: Convention,
    patching patches: [Patch] = []
  ) {
    self.model = model
    self.run = run
    self.convention = convention
    self.patches = patches
  }

  /// Packs the weights with the other convention, and runs the network.
  public func answer(
    _ researcher: Researcher, report: (Numbered<OtherRun>) throws -> Void
  ) throws -> Numbered<OtherRun> {
    researcher.number(
      try OtherRun(
        convention, of: model.checkpoint, like: run.trace, patching: patches,
        threads: researcher.threads))
  }
}
