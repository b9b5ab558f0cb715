import Foundation
import MobileNet

/// An ONNX file of PyTorch's exporters or of tf2onnx.
enum ONNXFormat: CheckpointFormat {
  static let name = "ONNX"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    // A ModelProto begins with its version, field 1; the graph is field 7, and all fields are below
    // 100.
    let bytes = file.bytes(format: name)
    let fields = ProtobufMessage(bytes).fieldNumbers
    return bytes.has([0x08]) && fields.contains(7) && fields.allSatisfy { $0 < 100 }
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let model = try ONNXModel(file)
    var nodes = ONNXChain(model)
    for node in model.nodes { try nodes.append(node) }
    var description = NetworkDescription(name: file.name)
    description.take(nodes.chain)
    description.integers = try ONNXIntegers(model)?.weights
    description.activation = nodes.impliedActivation.map {
      Sourced($0, .implied(by: "the ranges of its quantised outputs"))
    }
    description.inputSize = model.input.flatMap { Resolution(shape: $0.shape.dropFirst()) }.map {
      Sourced($0, .implied(by: "the shape of its input"))
    }
    if model.takesBytes {
      description.preprocessing = Sourced(.unchanged, .implied(by: "its input of bytes"))
    }
    take(model.metadata, into: &description)
    try ProjectMetadata.apply(
      model.metadata[ProjectMetadata.key].map { Bytes(Data($0.utf8), format: name) },
      to: &description)
    return description
  }

  /// Adds the facts that exporters and people write into a file's metadata.
  private static func take(
    _ metadata: [String: String], into description: inout NetworkDescription
  ) {
    // Common keys are labels, names, classes, id2label and class_names.
    let keys = metadata.keys.filter { key in
      ["label", "class", "names"].contains { key.lowercased().contains($0) }
    }
    for key in ["labels", "classes", "class_names", "names"] + keys.sorted() {
      guard let text = metadata[key], let labels = labels(text) else { continue }
      description.labels = Sourced(labels, .metadata)
      break
    }
    // ONNX's own keys for images, from its document MetadataProps.md.
    let isBGR = metadata["Image.BitmapPixelFormat"] == "Bgr8"
    let range: (scale: Float, offset: Float)? =
      switch metadata["Image.NominalPixelRange"] {
      case "NominalRange_0_255": (1, 0)
      case "Normalized_0_1": (1 / 255, 0)
      case "Normalized_1_1": (1 / 127.5, -1)
      default: nil
      }
    guard let range else { return }
    description.preprocessing = Sourced(
      Preprocessing(
        channelOrder: isBGR ? .bgr : .rgb, scale: Array(repeating: range.scale, count: 3),
        offset: Array(repeating: range.offset, count: 3), cropFraction: 0.875), .metadata)
  }

  /// Reads a list as JSON, as Python prints a dictionary, with commas, or with a line each.
  private static func labels(_ text: String) -> [String]? {
    let strict = text.hasPrefix("{") ? text.replacing("'", with: "\"") : text
    if let json = try? JSON(Data(strict.utf8)) {
      if let texts = json.texts { return texts }
      let members = json.members ?? [:]
      let inOrder = (0..<members.count).compactMap { members["\($0)"]?.text }
      if !inOrder.isEmpty, inOrder.count == members.count { return inOrder }
    }
    if strict.hasPrefix("{"), let byNumber = numbered(strict) { return byNumber }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let words = lines.count > 1 ? lines : text.split(separator: ",").map(String.init)
    return words.count > 1 ? words.map { $0.trimmingCharacters(in: .whitespaces) } : nil
  }

  /// Reads Python's {0: "cat", 1: "dog"}, whose keys are not texts, as JSON requires.
  private static func numbered(_ text: String) -> [String]? {
    let quoted = text.replacing(/([{,]\s*)(\d+)\s*:/) { "\($0.output.1)\"\($0.output.2)\":" }
    guard let members = (try? JSON(Data(quoted.utf8)))?.members else { return nil }
    let inOrder = (0..<members.count).compactMap { members["\($0)"]?.text }
    return inOrder.count == members.count ? inOrder : nil
  }
}
