import Foundation
import MobileNet

/// What the project says of a checkpoint in files of other formats, which other programs pass over:
/// the strings of its own format, as a JSON object.
extension ProjectMetadata {
  /// What those files have it under.
  static let key = "mobilenet-explorer"

  /// The object for a file whose classifier has the calibration in it already, and whose network is
  /// fed as `preprocessing` says, if not as the checkpoint is.
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

  /// Takes over what a file has under the project's name; nothing where it has none.
  static func apply(
    _ bytes: Bytes?, to description: inout NetworkDescription
  ) throws(ImportError) {
    guard let bytes, case .object(let members) = try bytes.json("its metadata") else { return }
    let metadata = try ProjectMetadata(members.compactMapValues(\.text))
    description.name = metadata.name ?? description.name
    // What the layers say themselves counts before this.
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
