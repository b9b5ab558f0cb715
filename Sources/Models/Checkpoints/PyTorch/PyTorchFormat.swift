import Foundation
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
    // Damage is in the container; whose arrays they are is not known yet.
    let container = SafetensorsFile.formatName
    let bytes =
      file.isFolder
      ? try file.neighbour(fileInFolder, format: container) : file.bytes(format: container)
    let tensors = try SafetensorsFile(bytes).tensors
    guard let names = PyTorchNames(tensors.keys) else { throw refusal(ofUnknown: tensors) }
    let config = try PyTorchConfig(beside: file)
    var description = NetworkDescription(name: config.name ?? file.name)
    description.padding = config.padding(names.library)
    description.activation = try config.activation(names.library)
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

  /// Why arrays with the names of neither library can't be read.
  ///
  /// Their order is in no file. That of the names, numbers by size, mostly is that of the layers, so
  /// that the one can be named at which it stops being a MobileNet v1.
  private static func refusal(ofUnknown tensors: [String: StoredTensor]) -> ImportError {
    guard !tensors.isEmpty else {
      return .unsupported(format: name, feature: "a file without any weights")
    }
    let keys = tensors.keys.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    let suffix = ".weight"
    let layers = keys.compactMap { key -> LayerDescription? in
      guard key.hasSuffix(suffix), let tensor = tensors[key], [2, 4].contains(tensor.shape.count),
        let filter = try? Filter(tensor, layout: .oihw)
      else { return nil }
      return LayerDescription(
        name: String(key.dropLast(suffix.count)),
        operation: tensor.shape.count == 2
          ? .fullyConnected : filter.inputs == 1 ? .depthwise : .convolution,
        filter: filter)
    }
    let convolutions = layers.filter { $0.operation != .fullyConnected }
      .drop { $0.filter?.inputs != 3 }
    let products = layers.filter { $0.operation == .fullyConnected }
    if !convolutions.isEmpty {
      do throws(ImportError) {
        _ = try LayerSequence.whole(convolutions + products)
      } catch {
        return error
      }
    }
    let some = keys.prefix(3).joined(separator: ", ")
    return .unsupported(
      format: name, feature: "a network with arrays called \(some), not timm's or transformers',")
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
