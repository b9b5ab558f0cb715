import Foundation
import MobileNet

/// The project's metadata in files of other formats, where other programs ignore them: the strings
/// of its own format, as a JSON object.
extension ProjectMetadata {
  /// The key of the object in those files.
  static let key = "mobilenet-explorer"

  /// Returns the object for a file with the calibration folded into its classifier, and with
  /// `preprocessing`, or else the checkpoint's own.
  static func embedded(
    _ checkpoint: Checkpoint, fed preprocessing: Preprocessing? = nil
  ) throws -> String {
    var folded = checkpoint
    if checkpoint.temperature != 1 {
      folded = checkpoint.adding(provenance: [
        Checkpoint.Fact(
          name: "temperature",
          value: "the classifier is divided by \(checkpoint.temperature) already")
      ])
    }
    var strings = try strings(for: folded)
    strings["calibration"] = nil
    strings["calibrationSource"] = nil
    if let preprocessing { strings["preprocessing"] = try Self.string(for: preprocessing) }
    return try encode(strings)
  }

  /// Adds the facts of the project's object in a file; does nothing if there is none.
  static func apply(
    _ bytes: Bytes?, to description: inout NetworkDescription
  ) throws(ImportError) {
    guard let bytes, case .object(let members) = try bytes.json("its metadata") else { return }
    let metadata = try ProjectMetadata(members.compactMapValues(\.text))
    description.name = metadata.name ?? description.name
    // The layers' own facts take precedence.
    description.padding = Sourced(metadata.architecture.padding, .metadata)
    description.activation = Sourced(metadata.architecture.activation, .metadata)
    if description.head == nil {
      description.head = Sourced(metadata.architecture.head ?? .softmax, .metadata)
    }
    description.preprocessing = Sourced(metadata.preprocessing, .metadata)
    if description.inputSize == nil {
      description.inputSize = Sourced(
        metadata.resolution, .metadata)
    }
    if !metadata.labels.isEmpty { description.labels = Sourced(metadata.labels, .metadata) }
    description.wordNetIDs = metadata.wordNetIDs
    description.accuracy = metadata.accuracy
    description.provenance = metadata.provenance
  }
}
