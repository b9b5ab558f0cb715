/// A fractal heap: objects in blocks, listed in a table of rows with ever larger blocks.
struct HDF5FractalHeap {
  /// A block: its offset in the heap's own address space, and its bytes.
  private struct Block {
    let offset: Int
    let bytes: Bytes
  }

  private let file: Bytes
  private var blocks: [Block] = []
  /// The number of bytes of an id that hold the object's offset in the heap.
  private let offsetSize: Int

  /// The largest heap that is read, in bytes: far more than the names of a network's layers need.
  private static let mostBytes = 1 << 24

  /// Reads the blocks of the heap at `address`.
  init(_ file: Bytes, at address: Int) throws(ImportError) {
    self.file = file
    guard file.has("FRHP".utf8, at: address) else { throw file.damaged("no heap at \(address)") }
    var reader = ByteReader(file, at: address)
    try reader.skip(7)
    let filterSize = try reader.next(UInt16.self)
    // Skips the fields for free space, and for huge and tiny objects, which are stored elsewhere.
    try reader.skip(101)
    let width = try reader.next(UInt16.self)
    let (smallest, largest) = (try reader.next(UInt64.self), try reader.next(UInt64.self))
    let bits = try reader.next(UInt16.self)
    try reader.skip(2)
    let root = try reader.nextAddress()
    let rows = try reader.next(UInt16.self)
    guard filterSize == 0 else {
      throw .unsupported(format: file.format, feature: "HDF5 with packed heaps")
    }
    guard 1...64 ~= bits, width > 0, 1...Self.mostBytes ~= smallest, smallest <= largest else {
      throw file.damaged("the heap at \(address) has impossible sizes")
    }
    offsetSize = (bits + 7) / 8
    guard let root else { return }
    if rows == 0 {
      try append(root, size: smallest)
    } else {
      try appendTable(at: root, rows: rows, width: width, sizes: smallest...largest)
    }
  }

  /// Adds the blocks of the table at `address`.
  ///
  /// The blocks of the first two rows have the smallest of `sizes`; each further row doubles the
  /// size.
  private mutating func appendTable(
    at address: Int, rows: Int, width: Int, sizes: ClosedRange<Int>
  ) throws(ImportError) {
    guard file.has("FHIB".utf8, at: address) else { throw file.damaged("no table at \(address)") }
    var reader = ByteReader(file, at: address)
    try reader.skip(13 + offsetSize)
    var size = sizes.lowerBound
    var offset = 0
    for row in 0..<rows {
      if row > 1 { size *= 2 }
      guard size <= sizes.upperBound, offset + size * width <= Self.mostBytes else {
        throw .unsupported(format: file.format, feature: "HDF5 with a heap of more than 16 MB")
      }
      for _ in 0..<width {
        if let block = try reader.nextAddress() { try append(block, size: size, offset: offset) }
        offset += size
      }
    }
  }

  private mutating func append(
    _ address: Int, size: Int, offset: Int = 0
  ) throws(ImportError) {
    guard file.has("FHDB".utf8, at: address) else { throw file.damaged("no block at \(address)") }
    let bytes = try file.slice(address, count: size, of: "a block of a heap")
    blocks.append(Block(offset: offset, bytes: bytes))
  }

  /// Returns the object with this id, which states its kind, offset and length.
  func object(_ id: Bytes) throws(ImportError) -> Bytes {
    var reader = ByteReader(id)
    guard try reader.next(UInt8.self) == 0 else {
      throw .unsupported(format: file.format, feature: "HDF5 with huge objects in a heap")
    }
    let offset = try reader.next(byteCount: offsetSize)
    let length = try reader.next(byteCount: id.count - reader.offset)
    guard let block = blocks.last(where: { $0.offset <= offset }) else {
      throw file.damaged("a heap has nothing at \(offset)")
    }
    return try block.bytes.slice(offset - block.offset, count: length, of: "an object of a heap")
  }
}
