/// A character as a terminal shows it.
struct Glyph {
  /// What to send; a space for control characters.
  let text: String
  /// The columns it takes: 0, 1 or 2.
  let width: Int

  /// Measures `character` as Unicode's East Asian Width (annex 11) and emoji properties say.
  init(_ character: Character) {
    guard let first = character.unicodeScalars.first else {
      (text, width) = ("", 0)
      return
    }
    if first.isASCII {
      let isPrintable = (0x20..<0x7F).contains(first.value)
      (text, width) = (isPrintable ? String(character) : " ", 1)
      return
    }
    switch first.properties.generalCategory {
    case .control, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
      (text, width) = (" ", 1)
    case .format, .nonspacingMark, .enclosingMark:
      (text, width) = ("", 0)
    default:
      let isWide =
        Self.wide.contains { $0.contains(first.value) }
        || first.properties.isEmojiPresentation
        || character.unicodeScalars.contains { $0.value == 0xFE0F }
      (text, width) = (String(character), isWide ? 2 : 1)
    }
  }

  /// The blocks of wide characters.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18DFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
  ]
}
