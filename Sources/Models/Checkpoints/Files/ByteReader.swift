/// Reads one number after another from a part of a file, with every read checked.
struct ByteReader {
  /// The bytes to read.
  let bytes: Bytes
  /// The offset of the next read.
  private(set) var offset: Int

  init(_ bytes: Bytes, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Reads the next integer, little endian.
  mutating func next<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type
  ) throws(ImportError) -> Int {
    let value = try bytes.load(type, at: offset)
    offset += MemoryLayout<Value>.size
    return try bytes.checked(value)
  }

  /// Reads the next `count` bytes; `what` names them in the error when they are missing.
  mutating func take(_ count: Int, of what: String) throws(ImportError) -> Bytes {
    let part = try bytes.slice(offset, count: count, of: what)
    offset += count
    return part
  }

  /// Skips `count` bytes.
  mutating func skip(_ count: Int) throws(ImportError) { _ = try take(count, of: "what follows") }
}

extension Bytes {
  /// Returns a number as an Int; throws for one that is larger than any file.
  func checked(_ value: some FixedWidthInteger) throws(ImportError) -> Int {
    guard let value = Int(exactly: value) else { throw damaged("\(value) is not a size or place") }
    return value
  }
}
