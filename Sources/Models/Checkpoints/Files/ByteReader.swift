/// Takes one number after another from a part of a file, every one of them checked.
struct ByteReader {
  /// What is read.
  let bytes: Bytes
  /// How far it was read.
  private(set) var place: Int

  init(_ bytes: Bytes, at place: Int = 0) {
    self.bytes = bytes
    self.place = place
  }

  /// The next integer, little endian.
  mutating func next<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type
  ) throws(ImportError) -> Int {
    let value = try bytes.load(type, at: place)
    place += MemoryLayout<Value>.size
    return try bytes.checked(value)
  }

  /// The next `count` bytes; `what` names them in the error when they are not there.
  mutating func take(_ count: Int, of what: String) throws(ImportError) -> Bytes {
    let part = try bytes.slice(place, count: count, of: what)
    place += count
    return part
  }

  /// Leaves out `count` bytes.
  mutating func skip(_ count: Int) throws(ImportError) { _ = try take(count, of: "what follows") }
}

extension Bytes {
  /// A number as an Int; one that is larger than any file is damage.
  func checked(_ value: some FixedWidthInteger) throws(ImportError) -> Int {
    guard let value = Int(exactly: value) else { throw damaged("\(value) is not a size or place") }
    return value
  }
}
