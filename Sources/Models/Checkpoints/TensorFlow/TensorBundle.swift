/// TensorFlow's checkpoint: an index, `NAME.index`, and shards, `NAME.data-00000-of-00001`.
///
/// The field numbers are those of tensor_bundle.proto and tensor_shape.proto.
struct TensorBundle {
  static let format = TensorFlowCheckpointFormat.name

  /// The names of all entries, in alphabetical order.
  let names: [String]

  private let entries: [String: ProtobufMessage]
  private let shards: [Bytes]

  /// Reads the index called `index` beside `file`; its shards lie there too.
  init(index: String, beside file: CheckpointFile) throws(ImportError) {
    let table = try LevelDBTable(file.neighbour(index, format: Self.format))
    guard let first = table.entries.first, first.name.isEmpty else {
      throw .damaged(format: Self.format, problem: "its index has no header")
    }
    let header = ProtobufMessage(first.value)
    guard try header.integer(2) ?? 0 == 0 else {
      throw .unsupported(format: Self.format, feature: "a file of a big-endian machine")
    }
    let count = try header.integer(1) ?? 1
    guard 1...1024 ~= count else {
      throw .damaged(format: Self.format, problem: "its index claims \(count) shards")
    }
    let prefix = index.hasSuffix(".index") ? String(index.dropLast(6)) : index
    var shards: [Bytes] = []
    for shard in 0..<count {
      func padded(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 5 - "\(number)".count)) + "\(number)"
      }
      shards.append(
        try file.neighbour(
          "\(prefix).data-\(padded(shard))-of-\(padded(count))", format: Self.format))
    }
    self.shards = shards
    var entries: [String: ProtobufMessage] = [:]
    for (name, value) in table.entries.dropFirst() { entries[name] = ProtobufMessage(value) }
    self.entries = entries
    names = table.entries.dropFirst().map(\.name)
  }

  /// Returns the array called `name`; nil where there is none, or none of numbers.
  func tensor(_ name: String) throws(ImportError) -> StoredTensor? {
    guard let entry = entries[name], let type = Self.types[try entry.integer(1) ?? 0] else {
      return nil
    }
    guard try !entry.has(7) else {
      throw .unsupported(format: Self.format, feature: "\(name), kept in slices,")
    }
    let shape = try Self.shape(entry.message(2))
    let shard = try entry.integer(3) ?? 0
    guard shards.indices.contains(shard) else {
      throw .damaged(
        format: Self.format, problem: "\(name) lies in shard \(shard) of \(shards.count)")
    }
    let (place, size) = (try entry.integer(4) ?? 0, try entry.integer(5) ?? 0)
    guard let count = shape.checkedProduct, size == type.byteCount(of: count) else {
      throw .damaged(format: Self.format, problem: "\(name) has \(size) bytes for \(shape)")
    }
    let bytes = try shards[shard].slice(place, count: size, of: name)
    var sum: UInt32?
    if case .fixed32(let value) = try entry.value(6) { sum = value }
    return StoredTensor(name: name, shape: shape, type: type) { [sum] () throws(ImportError) in
      guard sum == nil || sum == CRC32C.masked(bytes) else {
        throw bytes.damaged("\(name) has other bytes than its checksum says")
      }
      return bytes
    }
  }

  /// The text of that name, which is a tensor of one text: lengths as varints and a checksum come before
  /// it.
  func text(_ name: String) throws(ImportError) -> Bytes? {
    guard let entry = entries[name], try entry.integer(1) == 7,
      case let shard = try entry.integer(3) ?? 0, shards.indices.contains(shard)
    else { return nil }
    let bytes = try shards[shard].slice(
      entry.integer(4) ?? 0, count: entry.integer(5) ?? 0, of: name)
    var (length, place) = (0, 0)
    while place < 8 {
      let byte = Int(try bytes.load(UInt8.self, at: place))
      length |= (byte & 0x7F) << (7 * place)
      place += 1
      if byte < 0x80 { break }
    }
    return try bytes.slice(place + 4, count: length, of: name)
  }

  /// Reads a TensorShapeProto.
  static func shape(_ message: ProtobufMessage?) throws(ImportError) -> [Int] {
    var shape: [Int] = []
    for dimension in try message?.messages(2) ?? [] { shape.append(try dimension.integer(1) ?? 0) }
    return shape
  }

  /// The number types by their codes in types.proto's DataType.
  static let types: [Int: ScalarType] = [
    1: .float32, 2: .float64, 3: .int32, 4: .uint8, 5: .int16, 6: .int8, 9: .int64,
    14: .bfloat16, 19: .float16,
  ]
}
