import Foundation
import MobileNet

/// A neural network or an ML program for Core ML: an `.mlmodel` file, or an `.mlpackage` folder
/// with such a file.
enum CoreMLFormat: CheckpointFormat {
  static let name = "Core ML"

  private static let manifest = "Manifest.json"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    if file.isFolder { return file.hasNeighbour(manifest) }
    // A Model begins with its version, field 1; the kinds of models have numbers from 200 on.
    let fields = ProtobufMessage(file.bytes(format: name)).fieldNumbers
    return fields.first == 1 && fields.contains(2) && fields.contains { 200...3000 ~= $0 }
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let place = file.isFolder ? try placeInPackage(file) : nil
    let bytes =
      try place.map { place throws(ImportError) in
        try file.neighbour(place, format: name)
      } ?? file.bytes(format: name)
    let model = try CoreMLModel(bytes)
    var description = NetworkDescription(name: file.name)
    if let program = model.program {
      let folder = place.map { $0.split(separator: "/").dropLast().joined(separator: "/") + "/" }
      let weights = "\(folder ?? "")weights/weight.bin"
      let steps = try MLProgram(
        program, weights: file.hasNeighbour(weights) ? file.neighbour(weights, format: name) : nil)
      var layers = MLProgramChain(steps, input: try model.input)
      try layers.run()
      description.take(layers.chain)
      try take(model, into: &description)
      let labels = try steps.labels
      if !labels.isEmpty { description.labels = Sourced(labels, .layers) }
      return description
    }
    var layers = CoreMLChain(input: try model.input)
    for layer in try model.network.messages(1) { try layers.append(layer) }
    description.take(layers.chain)
    try take(model, into: &description)
    return description
  }

  /// Adds the facts that the file states beside the layers.
  private static func take(
    _ model: CoreMLModel, into description: inout NetworkDescription
  ) throws(ImportError) {
    let labels = try model.labels
    if !labels.isEmpty { description.labels = Sourced(labels, .metadata) }
    description.provenance = try model.provenance
    if let size = try model.inputSize {
      description.inputSize = Sourced(size, .implied(by: "the size of its input"))
    }
    if let preprocessing = try model.preprocessing {
      description.preprocessing = Sourced(
        preprocessing, .implied(by: "its image scale and biases"))
    }
  }

  /// Returns the path of the model's file in the package, from `Manifest.json`.
  private static func placeInPackage(_ file: CheckpointFile) throws(ImportError) -> String {
    let index = try file.neighbour(manifest, format: name).json(manifest)
    guard let model = index["rootModelIdentifier"]?.text,
      let path = index["itemInfoEntries"]?[model]?["path"]?.text
    else { throw .damaged(format: name, problem: "\(manifest) names no model") }
    return "Data/\(path)"
  }
}
