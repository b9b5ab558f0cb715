import Foundation
import MobileNet

/// The project's own format: a safetensors file with everything about the weights in its metadata.
///
/// Arrays are called `LAYER.weight` and `LAYER.bias`, with layers named as in the table: conv1 is
/// output channels × 3 × 3 × 3, depthwise layers are channels × 3 × 3, all others output × input
/// channels. A layer whose batch norm is not folded has `LAYER.bn.weight`, `.bn.bias`,
/// `.bn.running_mean` and `.bn.running_var` too. The classifier's weights are those of training;
/// the metadata hold the temperature for each resolution, under "calibration".
enum ProjectFormat: CheckpointFormat {
  static let name = "mobilenet-explorer safetensors"

  /// The values of "format" and "version" in `__metadata__`.
  static let marker = "mobilenet-explorer"
  static let version = "1"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    let bytes = file.bytes(format: name)
    guard SafetensorsFile.recognizes(bytes), let parsed = try? SafetensorsFile(bytes) else {
      return false
    }
    return parsed.metadata["format"] == marker
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let parsed = try SafetensorsFile(file.bytes(format: name))
    let metadata = try ProjectMetadata(parsed.metadata)
    let architecture = metadata.architecture
    var description = NetworkDescription(name: metadata.name ?? file.name)
    description.padding = Sourced(architecture.padding, .metadata)
    description.activation = Sourced(architecture.activation, .metadata)
    description.preprocessing = Sourced(metadata.preprocessing, .metadata)
    description.inputSize = Sourced(
      metadata.resolution, .metadata)
    if !metadata.labels.isEmpty { description.labels = Sourced(metadata.labels, .metadata) }
    description.wordNetIDs = metadata.wordNetIDs
    description.accuracy = metadata.accuracy
    description.calibration = metadata.calibration
    description.provenance = metadata.provenance

    description.head = Sourced(architecture.head ?? .softmax, .metadata)
    let hidden = architecture.hidden ?? []
    guard hidden.count <= 8 else {
      throw .damaged(
        format: name, problem: "there are \(hidden.count) layers before the classifier")
    }
    let paper = Architecture(shallow: architecture.shallow)
    let table = Architecture(
      stemChannels: paper.stemChannels, pairChannels: paper.pairs.map(\.channels),
      hidden: hidden.map { .init(channels: 1, activation: $0.activation) },
      classes: architecture.classes, padding: architecture.padding,
      activation: architecture.activation)
    for layer in table.layers(resolution: 224) where layer.hasWeights {
      guard let weights = parsed.tensors["\(layer.name).weight"] else {
        throw .weights(.missingLayer(layer.name))
      }
      description.layers.append(
        LayerDescription(
          name: layer.name,
          operation: LayerDescription.Operation(layer.kind),
          filter: try Filter(weights, layout: .ohwi),
          biases: parsed.tensors["\(layer.name).bias"],
          batchNorm: try batchNorm(of: layer.name, in: parsed, epsilon: metadata.epsilon),
          nonlinearity: layer.kind == .fullyConnected ? layer.activation.map { .known($0) } : nil))
    }
    return description
  }

  private static func batchNorm(
    of layer: String, in file: SafetensorsFile, epsilon: Double?
  ) throws(ImportError) -> BatchNorm? {
    guard let mean = file.tensors["\(layer).bn.running_mean"],
      let variance = file.tensors["\(layer).bn.running_var"]
    else { return nil }
    guard let epsilon else {
      throw .damaged(format: name, problem: "batchNormEpsilon is missing from its metadata")
    }
    return BatchNorm(
      gamma: file.tensors["\(layer).bn.weight"], beta: file.tensors["\(layer).bn.bias"],
      mean: mean, variance: variance, epsilon: epsilon)
  }
}
