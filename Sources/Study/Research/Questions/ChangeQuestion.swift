import Comparison
import MobileNet

/// How far each layer of a run is from that of another run of the same network, parts of which are
/// switched off: the length of the difference as a part of the length.
public struct ChangeQuestion: Question {
  /// The work is a pass over all values of two runs.
  public static let lane = Lane.compute
  /// The run with nothing switched off.
  public let before: Numbered<Run>
  /// The run with parts switched off.
  public let after: Numbered<Run>

  /// Asks how far `after` is from `before`.
  public init(from before: Numbered<Run>, to after: Numbered<Run>) {
    self.before = before
    self.after = after
  }

  /// Another switch on the same run: what was shown stays until it is known.
  public func replaces(_ older: Self) -> Bool { before == older.before }

  /// Compares layer by layer; nil where a layer is zero everywhere.
  public func answer(
    _ researcher: Researcher, report: ([Double?]) throws -> Void
  ) throws -> [Double?] {
    before.trace.changes(to: after.trace)
  }
}
