/// The one thing that is wanted of a picture's Exif data: which way is up.
///
/// Exif is a TIFF directory (CIPA DC-008) in an APP1 segment of a JPEG or in an eXIf chunk of a PNG.
/// Whatever in it is damaged counts as not said.
enum Exif {
  /// The orientation that the file says; upright, if it says none.
  static func orientation(of file: [UInt8], format: ImageFormat) -> Orientation {
    let directory =
      switch format {
      case .jpeg: jpegSegment(of: file)
      case .png: pngChunk(of: file)
      }
    return directory.flatMap { orientation(in: $0) } ?? .upright
  }

  private static func jpegSegment(of file: [UInt8]) -> ArraySlice<UInt8>? {
    let (applicationData, startOfScan, filling) = (0xE1, 0xDA, 0xFF)
    let prefix = Array("Exif\0\0".utf8)
    var place = 2
    while file.number(at: place, bytes: 1) == 0xFF,
      let marker = file.number(at: place + 1, bytes: 1), marker != startOfScan
    {
      if marker == filling {
        place += 1
        continue
      }
      guard let length = file.number(at: place + 2, bytes: 2), length >= 2 else { return nil }
      let content = file[clamping: place + 4..<place + 2 + length]
      if marker == applicationData, content.starts(with: prefix) {
        return content.dropFirst(prefix.count)
      }
      place += 2 + length
    }
    return nil
  }

  private static func pngChunk(of file: [UInt8]) -> ArraySlice<UInt8>? {
    let (exif, end) = (0x6558_4966, 0x4945_4E44)
    var place = 8
    while let length = file.number(at: place, bytes: 4),
      let type = file.number(at: place + 4, bytes: 4), type != end
    {
      if type == exif { return file[clamping: place + 8..<place + 8 + length] }
      // Length, type and checksum take four bytes each.
      place += 12 + length
    }
    return nil
  }

  private static func orientation(in directory: ArraySlice<UInt8>) -> Orientation? {
    let bytes = Array(directory)
    let isBigEndian = bytes.starts(with: "MM".utf8)
    guard isBigEndian || bytes.starts(with: "II".utf8) else { return nil }
    func number(at place: Int, bytes count: Int) -> Int? {
      bytes.number(at: place, bytes: count, isBigEndian: isBigEndian)
    }
    guard number(at: 2, bytes: 2) == 42, let first = number(at: 4, bytes: 4),
      let entries = number(at: first, bytes: 2)
    else { return nil }
    for entry in 0..<entries {
      // Tag, type, count and value: 2 + 2 + 4 + 4 bytes; type 3 is a 16-bit number.
      let place = first + 2 + 12 * entry
      guard let tag = number(at: place, bytes: 2) else { return nil }
      if tag == 0x0112, number(at: place + 2, bytes: 2) == 3 {
        return number(at: place + 8, bytes: 2).flatMap(Orientation.init)
      }
    }
    return nil
  }
}

extension [UInt8] {
  /// The unsigned number of up to four bytes at `place`; nil if it does not lie inside.
  fileprivate func number(at place: Int, bytes: Int, isBigEndian: Bool = true) -> Int? {
    guard place >= 0, place <= count - bytes else { return nil }
    let digits = self[place..<place + bytes]
    return isBigEndian
      ? digits.reduce(0) { $0 << 8 | Int($1) } : digits.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// As much of `range`, which begins inside or at the end, as there is.
  fileprivate subscript(clamping range: Range<Int>) -> ArraySlice<UInt8> {
    self[range.clamped(to: 0..<count)]
  }
}
