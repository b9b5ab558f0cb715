import MobileNet

/// An ONNX file, in the spellings of PyTorch's exporters and of tf2onnx.
enum ONNXFormat: CheckpointFormat {
  static let name = "ONNX"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    // A ModelProto begins with its version, field 1; its graph is field 7, the last are below 100.
    let bytes = file.bytes(format: name)
    let fields = ProtobufMessage(bytes).fieldNumbers
    return bytes.has([0x08]) && fields.contains(7) && fields.allSatisfy { $0 < 100 }
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let model = try ONNXModel(file)
    var chain = ONNXChain(model)
    for node in model.nodes { try chain.append(node) }
    var description = NetworkDescription(name: file.name)
    description.layers = chain.layers
    let side = model.input?.shape.dropFirst(2).first ?? 0
    if Architecture.resolutions.contains(side) {
      description.resolution = Sourced(side, .implied(by: "the shape of its input"))
    }
    return description
  }
}
