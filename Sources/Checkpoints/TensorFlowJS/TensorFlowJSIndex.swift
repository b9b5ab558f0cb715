import Foundation

/// What `model.json` says: the layers, and which part of which shards is which array.
struct TensorFlowJSIndex: Decodable {
  let modelTopology: JSON?
  let weightsManifest: [Group]?

  /// Arrays that lie one after another in the concatenation of some files.
  struct Group: Decodable {
    let paths: [String]
    let weights: [Entry]
  }

  /// An array.
  struct Entry: Decodable {
    let name: String
    let shape: [Int]
    let dtype: String
    let quantization: Quantization?
  }

  /// How the numbers of an array become floats: number · scale + min, or halves.
  struct Quantization: Decodable {
    let dtype: String
    let scale: Double?
    let min: Double?
  }
}

extension TensorFlowJSIndex.Group {
  /// The arrays and their names.
  func tensors(
    beside file: CheckpointFile
  ) throws(ImportError) -> [(path: String, tensor: StoredTensor)] {
    let format = TensorFlowJSFormat.name
    guard Set(paths).count == paths.count else {
      throw .damaged(format: format, problem: "a shard is named twice")
    }
    var data = Data()
    for path in paths { data += try file.neighbour(path, format: format).contents }
    var reader = ByteReader(Bytes(data, format: format))
    var tensors: [(path: String, tensor: StoredTensor)] = []
    for entry in weights {
      guard let type = entry.type else {
        throw .unsupported(
          format: format,
          feature: "\(entry.name) as \(entry.quantization?.dtype ?? entry.dtype)")
      }
      guard let count = entry.shape.checkedProduct else {
        throw .damaged(
          format: format, problem: "\(entry.name) has the impossible shape \(entry.shape)")
      }
      let bytes = try reader.take(type.byteCount(of: count), of: entry.name)
      tensors.append(
        (
          entry.name,
          try StoredTensor(
            name: entry.name, shape: entry.shape, bytes: bytes, type: type, encoding: entry.encoding
          )
        ))
    }
    return tensors
  }
}

extension TensorFlowJSIndex.Entry {
  fileprivate var type: ScalarType? {
    let types: [String: ScalarType] = [
      "float32": .float32, "float16": .float16, "uint8": .uint8, "uint16": .uint16, "int32": .int32,
    ]
    return types[quantization?.dtype ?? dtype]
  }

  fileprivate var encoding: StoredTensor.Encoding {
    guard let scale = quantization?.scale else { return .plain }
    return .affine(scales: [scale], offsets: [quantization?.min ?? 0], axis: 0)
  }
}
