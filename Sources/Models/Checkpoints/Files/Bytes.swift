import Foundation

/// A part of a file, read with every offset checked.
struct Bytes: Sendable {
  /// The name of the format, for errors.
  let format: String

  private let data: Data

  init(_ data: Data, format: String) {
    self.data = data
    self.format = format
  }

  /// The bytes of `numbers`, little endian.
  init(_ numbers: [some FixedWidthInteger & BitwiseCopyable], format: String) {
    self.init(numbers.map(\.littleEndian).withUnsafeBytes { Data($0) }, format: format)
  }

  /// The low `width` bytes of each of `numbers`, little endian.
  init(_ numbers: [Int], width: Int, format: String) {
    switch width {
    case 1: self.init(numbers.map { UInt8(truncatingIfNeeded: $0) }, format: format)
    case 2: self.init(numbers.map { UInt16(truncatingIfNeeded: $0) }, format: format)
    case 4: self.init(numbers.map { UInt32(truncatingIfNeeded: $0) }, format: format)
    default: self.init(numbers, format: format)
    }
  }

  var count: Int { data.count }

  /// Returns `count` bytes from `offset` on; `what` names them in the error when they do not fit.
  func slice(_ offset: Int, count: Int, of what: String) throws(ImportError) -> Bytes {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      throw damaged("\(what) needs \(count) bytes at \(offset), there are \(self.count) in all")
    }
    let start = data.startIndex + offset
    return Bytes(data[start..<start + count], format: format)
  }

  /// Returns a little-endian integer or a float's bits, at any offset.
  func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self, at offset: Int
  ) throws(ImportError) -> Value {
    let size = MemoryLayout<Value>.size
    guard offset >= 0, offset <= count - size else {
      throw damaged("\(size) bytes at \(offset) are beyond its end at \(count)")
    }
    return data.withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
  }

  /// Whether these bytes are at `offset`.
  func has(_ prefix: some Sequence<UInt8>, at offset: Int = 0) -> Bool {
    data.dropFirst(offset).starts(with: prefix)
  }

  /// The bytes as text; nil when they are not UTF-8.
  var text: String? { String(data: data, encoding: .utf8) }

  /// The bytes as Foundation's Data.
  var contents: Data { data }

  /// Calls `body` with the bytes.
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    data.withUnsafeBytes(body)
  }

  /// Returns an error that states how these bytes are damaged.
  func damaged(_ problem: String) -> ImportError { .damaged(format: format, problem: problem) }
}
