import MobileNet

/// A folder of raw little-endian floats, the format of Forge's MobileNet for iOS.
///
/// Each layer has files such as `conv1_w.bin` and `conv1_b.bin`: weights are output channels ×
/// height × width × input channels, depthwise ones channels × height × width, batch norm folded.
enum ForgeFormat: CheckpointFormat {
  static let name = "Forge"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    file.isFolder && file.hasNeighbour("conv1_b.bin")
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    var description = NetworkDescription(name: file.name)
    description.padding = Sourced(.symmetric, .convention(of: "Forge"))
    description.activation = Sourced(.relu, .convention(of: "Forge"))
    description.preprocessing = Sourced(.caffe, .convention(of: "Forge"))

    let isShallow = !file.hasNeighbour("conv5_1_dw_b.bin")
    let classes = file.hasNeighbour("fc7_b.bin") ? 1000 : nil
    let table = Architecture(shallow: isShallow, classes: classes).layers(resolution: 224)
    var channels = 3
    for layer in table where layer.hasWeights {
      let biases = try array("\(layer.name)_b.bin", of: file, shape: nil)
      let outputs = biases.count
      let shape =
        switch layer.kind {
        case .convolution: [outputs, 3, 3, channels]
        case .depthwise: [outputs, 3, 3]
        default: [outputs, channels]
        }
      let weights = try array("\(layer.name)_w.bin", of: file, shape: shape)
      description.layers.append(
        LayerDescription(
          name: layer.name, operation: LayerDescription.Operation(layer.kind),
          filter: try Filter(weights, layout: .ohwi), biases: biases))
      channels = outputs
    }
    return description
  }

  private static func array(
    _ name: String, of file: CheckpointFile, shape: [Int]?
  ) throws(ImportError) -> StoredTensor {
    guard file.hasNeighbour(name) else {
      let size = shape.map { "; expected \((($0.checkedProduct ?? 0) * 4).grouped) bytes" } ?? ""
      throw .damaged(format: Self.name, problem: "\(name) is missing\(size)")
    }
    let bytes = try file.neighbour(name, format: Self.name)
    return try StoredTensor(
      name: name, shape: shape ?? [bytes.count / 4], bytes: bytes, type: .float32)
  }
}
