import MobileNet

/// What a `.tflite` file of this project's says of itself, in a buffer that other programs pass over:
/// the strings of the project's own format.
enum ProjectTensorFlowLiteMetadata {
  /// The name of the buffer.
  static let key = "mobilenet-explorer"

  /// Takes over what the file says, if it is one of this project's.
  static func apply(
    _ model: TensorFlowLiteModel, to description: inout NetworkDescription
  ) throws(ImportError) {
    guard let bytes = try model.metadata(key),
      case .object(let members) = try bytes.json("its metadata")
    else { return }
    let metadata = try ProjectMetadata(members.compactMapValues(\.text))
    description.name = metadata.name ?? description.name
    description.preprocessing = Sourced(metadata.preprocessing, .metadata)
    if !metadata.labels.isEmpty { description.labels = Sourced(metadata.labels, .metadata) }
    description.wordNetIDs = metadata.wordNetIDs
    description.provenance = metadata.provenance
  }
}
