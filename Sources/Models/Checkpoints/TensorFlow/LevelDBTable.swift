/// A sorted table of LevelDB (doc/table_format.md): names and values.
///
/// A footer of 48 bytes states the location of the index; the index states the locations of the
/// blocks; a block has entries, each of which shares the beginning of its name with the one before.
/// The kind of compression and a checksum follow each block.
struct LevelDBTable {
  /// The names and values, in order.
  private(set) var entries: [(name: String, value: Bytes)] = []

  private static let magic: UInt64 = 0xDB47_7524_8B80_FB57
  /// The most names that are read: more than any checkpoint of a MobileNet has.
  private static let mostEntries = 1 << 16

  /// Whether `bytes` end like a table.
  static func recognizes(_ bytes: Bytes) -> Bool {
    (try? bytes.load(UInt64.self, at: bytes.count - 8)) == magic
  }

  /// Reads all entries.
  init(_ bytes: Bytes) throws(ImportError) {
    guard Self.recognizes(bytes) else { throw bytes.damaged("it does not end as a table does") }
    var footer = ProtobufReader(bytes, at: bytes.count - 48)
    for _ in 0..<2 { _ = try footer.varint() }
    let index = try Self.block(bytes, footer.varint(), footer.varint())
    for (_, offset) in try Self.entries(of: index) {
      var handle = ProtobufReader(offset, at: 0)
      let block = try Self.block(bytes, handle.varint(), handle.varint())
      for (name, value) in try Self.entries(of: block) {
        guard entries.count < Self.mostEntries else { throw bytes.damaged("it has too many names") }
        entries.append((String(decoding: name, as: UTF8.self), value))
      }
    }
  }

  /// Returns the block at a offset, after checking its checksum.
  private static func block(_ bytes: Bytes, _ offset: Int, _ size: Int) throws(ImportError) -> Bytes
  {
    guard size < bytes.count else { throw bytes.damaged("a block claims \(size) bytes") }
    let whole = try bytes.slice(offset, count: size + 5, of: "a block")
    let packing = try whole.load(UInt8.self, at: size)
    guard packing == 0 else {
      throw .unsupported(format: bytes.format, feature: "a table packed with Snappy")
    }
    let summed = try whole.slice(0, count: size + 1, of: "a block")
    guard try CRC32C.masked(summed) == whole.load(UInt32.self, at: size + 1) else {
      throw bytes.damaged("the block at \(offset) has other bytes than its checksum says")
    }
    return try whole.slice(0, count: size, of: "a block")
  }

  private static func entries(of block: Bytes) throws(ImportError) -> [(
    name: [UInt8], value: Bytes
  )] {
    guard block.count >= 4 else { throw block.damaged("a block is too short") }
    let restarts = Int(try block.load(UInt32.self, at: block.count - 4))
    let end = block.count - 4 - 4 * restarts
    guard restarts < block.count, end >= 0 else { throw block.damaged("a block lies about itself") }
    var reader = ProtobufReader(block, at: 0)
    var entries: [(name: [UInt8], value: Bytes)] = []
    var name: [UInt8] = []
    while reader.offset < end {
      let (shared, own, size) = (try reader.varint(), try reader.varint(), try reader.varint())
      guard shared <= name.count, own <= 4096 else {
        throw block.damaged("a name in a block is odd")
      }
      let rest = try reader.take(own)
      name = Array(name.prefix(shared)) + Array(rest.contents)
      entries.append((name, try reader.take(size)))
    }
    return entries
  }
}

/// Reads varints and bytes, one after another.
struct ProtobufReader {
  private let message: ProtobufMessage
  private(set) var offset: Int

  init(_ bytes: Bytes, at offset: Int) {
    message = ProtobufMessage(bytes)
    self.offset = offset
  }

  /// Reads the next varint, as a size or an offset.
  mutating func varint() throws(ImportError) -> Int {
    try message.bytes.checked(try message.varint(at: &offset))
  }

  /// Reads the next `count` bytes.
  mutating func take(_ count: Int) throws(ImportError) -> Bytes {
    let part = try message.bytes.slice(offset, count: count, of: "an entry")
    offset += count
    return part
  }
}
