import MobileNet

/// What a file says about its network beside the weights, which were not decoded.
public struct CheckpointOutline: Sendable {
  /// The format of the file.
  public let format: String
  /// What people call it.
  public let name: String
  /// Which layers there are.
  public let architecture: Architecture
  /// How pixels become the network's input.
  public let preprocessing: Preprocessing
  /// The input side to use.
  public let resolution: Resolution
  /// The name of each class; none where neither the file nor its neighbours have them.
  public let labels: [String]
  /// What was measured with these weights.
  public let accuracy: [Checkpoint.MeasuredAccuracy]
  /// What makes its confidence mean something, by resolution.
  public let calibration: [Checkpoint.MeasuredCalibration]
  /// What the file says of its origin.
  public let provenance: [Checkpoint.Fact]
  /// What the file states, or what lies beside it, and is not used: a sentence each.
  public let notes: [String]
  /// Whether it has integers to compute with.
  public let isQuantized: Bool
  /// What each fact is based on.
  public let sources: ImportedCheckpoint.Sources
}

extension Recognition {
  /// What was found out about a file of this format.
  func outline(format: String) -> CheckpointOutline {
    CheckpointOutline(
      format: format, name: description.name, architecture: architecture,
      preprocessing: preprocessing, resolution: resolution, labels: labels,
      accuracy: description.accuracy, calibration: description.calibration,
      provenance: description.provenance, notes: notes,
      isQuantized: description.integers != nil, sources: sources)
  }
}
