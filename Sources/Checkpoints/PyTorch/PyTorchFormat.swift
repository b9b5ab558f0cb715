import MobileNet

/// Safetensors with the names of timm or Hugging Face transformers, or a folder with
/// `model.safetensors` and `config.json`.
enum PyTorchFormat: CheckpointFormat {
  static let name = "PyTorch safetensors"

  private static let fileInFolder = "model.safetensors"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    file.isFolder
      ? file.hasNeighbour(fileInFolder) : SafetensorsFile.recognizes(file.bytes(format: name))
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let bytes =
      file.isFolder
      ? try file.neighbour(fileInFolder, format: name) : file.bytes(format: name)
    let tensors = try SafetensorsFile(bytes).tensors
    guard let names = PyTorchNames(tensors.keys) else {
      let some = tensors.keys.sorted().prefix(3).joined(separator: ", ")
      throw .unsupported(
        format: name, feature: "a network with arrays called \(some), not timm's or transformers',")
    }
    let config = try PyTorchConfig(beside: file)
    var description = NetworkDescription(name: config.name ?? file.name)
    description.padding = config.padding(names.library)
    description.activation = config.activation(names.library)
    description.preprocessing = config.preprocessing(names.library)
    description.resolution = config.resolution
    description.labels = config.labels

    let epsilon = config.epsilon(names.library)
    for part in names.parts {
      guard let weights = tensors["\(part.convolution).weight"] else { continue }
      description.layers.append(
        LayerDescription(
          name: part.convolution, operation: part.isDepthwise ? .depthwise : .convolution,
          filter: try Filter(weights, layout: .oihw), biases: tensors["\(part.convolution).bias"],
          batchNorm: try batchNorm(part.norm, in: tensors, epsilon: epsilon)))
    }
    // timm's networks whose names end in h have another layer before the classifier.
    if let hidden = tensors["conv_head.weight"] {
      description.layers.append(
        LayerDescription(
          name: "conv_head", operation: .convolution, filter: try Filter(hidden, layout: .oihw)))
    }
    if let weights = tensors["\(names.classifier).weight"] {
      description.layers.append(
        LayerDescription(
          name: names.classifier, operation: .fullyConnected,
          filter: try Filter(weights, layout: .oihw), biases: tensors["\(names.classifier).bias"]))
    }
    return description
  }

  private static func batchNorm(
    _ norm: String, in tensors: [String: StoredTensor], epsilon: Double
  ) throws(ImportError) -> BatchNorm {
    guard let mean = tensors["\(norm).running_mean"], let variance = tensors["\(norm).running_var"]
    else {
      throw .damaged(format: name, problem: "\(norm).running_mean or .running_var is missing")
    }
    return BatchNorm(
      gamma: tensors["\(norm).weight"], beta: tensors["\(norm).bias"], mean: mean,
      variance: variance, epsilon: epsilon)
  }
}
