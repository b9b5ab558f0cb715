import MobileNet

/// The facts in a checkpoint's file, without its weights, which are not decoded.
public struct CheckpointOutline: Sendable {
  /// The format of the file.
  public let format: String
  /// The checkpoint's name as people say it.
  public let name: String
  /// The layers of the network.
  public let architecture: Architecture
  /// The steps from pixels to the network's input.
  public let preprocessing: Preprocessing
  /// The rows and columns of the input.
  public let resolution: Resolution
  /// The label of each class; empty where neither the file nor its neighbours have any.
  public let labels: [String]
  /// The accuracy measured with these weights, by resolution.
  public let accuracy: [Checkpoint.MeasuredAccuracy]
  /// The temperatures that calibrate the network, by resolution.
  public let calibration: [Checkpoint.MeasuredCalibration]
  /// The origin of the weights, as the file states it.
  public let provenance: [Checkpoint.Fact]
  /// Facts in the file, or beside it, that are not applied, a sentence each.
  public let notes: [String]
  /// Whether the checkpoint can run as integers.
  public let isQuantized: Bool
  /// The source of each fact.
  public let sources: ImportedCheckpoint.Sources
  /// The paths of the files beside it that were read, such as one with its numbers.
  public let parts: [String]
}

extension Recognition {
  /// Returns the facts about a file of this format, of which `parts` were read as well.
  func outline(format: String, parts: [String]) -> CheckpointOutline {
    CheckpointOutline(
      format: format, name: description.name, architecture: architecture,
      preprocessing: preprocessing, resolution: resolution, labels: labels,
      accuracy: description.accuracy, calibration: description.calibration,
      provenance: description.provenance, notes: notes,
      isQuantized: description.integers != nil, sources: sources, parts: parts)
  }
}
