/// A Value of MIL.proto: numbers or texts, in the program or in `weight.bin`.
struct MLValue {
  private let message: ProtobufMessage

  init(_ message: ProtobufMessage) { self.message = message }

  /// The TensorValue in the program.
  private var immediate: ProtobufMessage? {
    get throws(ImportError) { try message.message(3)?.message(1) }
  }

  /// The texts; empty for numbers.
  var texts: [String] {
    get throws(ImportError) { try immediate?.message(4)?.strings(1) ?? [] }
  }

  /// The integers; empty for other values.
  var integers: [Int] {
    get throws(ImportError) {
      if let integers = try immediate?.message(2)?.integers(1), !integers.isEmpty {
        return integers
      }
      if let truths = try immediate?.message(3)?.integers(1), !truths.isEmpty { return truths }
      if let long = try immediate?.message(5)?.integers(1), !long.isEmpty { return long }
      return try immediate?.message(7)?.data(1)?.floats(.int32).map { Int(exactly: $0) ?? 0 } ?? []
    }
  }

  /// The number types by their codes in MIL.proto's DataType.
  private static let types: [Int: ScalarType] = [
    1: .uint8, 10: .float16, 11: .float32, 12: .float64, 21: .int8, 22: .int16, 23: .int32,
    24: .int64, 25: .lowBits(4, isSigned: true), 31: .uint8, 32: .uint16, 33: .int32,
    35: .lowBits(4), 36: .lowBits(2), 37: .lowBits(1), 38: .lowBits(6), 39: .lowBits(3),
  ]

  /// The number types by their codes in `weight.bin`, BlobDataType.
  private static let blobTypes: [Int: ScalarType] = [
    1: .float16, 2: .float32, 3: .uint8, 4: .int8, 5: .bfloat16, 6: .int16, 7: .uint16,
    8: .lowBits(4, isSigned: true), 9: .lowBits(1), 10: .lowBits(2), 11: .lowBits(4),
    12: .lowBits(3), 13: .lowBits(6), 14: .int32,
  ]

  /// Returns the numbers as an array.
  func tensor(_ name: String, weights: Bytes?) throws(ImportError) -> StoredTensor {
    let type = try message.message(2)?.message(1)
    var shape: [Int] = []
    for dimension in try type?.messages(3) ?? [] {
      shape.append(try dimension.message(1)?.integer(1) ?? 0)
    }
    let code = try type?.integer(1) ?? 0
    if let blob = try message.message(5) {
      return try stored(blob.integer(2) ?? 0, name: name, shape: shape, in: weights)
    }
    guard let scalar = Self.types[code] else {
      throw .unsupported(format: CoreMLFormat.name, feature: "\(name) of type \(code)")
    }
    let floats = try immediate?.message(1)?.floats(1) ?? []
    if !floats.isEmpty {
      return try StoredTensor(
        name: name, shape: shape, bytes: Bytes(floats.map(\.bitPattern), format: CoreMLFormat.name),
        type: .float32)
    }
    if let bytes = try immediate?.message(7)?.data(1) {
      return try StoredTensor(name: name, shape: shape, bytes: bytes, type: scalar)
    }
    let numbers = try integers.map { Float($0).bitPattern }
    return try StoredTensor(
      name: name, shape: shape, bytes: Bytes(numbers, format: CoreMLFormat.name), type: .float32)
  }

  /// Returns a blob of `weight.bin`: a record of 64 bytes with a mark, a type, a size and an
  /// offset.
  private func stored(
    _ place: Int, name: String, shape: [Int], in weights: Bytes?
  ) throws(ImportError) -> StoredTensor {
    guard let weights else {
      throw .damaged(format: CoreMLFormat.name, problem: "weights/weight.bin is missing")
    }
    guard try weights.load(UInt32.self, at: place) == 0xDEAD_BEEF else {
      throw weights.damaged("\(name) is not where the program says, at \(place)")
    }
    let code = Int(try weights.load(UInt32.self, at: place + 4))
    let size = try weights.checked(weights.load(UInt64.self, at: place + 8))
    let start = try weights.checked(weights.load(UInt64.self, at: place + 16))
    guard let type = Self.blobTypes[code] else {
      throw .unsupported(
        format: CoreMLFormat.name, feature: "\(name) as numbers of type \(code)")
    }
    let bytes = try weights.slice(start, count: size, of: name)
    return try StoredTensor(name: name, shape: shape, bytes: bytes, type: type)
  }
}
