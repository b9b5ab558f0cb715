import CInflate
import Foundation

/// Something that was done to each chunk of an array before it was written.
enum HDF5Filter {
  case deflate
  /// All first bytes of the elements, then all second bytes, and so on.
  case shuffle(elementSize: Int)
  /// A checksum at the end.
  case fletcher32

  /// The filters of a pipeline message, in the order in which they were applied.
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

  /// The bytes before the filter was applied; at the end of all there must be `size` of them.
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
