import CInflate
import Foundation

/// A filter that was applied to each chunk of an array before writing.
enum HDF5Filter {
  case deflate
  /// Puts all first bytes of the elements first, then all second bytes, and so on.
  case shuffle(elementSize: Int)
  /// Appends a checksum.
  case fletcher32

  /// Reads the filters of a pipeline message, in the order of their application.
  static func pipeline(_ body: Bytes) throws(ImportError) -> [HDF5Filter] {
    var reader = ByteReader(body)
    let version = try reader.next(UInt8.self)
    let count = try reader.next(UInt8.self)
    if version == 1 { try reader.skip(6) }
    var filters: [HDF5Filter] = []
    for _ in 0..<count {
      let id = try reader.next(UInt16.self)
      let nameSize = version == 1 || id >= 256 ? try reader.next(UInt16.self) : 0
      try reader.skip(2)
      let valueCount = try reader.next(UInt16.self)
      try reader.skip(version == 1 ? (nameSize + 7) / 8 * 8 : nameSize)
      var values: [Int] = []
      for _ in 0..<valueCount { values.append(try reader.next(UInt32.self)) }
      if version == 1, valueCount % 2 == 1 { try reader.skip(4) }
      switch id {
      case 1: filters.append(.deflate)
      case 2: filters.append(.shuffle(elementSize: values.first ?? 1))
      case 3: filters.append(.fletcher32)
      default:
        throw .unsupported(format: body.format, feature: "HDF5's filter \(id)")
      }
    }
    return filters
  }

  /// Undoes the filter; after the last one there must be `size` bytes.
  func undone(_ bytes: Bytes, size: Int, of name: String) throws(ImportError) -> Bytes {
    switch self {
    case .deflate:
      return try bytes.inflated(to: size, wrapping: CINFLATE_ZLIB, of: name)
    case .fletcher32:
      return try bytes.slice(0, count: bytes.count - 4, of: "a checksum")
    case .shuffle(let elementSize):
      guard elementSize > 0, bytes.count % elementSize == 0 else {
        throw bytes.damaged("\(name) is shuffled by \(elementSize) bytes")
      }
      let count = bytes.count / elementSize
      let target = bytes.withUnsafeBytes { source in
        [UInt8](unsafeUninitializedCapacity: source.count) { target, initialized in
          for element in 0..<count {
            for byte in 0..<elementSize {
              target[element * elementSize + byte] = source[byte * count + element]
            }
          }
          initialized = source.count
        }
      }
      return Bytes(Data(target), format: bytes.format)
    }
  }
}
