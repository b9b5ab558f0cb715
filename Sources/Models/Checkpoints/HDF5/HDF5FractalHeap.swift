/// A fractal heap: objects in blocks, which a table with ever larger ones leads to.
struct HDF5FractalHeap {
  /// A block: where it begins in the heap's own space, and its bytes.
  private struct Block {
    let offset: Int
    let bytes: Bytes
  }

  private let file: Bytes
  private var blocks: [Block] = []
  /// How many bytes of an id say where the object is in the heap's space.
  private let offsetSize: Int

  /// The largest heap that is read: far more than the names of a network's layers need.
  private static let mostBytes = 1 << 24

  /// Finds the blocks of the heap at `address`.
  init(_ file: Bytes, at address: Int) throws(ImportError) {
    self.file = file
    guard file.has("FRHP".utf8, at: address) else { throw file.damaged("no heap at \(address)") }
    var reader = ByteReader(file, at: address)
    try reader.skip(7)
    let filterSize = try reader.next(UInt16.self)
    // What is free, and large and tiny objects, which are kept elsewhere.
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

  /// Adds the blocks that the table at `address` leads to.
  ///
  /// Those of the first two rows have the smallest of `sizes`, those of each further one twice as
  /// much as before.
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

  /// The object with this id, which says of what kind it is, where it is, and how long.
  func object(_ id: Bytes) throws(ImportError) -> Bytes {
    var reader = ByteReader(id)
    guard try reader.next(UInt8.self) == 0 else {
      throw .unsupported(format: file.format, feature: "HDF5 with huge objects in a heap")
    }
    let offset = try reader.next(byteCount: offsetSize)
    let length = try reader.next(byteCount: id.count - reader.place)
    guard let block = blocks.last(where: { $0.offset <= offset }) else {
      throw file.damaged("a heap has nothing at \(offset)")
    }
    return try block.bytes.slice(offset - block.offset, count: length, of: "an object of a heap")
  }
}
