import Foundation
import MobileNet

/// A Keras model or its weights: `.h5` of Keras 1 to 3, `.keras` or `.weights.h5`.
enum KerasFormat: CheckpointFormat {
  static let name = "Keras"

  private static let configurationInArchive = "config.json"
  private static let weightsInArchive = "model.weights.h5"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    let bytes = file.bytes(format: name)
    guard ZipArchive.recognizes(bytes) else { return HDF5File.recognizes(bytes) }
    return (try? ZipArchive(bytes))?.has(weightsInArchive) ?? false
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let bytes = file.bytes(format: name)
    guard ZipArchive.recognizes(bytes) else { return try describe(HDF5File(bytes).root, of: file) }
    let archive = try ZipArchive(bytes)
    let configuration = try archive.file(configurationInArchive)
    let model = KerasLayer(try configuration.json(configurationInArchive))
    let weights = try HDF5File(archive.file(weightsInArchive)).root
    return try describe(
      model.layers, KerasArrays(numberedIn: weights, for: model.layers), of: file)
  }

  private static func describe(
    _ root: HDF5Group, of file: CheckpointFile
  ) throws(ImportError) -> NetworkDescription {
    let weights = try root.group("model_weights") ?? root
    let arrays: KerasArrays
    if let listed = try KerasArrays(listedIn: weights) {
      arrays = listed
    } else {
      arrays = try KerasArrays(numberedIn: weights)
    }
    guard let text = try root.object.texts("model_config")?.first else {
      return try describe(arrays.impliedLayers, arrays, of: file)
    }
    let json = try Bytes(Data(text.utf8), format: name).json("model_config")
    return try describe(KerasLayer(json).layers, arrays, of: file)
  }

  /// Describes the network of these layers and arrays.
  private static func describe(
    _ layers: [KerasLayer], _ arrays: KerasArrays, of file: CheckpointFile
  ) throws(ImportError) -> NetworkDescription {
    var chain = KerasChain(arrays, format: name)
    for layer in layers { try chain.append(layer) }
    var description = NetworkDescription(name: file.name)
    description.take(chain)
    return description
  }
}

extension NetworkDescription {
  /// Adds the facts from Keras' layers, with Keras' defaults where the layers state none.
  mutating func take(_ keras: KerasChain) {
    take(keras.chain)
    padding = Sourced(.same, .convention(of: "keras.applications"))
    activation = Sourced(.relu6, .convention(of: "keras.applications"))
    preprocessing = Sourced(.tensorFlow, .convention(of: "keras.applications"))
    inputSize = keras.inputSize.map { Sourced($0, .implied(by: "the shape of its input")) }
    fitting = keras.fitting.map { Sourced($0, .implied(by: "its Resizing layer")) }
    crop = keras.crop.map { Sourced($0, .implied(by: "its Resizing or CenterCrop layer")) }
  }
}
