import Foundation
import MobileNet

/// A `model.json` of TensorFlow.js with its shards beside it: a Keras model or a graph, with
/// weights quantised or not.
enum TensorFlowJSFormat: CheckpointFormat {
  static let name = "TensorFlow.js"

  private static let fileInFolder = "model.json"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    if file.isFolder { return file.hasNeighbour(fileInFolder) }
    // The file begins with the kind of model, or with the layers; no other supported format is JSON
    // of this kind.
    return file.data.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "{")
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let bytes =
      file.isFolder
      ? try file.neighbour(fileInFolder, format: name) : file.bytes(format: name)
    let index = try bytes.json(fileInFolder)
    guard let topology = index["modelTopology"] else {
      throw .unsupported(format: name, feature: "JSON without a model's layers")
    }
    var tensors: [(path: String, tensor: StoredTensor)] = []
    for group in index["weightsManifest"]?.elements ?? [] {
      tensors += try TensorFlowJSShards(group).tensors(beside: file)
    }
    if let nodes = topology["node"]?.elements {
      // A graph model has TensorFlow's graph as JSON, with its constants in the shards.
      let stored = Dictionary(tensors.map { ($0.path, $0.tensor) }) { first, _ in first }
      var description = NetworkDescription(name: file.name)
      try TensorFlowGraphFormat.describe(nodes.map { TensorFlowNode($0) }, in: &description) {
        name throws(ImportError) in stored[name]
      }
      return description
    }
    // TensorFlow.js itself writes the model without tensorflowjs_converter's wrapping.
    guard
      let configuration = topology["model_config"] ?? (topology["config"] == nil ? nil : topology)
    else { throw .unsupported(format: name, feature: "JSON without a model's layers") }
    var arrays = KerasArrays()
    for (path, tensor) in tensors { arrays.add(tensor, path: path) }
    let model = KerasLayer(configuration)
    var chain = KerasChain(arrays, format: name)
    for layer in model.layers { try chain.append(layer) }
    var description = NetworkDescription(name: model.name)
    description.take(chain)
    return description
  }
}
