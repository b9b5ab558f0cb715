/// kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol).
///
/// A picture is sent with an identifier. Cells with a placeholder character, coloured with the
/// identifier, show the picture; whatever is written over them hides it.
public enum KittyGraphics {
  /// The first identifier, chosen so that other programs in the same terminal hardly use the same.
  private static let base = 0x6D6E00

  static func identifier(ofPicture number: Int) -> Int { base + number + 1 }

  /// Returns the placeholder's colour, which holds the picture's identifier.
  static func color(ofPicture number: Int) -> Color {
    let identifier = identifier(ofPicture: number)
    return Color(
      UInt8(identifier >> 16 & 0xFF), UInt8(identifier >> 8 & 0xFF), UInt8(identifier & 0xFF))
  }

  /// Returns the combining marks for the row and column of the picture that a placeholder shows,
  /// packed as in `Glyph`.
  static func marks(row: Int, column: Int) -> UInt64 {
    let diacritics = diacritics
    guard row < diacritics.count, column < diacritics.count else { return 0 }
    return UInt64(diacritics[row]) | UInt64(diacritics[column]) << 21
  }

  /// Returns the commands that send `placed` in pieces and fit the picture to the cells of its
  /// area.
  public static func transmit(_ placed: PlacedPicture, on ground: Color) -> [[UInt8]] {
    let encoded = Base64.encode(placed.bytes(on: ground))
    let keys =
      "a=T,U=1,q=2,f=24,i=\(identifier(ofPicture: placed.number)),s=\(placed.picture.width),"
      + "v=\(placed.picture.height),c=\(placed.area.width),r=\(placed.area.height)"
    let length = 4096
    return stride(from: 0, to: encoded.count, by: length).map { start in
      let end = min(start + length, encoded.count)
      let more = end < encoded.count ? 1 : 0
      let head = start == 0 ? "\(keys),m=\(more)" : "m=\(more)"
      return Array("\u{1B}_G\(head);".utf8) + encoded[start..<end] + Array("\u{1B}\\".utf8)
    }
  }

  /// Returns the commands that delete the first `count` pictures of the screen.
  public static func delete(count: Int) -> [[UInt8]] {
    (0..<count).map {
      Array("\u{1B}_Ga=d,d=I,q=2,i=\(identifier(ofPicture: $0))\u{1B}\\".utf8)
    }
  }

  /// The protocol's combining characters, in its order: all stand above and never fuse with
  /// another.
  private static let diacritics: [UInt32] =
    ([
      0x305...0x305, 0x30D...0x30E, 0x310...0x310, 0x312...0x312, 0x33D...0x33F, 0x346...0x346,
      0x34A...0x34C, 0x350...0x352, 0x357...0x357, 0x35B...0x35B, 0x363...0x36F, 0x483...0x487,
      0x592...0x595, 0x597...0x599, 0x59C...0x5A1, 0x5A8...0x5A9, 0x5AB...0x5AC, 0x5AF...0x5AF,
      0x5C4...0x5C4, 0x610...0x617, 0x657...0x65B, 0x65D...0x65E, 0x6D6...0x6DC, 0x6DF...0x6E2,
      0x6E4...0x6E4, 0x6E7...0x6E8, 0x6EB...0x6EC, 0x730...0x730, 0x732...0x733, 0x735...0x736,
      0x73A...0x73A, 0x73D...0x73D, 0x73F...0x741, 0x743...0x743, 0x745...0x745, 0x747...0x747,
      0x749...0x74A, 0x7EB...0x7F1, 0x7F3...0x7F3, 0x816...0x819, 0x81B...0x823, 0x825...0x827,
      0x829...0x82D, 0x951...0x951, 0x953...0x954, 0xF82...0xF83, 0xF86...0xF87,
      0x135D...0x135F, 0x17DD...0x17DD, 0x193A...0x193A, 0x1A17...0x1A17, 0x1A75...0x1A7C,
      0x1B6B...0x1B6B, 0x1B6D...0x1B73, 0x1CD0...0x1CD2, 0x1CDA...0x1CDB, 0x1CE0...0x1CE0,
      0x1DC0...0x1DC1, 0x1DC3...0x1DC9, 0x1DCB...0x1DCC, 0x1DD1...0x1DE6, 0x1DFE...0x1DFE,
      0x20D0...0x20D1, 0x20D4...0x20D7, 0x20DB...0x20DC, 0x20E1...0x20E1, 0x20E7...0x20E7,
      0x20E9...0x20E9, 0x20F0...0x20F0, 0x2CEF...0x2CF1, 0x2DE0...0x2DFF,
    ] as [ClosedRange<UInt32>]).flatMap(Array.init)
}

/// Base64 (RFC 4648).
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    // The static array is reached through a check whether it is made yet: once, not for each byte.
    let digits = digits
    return [UInt8](unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text, count in
      for start in stride(from: 0, to: bytes.count, by: 3) {
        func byte(_ offset: Int) -> Int {
          start + offset < bytes.count ? Int(bytes[start + offset]) : 0
        }
        let group = byte(0) << 16 | byte(1) << 8 | byte(2)
        for digit in 0..<4 { text[count + digit] = digits[group >> (18 - 6 * digit) & 63] }
        count += 4
      }
      // What stands for no byte.
      for place in count - (3 - bytes.count % 3) % 3..<count { text[place] = UInt8(ascii: "=") }
    }
  }
}
