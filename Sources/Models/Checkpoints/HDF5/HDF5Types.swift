/// The type of the elements of an array or an attribute.
enum HDF5Datatype {
  case number(ScalarType)
  /// A text of `size` bytes, padded with zeros or blanks.
  case fixedText(size: Int)
  /// A text in a global heap.
  case text
  case other

  /// Reads a datatype message.
  init(_ body: Bytes) throws(ImportError) {
    var reader = ByteReader(body)
    let kind = try reader.next(UInt8.self) & 0xF
    let flags = try reader.next(UInt16.self)
    try reader.skip(1)
    let size = try reader.next(UInt32.self)
    let isBigEndian = flags & 1 != 0
    switch kind {
    case 0 where !isBigEndian:
      let types: [Int: ScalarType] =
        flags & 8 != 0
        ? [1: .int8, 2: .int16, 4: .int32, 8: .int64] : [1: .uint8, 2: .uint16]
      self = types[size].map { .number($0) } ?? .other
    case 1 where !isBigEndian:
      // Offset and precision in bits come first, then the position and the size of the exponent.
      try reader.skip(5)
      let exponent = try reader.next(UInt8.self)
      switch (size, exponent) {
      case (8, 11): self = .number(.float64)
      case (4, 8): self = .number(.float32)
      case (2, 5): self = .number(.float16)
      case (2, 8): self = .number(.bfloat16)
      default: self = .other
      }
    case 3: self = .fixedText(size: size)
    case 9 where flags & 0xF == 1: self = .text
    default: self = .other
    }
  }
}

/// The extent of an array or an attribute.
struct HDF5Dataspace {
  /// The sizes of the axes, slowest first; empty for a single element.
  let shape: [Int]

  /// Reads a dataspace message, of version 1 or 2.
  init(_ body: Bytes) throws(ImportError) {
    let version = try body.load(UInt8.self, at: 0)
    guard version == 1 || version == 2 else {
      throw body.damaged("a dataspace has version \(version)")
    }
    let rank = try body.load(UInt8.self, at: 1)
    var reader = ByteReader(body, at: version == 1 ? 8 : 4)
    var shape: [Int] = []
    for _ in 0..<rank { shape.append(try reader.next(UInt64.self)) }
    // Version 2 has a type, and a dataspace of type 2 has no elements.
    let type = try body.load(UInt8.self, at: 3)
    self.shape = version == 2 && type == 2 ? [0] : shape
  }
}
