import MobileNet

/// A run with patches on the network.
public struct RerunQuestion: Question {
  /// The work is part of a run.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network without patches.
  public let run: Numbered<Run>
  /// The patches, one after another.
  public let patches: [Patch]

  /// Asks for `run` of `model` with all of `patches`.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>, patching patches: [Patch]) {
    self.model = model
    self.run = run
    self.patches = patches
  }

  /// Replaces the question about other patches on the same run, whose answer is shown meanwhile.
  public func replaces(_ older: Self) -> Bool { model == older.model && run == older.run }

  /// Runs the layers from the first patch on.
  public func answer(
    _ researcher: Researcher, report: (Numbered<Run>) throws -> Void
  ) throws -> Numbered<Run> {
    let network = try researcher.network(for: model)
    return researcher.number(Run(network.rerun(run.trace, patching: patches)))
  }
}
