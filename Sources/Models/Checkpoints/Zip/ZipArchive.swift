import CInflate

/// The files in a ZIP archive, stored or deflated.
///
/// The directory at the end states the offset of each; "APPNOTE.TXT" of PKWARE, sections 4.3.7,
/// 4.3.12 and 4.3.16. Archives of more than 4 GB, of several parts or encrypted are not supported.
struct ZipArchive {
  private struct Entry {
    let isDeflated: Bool
    let storedSize: Int
    let size: Int
    /// The checksum of the unpacked bytes; 0 where there is none.
    let checksum: UInt32
    /// The offset of the file's own header.
    let offset: Int
  }

  private let bytes: Bytes
  private var entries: [String: Entry] = [:]

  /// Whether `bytes` begin like an archive.
  static func recognizes(_ bytes: Bytes) -> Bool { bytes.has([0x50, 0x4B, 3, 4]) }

  /// Reads the directory.
  init(_ bytes: Bytes) throws(ImportError) {
    self.bytes = bytes
    guard let end = Self.endOfDirectory(bytes) else {
      throw bytes.damaged("the archive has no directory at its end")
    }
    var reader = ByteReader(bytes, at: end + 10)
    let count = try reader.next(UInt16.self)
    try reader.skip(4)
    var directory = ByteReader(bytes, at: try reader.next(UInt32.self))
    for _ in 0..<count {
      guard bytes.has([0x50, 0x4B, 1, 2], at: directory.offset) else {
        throw bytes.damaged("the archive's directory ends early")
      }
      try directory.skip(8)
      let (flags, method) = (try directory.next(UInt16.self), try directory.next(UInt16.self))
      try directory.skip(4)
      let checksum = UInt32(try directory.next(UInt32.self))
      let (stored, size) = (try directory.next(UInt32.self), try directory.next(UInt32.self))
      var lengths: [Int] = []
      for _ in 0..<3 { lengths.append(try directory.next(UInt16.self)) }
      try directory.skip(8)
      let offset = try directory.next(UInt32.self)
      let name = try directory.take(lengths[0], of: "a name in the archive").text ?? ""
      try directory.skip(lengths[1] + lengths[2])
      guard flags & 1 == 0, method == 0 || method == 8, offset != UInt32.max else {
        throw .unsupported(format: bytes.format, feature: "\(name) as the archive packs it")
      }
      entries[name] = Entry(
        isDeflated: method == 8, storedSize: stored, size: size, checksum: checksum,
        offset: offset)
    }
  }

  /// The names of the files, in the order of their offsets.
  var names: [String] { entries.sorted { $0.value.offset < $1.value.offset }.map(\.key) }

  /// Whether there is a file called `name`.
  func has(_ name: String) -> Bool { entries[name] != nil }

  /// Returns the unpacked bytes of a file.
  func file(_ name: String) throws(ImportError) -> Bytes {
    guard let entry = entries[name] else { throw bytes.damaged("\(name) is missing") }
    guard bytes.has([0x50, 0x4B, 3, 4], at: entry.offset) else {
      throw bytes.damaged("\(name) is not where the archive's directory says")
    }
    var reader = ByteReader(bytes, at: entry.offset)
    try reader.skip(26)
    let (nameSize, extraSize) = (try reader.next(UInt16.self), try reader.next(UInt16.self))
    try reader.skip(nameSize + extraSize)
    let stored = try reader.take(entry.storedSize, of: name)
    if entry.isDeflated {
      let bytes = try stored.inflated(to: entry.size, wrapping: CINFLATE_RAW, of: name)
      return try checked(bytes, entry, name)
    }
    guard stored.count == entry.size else {
      throw bytes.damaged("\(name) has \(stored.count) bytes, expected \(entry.size)")
    }
    return try checked(stored, entry, name)
  }

  /// Returns `bytes` after comparing their checksum with the directory's.
  private func checked(_ bytes: Bytes, _ entry: Entry, _ name: String) throws(ImportError) -> Bytes
  {
    let sum = bytes.withUnsafeBytes { cinflate_checksum($0.baseAddress, $0.count) }
    guard entry.checksum == 0 || sum == entry.checksum else {
      throw bytes.damaged("\(name) has other bytes than its checksum says")
    }
    return bytes
  }

  /// Returns the offset of the record that locates the directory; a comment may follow the record.
  private static func endOfDirectory(_ bytes: Bytes) -> Int? {
    let last = bytes.count - 22
    guard last >= 0 else { return nil }
    return stride(from: last, through: max(last - Int(UInt16.max), 0), by: -1)
      .first { bytes.has([0x50, 0x4B, 5, 6], at: $0) }
  }
}
