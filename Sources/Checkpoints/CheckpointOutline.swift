import MobileNet

/// What a file says about its network beside the weights, which were not decoded.
public struct CheckpointOutline: Sendable {
  /// Which layers there are.
  public let architecture: Architecture
  /// The input side to use.
  public let resolution: Int
  /// What was measured with these weights.
  public let accuracy: [Checkpoint.MeasuredAccuracy]
  /// What the file says of its origin.
  public let provenance: [Checkpoint.Fact]
}

extension Recognition {
  /// What was found out.
  var outline: CheckpointOutline {
    CheckpointOutline(
      architecture: architecture, resolution: resolution, accuracy: description.accuracy,
      provenance: description.provenance)
  }
}
