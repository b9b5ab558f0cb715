/// A message in Protocol Buffers' wire format, read in place with every length checked.
///
/// A message is a sequence of fields: a varint with number and type, then the value. The meaning of
/// a number is up to each format's schema.
struct ProtobufMessage: Sendable {
  /// The value of a field in its wire type.
  enum Value: Sendable {
    case varint(UInt64)
    case fixed64(UInt64)
    case bytes(Bytes)
    case fixed32(UInt32)
  }

  /// The whole message.
  let bytes: Bytes

  /// The numbers that a schema may give to a field.
  private static let possibleNumbers = 1..<1 << 29

  /// The most elements of a list that are read, weights excepted.
  static var mostElements: Int { 1 << 17 }

  init(_ bytes: Bytes) { self.bytes = bytes }

  /// Calls `body` with each field in order, until the closure returns false; calls `onTag` with
  /// each number before reading the value.
  func forEachField(
    onTag: (Int) -> Void = { _ in }, _ body: (Int, Value) throws(ImportError) -> Bool
  ) throws(ImportError) {
    var offset = 0
    while offset < bytes.count {
      let tag = try varint(at: &offset)
      let number = Int(truncatingIfNeeded: tag >> 3)
      guard Self.possibleNumbers ~= number else {
        throw bytes.damaged("field \(number), which no message can have")
      }
      onTag(number)
      let value: Value
      switch tag & 7 {
      case 0: value = .varint(try varint(at: &offset))
      case 1:
        value = .fixed64(try bytes.load(at: offset))
        offset += 8
      case 2:
        let length = try varint(at: &offset)
        guard length <= UInt64(bytes.count) else {
          throw bytes.damaged("field \(number) claims \(length) bytes")
        }
        value = .bytes(try bytes.slice(offset, count: Int(length), of: "field \(number)"))
        offset += Int(length)
      case 5:
        value = .fixed32(try bytes.load(at: offset))
        offset += 4
      default: throw bytes.damaged("field \(number) at \(offset) has wire type \(tag & 7)")
      }
      guard try body(number, value) else { return }
    }
  }

  /// The numbers of the fields in order, up to and including the first with a damaged value.
  ///
  /// So a truncated file can still be recognised.
  var fieldNumbers: [Int] {
    var numbers: [Int] = []
    try? forEachField(onTag: { numbers.append($0) }) { _, _ in numbers.count <= Self.mostElements }
    return numbers
  }

  /// Returns the last value of a field, which counts for a field that is not repeated.
  func value(_ number: Int) throws(ImportError) -> Value? {
    var found: Value?
    try forEachField { (field, value) throws(ImportError) in
      if field == number { found = value }
      return true
    }
    return found
  }

  /// Returns whether a field exists.
  func has(_ number: Int) throws(ImportError) -> Bool { try value(number) != nil }

  /// Returns an integer, an enumeration or a Boolean.
  func integer(_ number: Int) throws(ImportError) -> Int? {
    guard case .varint(let value) = try value(number) else { return nil }
    return Int(truncatingIfNeeded: value)
  }

  /// Returns a float.
  func float(_ number: Int) throws(ImportError) -> Float? {
    guard case .fixed32(let bits) = try value(number) else { return nil }
    return Float(bitPattern: bits)
  }

  /// Returns the bytes of a field.
  func data(_ number: Int) throws(ImportError) -> Bytes? {
    guard case .bytes(let bytes) = try value(number) else { return nil }
    return bytes
  }

  /// Returns a nested message.
  func message(_ number: Int) throws(ImportError) -> ProtobufMessage? {
    try data(number).map { ProtobufMessage($0) }
  }

  /// Returns a text; empty when there is none.
  func string(_ number: Int) throws(ImportError) -> String { try data(number)?.text ?? "" }

  /// Returns all messages of a repeated field.
  func messages(_ number: Int) throws(ImportError) -> [ProtobufMessage] {
    var messages: [ProtobufMessage] = []
    try forEachField { (field, value) throws(ImportError) in
      guard field == number, case .bytes(let part) = value else { return true }
      messages.append(ProtobufMessage(part))
      guard messages.count <= Self.mostElements else {
        throw bytes.damaged("field \(number) is repeated too often")
      }
      return true
    }
    return messages
  }

  /// Returns all texts of a repeated field.
  func strings(_ number: Int) throws(ImportError) -> [String] {
    try messages(number).map { $0.bytes.text ?? "" }
  }

  /// Returns all integers of a repeated field, packed or not; throws for more than `limit`.
  func integers(_ number: Int, limit: Int = Self.mostElements) throws(ImportError) -> [Int] {
    var integers: [Int] = []
    try forEachField { (field, value) throws(ImportError) in
      guard field == number else { return true }
      switch value {
      case .varint(let value): integers.append(Int(truncatingIfNeeded: value))
      case .bytes(let packed):
        var offset = 0
        let list = ProtobufMessage(packed)
        while offset < packed.count, integers.count <= limit {
          integers.append(Int(truncatingIfNeeded: try list.varint(at: &offset)))
        }
      default: break
      }
      guard integers.count <= limit else {
        throw bytes.damaged("field \(number) is repeated too often")
      }
      return true
    }
    return integers
  }

  /// Returns all floats of a repeated field, packed or not; throws for more than `mostElements`.
  func floats(_ number: Int) throws(ImportError) -> [Float] {
    var floats: [Float] = []
    try forEachField { (field, value) throws(ImportError) in
      guard field == number else { return true }
      switch value {
      case .fixed32(let bits): floats.append(Float(bitPattern: bits))
      case .bytes(let packed): floats += packed.floats(.float32)
      default: break
      }
      guard floats.count <= Self.mostElements else {
        throw bytes.damaged("field \(number) is repeated too often")
      }
      return true
    }
    return floats
  }

  /// Reads a varint: seven bits a byte, the lowest first; the highest bit is set if more follow.
  func varint(at offset: inout Int) throws(ImportError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte: UInt8 = try bytes.load(at: offset)
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw bytes.damaged("a number at \(offset) has more than ten bytes")
  }
}
