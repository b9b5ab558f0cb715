import MobileNet

/// The flow from a channel, or from a place, to a target.
public struct FlowQuestion: Question {
  /// The work is a backward pass and a forward one.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// The part whose flow is followed.
  public let part: Patch.Part
  /// The position of the layer that has the part, from 0; nil for the network's input.
  public let layer: Int?
  /// The target of the flow.
  public let target: Target

  /// Asks for the flow from `part` of the output of the layer at position `layer` in `run` to
  /// `target`.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, _ part: Patch.Part, at layer: Int?,
    to target: Target
  ) {
    self.model = model
    self.run = run
    self.part = part
    self.layer = layer
    self.target = target
  }

  /// Replaces the same question about the previous photo.
  public func replaces(_ older: Self) -> Bool {
    model == older.model && part == older.part && layer == older.layer && target == older.target
  }

  /// Follows the flow; nil if the target does not depend on the part.
  public func answer(_ researcher: Researcher, report: (Flow?) throws -> Void) throws -> Flow? {
    var dropped: (any Error)?
    let found = try researcher.network(for: model).flow(
      of: part, at: layer, to: target, in: run.trace
    ) {
      do {
        try report(nil)
        return true
      } catch {
        dropped = error
        return false
      }
    }
    if let dropped { throw dropped }
    return found
  }
}
