import Foundation

/// A group of files in `model.json`: the arrays that their concatenation holds.
struct TensorFlowJSShards {
  /// The names of the files, in order.
  private let paths: [String]
  /// The arrays, one after another.
  private let entries: [Entry]

  private static let format = TensorFlowJSFormat.name

  /// Reads a group of the weights' manifest.
  init(_ json: JSON) throws(ImportError) {
    guard let paths = json["paths"]?.texts, let weights = json["weights"]?.elements else {
      throw Self.damaged("a group of its weights has no paths or no arrays")
    }
    guard Set(paths).count == paths.count else { throw Self.damaged("a shard is named twice") }
    self.paths = paths
    var entries: [Entry] = []
    for weight in weights { entries.append(try Entry(weight)) }
    self.entries = entries
  }

  /// Returns the arrays with their names.
  func tensors(
    beside file: CheckpointFile
  ) throws(ImportError) -> [(path: String, tensor: StoredTensor)] {
    var data = Data()
    for path in paths { data += try file.neighbour(path, format: Self.format).contents }
    var reader = ByteReader(Bytes(data, format: Self.format))
    var tensors: [(path: String, tensor: StoredTensor)] = []
    for entry in entries {
      let bytes = try reader.take(entry.type.byteCount(of: entry.count), of: entry.name)
      tensors.append(
        (
          entry.name,
          try StoredTensor(
            name: entry.name, shape: entry.shape, bytes: bytes, type: entry.type,
            encoding: entry.encoding)
        ))
    }
    return tensors
  }

  /// An array's entry in the manifest.
  private struct Entry {
    let name: String
    let shape: [Int]
    let type: ScalarType
    let encoding: StoredTensor.Encoding
    /// The product of the shape.
    let count: Int

    init(_ json: JSON) throws(ImportError) {
      guard let name = json["name"]?.text, let shape = json["shape"]?.integers else {
        throw damaged("an array of its weights has no name or no shape")
      }
      guard let count = shape.checkedProduct else {
        throw damaged("\(name) has the impossible shape \(shape)")
      }
      let quantization = json["quantization"]
      let kind = (quantization ?? json)["dtype"]?.text ?? "nothing"
      guard let type = Self.types[kind] else {
        throw .unsupported(format: format, feature: "\(name) as \(kind)")
      }
      self.name = name
      self.shape = shape
      self.type = type
      self.count = count
      // Halves have no scale; integers represent number · scale + min.
      let minimum = quantization?["min"]?.number ?? 0
      encoding =
        quantization?["scale"]?.number.map {
          .affine(scales: [$0], offsets: [minimum], axis: 0)
        } ?? .plain
    }

    private static let types: [String: ScalarType] = [
      "float32": .float32, "float16": .float16, "uint8": .uint8, "uint16": .uint16,
      "int32": .int32,
    ]
  }

  private static func damaged(_ problem: String) -> ImportError {
    .damaged(format: format, problem: problem)
  }
}
