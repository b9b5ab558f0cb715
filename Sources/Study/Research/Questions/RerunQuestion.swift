import MobileNet

/// What a run becomes with patches on the network.
public struct RerunQuestion: Question {
  /// The work is part of a run.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// Its run with no patch.
  public let run: Numbered<Run>
  /// What is patched, one part after another.
  public let patches: [Patch]

  /// Asks what `run` of `model` becomes with all of `patches` on it.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>, patching patches: [Patch]) {
    self.model = model
    self.run = run
    self.patches = patches
  }

  /// Another patch on the same run: what was shown stays for the few milliseconds.
  public func replaces(_ older: Self) -> Bool { model == older.model && run == older.run }

  /// Runs the layers behind the first patch.
  public func answer(
    _ researcher: Researcher, report: (Numbered<Run>) throws -> Void
  ) throws -> Numbered<Run> {
    let network = try researcher.network(for: model)
    return researcher.number(Run(network.rerun(run.trace, patching: patches)))
  }
}
