import MobileNet

/// Where a channel, or a place, goes on its way to a number.
public struct FlowQuestion: Question {
  /// The work is a backward pass and a forward one.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network.
  public let run: Numbered<Run>
  /// Whose way is followed.
  public let part: Patch.Part
  /// The layer that it is a part of, counted from 0; nil for the network's input.
  public let layer: Int?
  /// The number.
  public let target: Target

  /// Asks where `part` of what the layer at position `layer` made in `run` goes on its way to `target`.
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

  /// Follows it; nil where the target does not lie behind the part.
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
