import Lessons
import MobileNet

/// What a network makes of the photo of a run with another convention than its weights' own: the
/// other padding, or the other activation function.
public struct ConventionQuestion: Question {
  /// The work is a run or two.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// What is exchanged.
  public let convention: Convention
  /// What is patched in both.
  public let patches: [Patch]

  /// Asks about the other `convention`.
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
