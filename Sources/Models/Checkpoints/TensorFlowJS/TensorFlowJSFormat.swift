import Foundation
import MobileNet

/// A `model.json` of TensorFlow.js with its shards beside it: a Keras model, weights quantised or not.
enum TensorFlowJSFormat: CheckpointFormat {
  static let name = "TensorFlow.js"

  private static let fileInFolder = "model.json"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    if file.isFolder { return file.hasNeighbour(fileInFolder) }
    // It begins with what kind of model it is, or with the layers; nothing else here is JSON.
    return file.data.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "{")
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let bytes =
      file.isFolder
      ? try file.neighbour(fileInFolder, format: name) : file.bytes(format: name)
    let index = try bytes.json(fileInFolder)
    guard let topology = index["modelTopology"], let configuration = topology["model_config"] else {
      throw .unsupported(
        format: name,
        feature: index["modelTopology"]?["node"] == nil
          ? "JSON without a model's layers" : "a graph model, not a layers model,")
    }
    var arrays = KerasArrays()
    for group in index["weightsManifest"]?.elements ?? [] {
      let shards = try TensorFlowJSShards(group)
      for (path, tensor) in try shards.tensors(beside: file) { arrays.add(tensor, path: path) }
    }
    let model = KerasLayer(configuration)
    var chain = KerasChain(arrays, format: name)
    for layer in model.layers { try chain.append(layer) }
    var description = NetworkDescription(name: model.name)
    description.take(chain)
    return description
  }
}
