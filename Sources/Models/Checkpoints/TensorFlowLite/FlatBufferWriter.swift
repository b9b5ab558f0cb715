/// Writes the tables of a FlatBuffer from the front to the back.
///
/// A table precedes the objects that it refers to, and its offsets are filled in once those are
/// written; other writers go from the back to the front. flatbuffers.dev/internals: offsets are
/// distances from their own place, vtables lie before tables.
struct FlatBufferWriter {
  /// The value of a table's field.
  indirect enum Field {
    /// Numbers of one or four bytes, which lie in the table.
    case byte(UInt8)
    case number(UInt32)
    case float(Float)
    /// Objects that lie elsewhere.
    case text(String)
    case numbers([Int32])
    case longs([Int64])
    case floats([Float])
    case bytes([UInt8])
    case table([Int: Field])
    case tables([[Int: Field]])
  }

  private(set) var bytes: [UInt8] = []

  /// Returns the file whose root is the table of `fields`, with an identifier of four letters.
  static func file(_ fields: [Int: Field], identifier: String) -> [UInt8] {
    var writer = FlatBufferWriter()
    writer.append(UInt32(0))
    writer.bytes += identifier.utf8
    let root = writer.table(fields)
    writer.fill(0, with: root)
    return writer.bytes
  }

  /// Writes a table and the objects that it refers to; returns the table's offset.
  private mutating func table(_ fields: [Int: Field]) -> Int {
    let last = fields.keys.max() ?? -1
    // No field takes eight bytes, so an alignment to four bytes is enough.
    align(4)
    let vtable = bytes.count
    append(UInt16(4 + 2 * (last + 1)))
    append(UInt16(4 + 4 * fields.count))
    let keys = fields.keys.sorted()
    for field in 0...max(last, 0) where last >= 0 {
      let place = keys.firstIndex(of: field)
      append(UInt16(place.map { 4 + 4 * $0 } ?? 0))
    }
    align(4)
    let start = bytes.count
    append(Int32(start - vtable))
    var places: [(at: Int, field: Field)] = []
    for key in keys {
      guard let field = fields[key] else { continue }
      switch field {
      case .byte(let value): append(UInt32(value))
      case .number(let value): append(value)
      case .float(let value): append(value.bitPattern)
      default:
        places.append((bytes.count, field))
        append(UInt32(0))
      }
    }
    for (place, field) in places {
      let target = reference(field)
      fill(place, with: target)
    }
    return start
  }

  /// Writes an object that lies elsewhere; returns its offset.
  private mutating func reference(_ field: Field) -> Int {
    switch field {
    case .text(let text):
      defer { bytes.append(0) }
      return vector(Array(text.utf8), alignment: 4)
    case .numbers(let numbers): return vector(numbers, alignment: 4)
    case .longs(let numbers): return vector(numbers, alignment: 8)
    case .floats(let numbers): return vector(numbers.map(\.bitPattern), alignment: 4)
    // The kernels of some processors need weights at multiples of 16.
    case .bytes(let numbers): return vector(numbers, alignment: 16)
    case .table(let fields): return table(fields)
    case .tables(let tables):
      let start = vector([UInt32](repeating: 0, count: tables.count), alignment: 4)
      for (index, fields) in tables.enumerated() {
        let target = table(fields)
        fill(start + 4 + 4 * index, with: target)
      }
      return start
    case .byte, .number, .float: preconditionFailure("a number is no reference")
    }
  }

  /// Writes the number of elements, and the elements, of which the first is aligned; returns the
  /// offset.
  private mutating func vector(_ elements: [some FixedWidthInteger], alignment: Int) -> Int {
    while (bytes.count + 4) % alignment != 0 { bytes.append(0) }
    let start = bytes.count
    append(UInt32(elements.count))
    for element in elements { append(element) }
    return start
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  private mutating func align(_ size: Int) {
    while bytes.count % size != 0 { bytes.append(0) }
  }

  /// Writes the distance from `place` to `target`.
  private mutating func fill(_ place: Int, with target: Int) {
    withUnsafeBytes(of: UInt32(target - place).littleEndian) {
      bytes.replaceSubrange(place..<place + 4, with: $0)
    }
  }
}
