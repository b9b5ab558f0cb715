import MobileNet

/// What a run becomes with parts of the network switched off.
public struct RerunQuestion: Question {
  /// A run or two.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// Its run with nothing switched off.
  public let run: Numbered<Run>
  /// What is switched off, one after another.
  public let switches: [SwitchOff]

  /// Asks what `run` of `model` becomes with all of `switches` off.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>, switchingOff switches: [SwitchOff]) {
    self.model = model
    self.run = run
    self.switches = switches
  }

  /// Another switch on the same run: what was shown stays for the few milliseconds.
  public func replaces(_ older: Self) -> Bool { model == older.model && run == older.run }

  /// Runs the layers behind the first switch.
  public func answer(
    _ researcher: Researcher, report: (Numbered<Run>) throws -> Void
  ) throws -> Numbered<Run> {
    let network = try researcher.network(for: model)
    return researcher.number(Run(network.rerun(run.trace, switchingOff: switches)))
  }
}
