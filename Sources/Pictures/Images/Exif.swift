/// The orientation in a picture's metadata.
///
/// Exif is a TIFF directory (CIPA DC-008) in an APP1 segment of a JPEG or in a chunk of a PNG; XMP
/// is XML there. Where Exif states no orientation, XMP's counts, as in Pillow. Damaged metadata are
/// ignored.
enum Exif {
  /// The first bytes of an Exif segment.
  static let prefix = Array("Exif\0\0".utf8)

  /// Returns the orientation in the file's metadata; upright, if there is none.
  static func orientation(of file: [UInt8], format: ImageFormat) -> Orientation {
    var directories: [ArraySlice<UInt8>]
    var packets: [ArraySlice<UInt8>]
    switch format {
    case .jpeg: (directories, packets) = jpegSegments(of: file)
    case .png:
      let chunks = PNGChunks(file)
      (directories, packets) = (chunks.directories, chunks.packets)
    }
    return directories.lazy.compactMap { orientation(in: $0) }.first
      ?? packets.lazy.compactMap { orientation(inXMP: $0) }.first ?? .upright
  }

  /// Returns the Exif directories and the XMP packets in the segments before the picture.
  private static func jpegSegments(
    of file: [UInt8]
  ) -> (directories: [ArraySlice<UInt8>], packets: [ArraySlice<UInt8>]) {
    let (applicationData, startOfScan, filling) = (0xE1, 0xDA, 0xFF)
    let xmp = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
    var (directories, packets): ([ArraySlice<UInt8>], [ArraySlice<UInt8>]) = ([], [])
    var offset = 2
    while file.number(at: offset, bytes: 1) == 0xFF,
      let marker = file.number(at: offset + 1, bytes: 1), marker != startOfScan
    {
      if marker == filling {
        offset += 1
        continue
      }
      guard let length = file.number(at: offset + 2, bytes: 2), length >= 2 else { break }
      let content = file[clamping: offset + 4..<offset + 2 + length]
      if marker == applicationData, content.starts(with: prefix) {
        directories.append(content.dropFirst(prefix.count))
      } else if marker == applicationData, content.starts(with: xmp) {
        packets.append(content.dropFirst(xmp.count))
      }
      offset += 2 + length
    }
    return (directories, packets)
  }

  private static func orientation(in directory: ArraySlice<UInt8>) -> Orientation? {
    let bytes = Array(directory)
    let isBigEndian = bytes.starts(with: "MM".utf8)
    guard isBigEndian || bytes.starts(with: "II".utf8) else { return nil }
    func number(at offset: Int, bytes count: Int) -> Int? {
      bytes.number(at: offset, bytes: count, isBigEndian: isBigEndian)
    }
    guard number(at: 2, bytes: 2) == 42, let first = number(at: 4, bytes: 4),
      let entries = number(at: first, bytes: 2)
    else { return nil }
    // The integer types: bytes, shorts and longs, without and with a sign.
    let sizes = [1: 1, 3: 2, 4: 4, 6: 1, 8: 2, 9: 4]
    for entry in 0..<entries {
      // Tag, type, count and value: 2 + 2 + 4 + 4 bytes.
      let offset = first + 2 + 12 * entry
      guard let tag = number(at: offset, bytes: 2) else { return nil }
      if tag == 0x0112, let size = number(at: offset + 2, bytes: 2).flatMap({ sizes[$0] }) {
        return number(at: offset + 8, bytes: size).flatMap(Orientation.init)
      }
    }
    return nil
  }

  /// Finds tiff:Orientation as an attribute or as an element.
  private static func orientation(inXMP packet: ArraySlice<UInt8>) -> Orientation? {
    let text = String(decoding: packet, as: UTF8.self)
    guard let match = text.firstMatch(of: /tiff:Orientation(?:\s*=\s*["']|>)\s*([0-9])/) else {
      return nil
    }
    return Int(match.output.1).flatMap(Orientation.init)
  }
}

extension [UInt8] {
  /// Returns the unsigned number of up to four bytes at `offset`; nil outside of the array.
  func number(at offset: Int, bytes: Int, isBigEndian: Bool = true) -> Int? {
    guard offset >= 0, offset <= count - bytes else { return nil }
    let digits = self[offset..<offset + bytes]
    return isBigEndian
      ? digits.reduce(0) { $0 << 8 | Int($1) } : digits.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The part of `range` inside the array; `range` must begin inside or at the end.
  subscript(clamping range: Range<Int>) -> ArraySlice<UInt8> {
    self[range.clamped(to: 0..<count)]
  }
}
