import CImageCodecs

/// The Exif and XMP metadata of a PNG, from the chunks that cameras, ImageMagick and ExifTool use.
struct PNGChunks {
  /// TIFF directories: from eXIf chunks, and from texts, which older programs write.
  private(set) var directories: [ArraySlice<UInt8>] = []
  /// XMP packets.
  private(set) var packets: [ArraySlice<UInt8>] = []

  /// The largest size of inflated metadata that is read, in bytes.
  private static let mostBytes = 1 << 20

  /// Reads the chunks of `file`.
  init(_ file: [UInt8]) {
    var offset = 8
    while let length = file.number(at: offset, bytes: 4),
      let type = file.number(at: offset + 4, bytes: 4), type != Self.name("IEND")
    {
      let content = file[clamping: offset + 8..<offset + 8 + length]
      switch type {
      case Self.name("eXIf"): directories.append(content)
      case Self.name("tEXt"), Self.name("zTXt"), Self.name("iTXt"):
        take(
          text: content, isCompressed: type == Self.name("zTXt"), isLong: type == Self.name("iTXt"))
      default: break
      }
      // Length, type and checksum take four bytes each.
      offset += 12 + length
    }
  }

  /// Reads a text chunk: a keyword, a zero, the kind of compression, and the text.
  private mutating func take(text content: ArraySlice<UInt8>, isCompressed: Bool, isLong: Bool) {
    let keyword = String(decoding: content.prefix { $0 != 0 }, as: UTF8.self)
    guard keyword == "XML:com.adobe.xmp" || keyword.hasPrefix("Raw profile type") else { return }
    var rest = content.dropFirst(keyword.utf8.count + 1)
    var isDeflated = isCompressed
    if isLong {
      // Skips a flag, the method, a language and a translation; the last two end in a zero.
      isDeflated = rest.first == 1
      rest = rest.dropFirst(2)
      for _ in 0..<2 { rest = rest.drop { $0 != 0 }.dropFirst() }
    } else if isCompressed {
      rest = rest.dropFirst()
    }
    let text = isDeflated ? Self.inflated(rest)[...] : rest
    if keyword == "XML:com.adobe.xmp" { return packets.append(text) }
    let profile = Self.bytes(ofRawProfile: text)
    if keyword.hasSuffix("xmp") {
      packets.append(profile)
    } else {
      directories.append(profile.starts(with: Exif.prefix) ? profile.dropFirst(6) : profile)
    }
  }

  /// Decodes ImageMagick's profiles in texts: an empty line, a name, a length, and hexadecimal
  /// digits.
  private static func bytes(ofRawProfile text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let newline = UInt8(ascii: "\n")
    let lines = text.split(separator: newline, maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count == 4 else { return [] }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in lines[3] {
      guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { continue }
      if let first = high {
        bytes.append(first << 4 | UInt8(value))
        high = nil
      } else {
        high = UInt8(value)
      }
    }
    return bytes[...]
  }

  private static func inflated(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { source in
      [UInt8](unsafeUninitializedCapacity: mostBytes) { target, count in
        count = codec_inflate(source.baseAddress, source.count, target.baseAddress, mostBytes)
      }
    }
  }

  /// Returns the four letters of a chunk's type as a number.
  private static func name(_ letters: String) -> Int {
    letters.utf8.reduce(0) { $0 << 8 | Int($1) }
  }
}
