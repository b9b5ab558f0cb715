import Comparison
import MobileNet

/// The relative change of each layer's output between two runs of the same network, the second of
/// which has parts switched off.
public struct ChangeQuestion: Question {
  /// The work is a pass over all values of two runs.
  public static let lane = Lane.compute
  /// The run with nothing switched off.
  public let before: Numbered<Run>
  /// The run with parts switched off.
  public let after: Numbered<Run>

  /// Asks for the change from `before` to `after`.
  public init(from before: Numbered<Run>, to after: Numbered<Run>) {
    self.before = before
    self.after = after
  }

  /// Replaces the question about another patch of the same run.
  public func replaces(_ older: Self) -> Bool { before == older.before }

  /// Compares layer by layer; a layer that is zero everywhere has nil.
  public func answer(
    _ researcher: Researcher, report: ([Double?]) throws -> Void
  ) throws -> [Double?] {
    before.trace.changes(to: after.trace)
  }
}
