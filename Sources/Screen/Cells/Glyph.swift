import Files

/// A character as a terminal shows it, packed into a few numbers.
struct Glyph: Hashable, Sendable {
  /// The base character, without combining marks; a space for control characters.
  let scalar: Unicode.Scalar
  /// The character's columns: 0, 1 or 2.
  let width: UInt8
  /// Up to three combining marks of 21 bits each, the first in the lowest bits; further marks are
  /// left out.
  private let marks: UInt64

  /// Makes a character of one column without combining marks.
  init(narrow scalar: Unicode.Scalar) {
    (self.scalar, width, marks) = (scalar, 1, 0)
  }

  /// Makes a character of one column with `marks`, 21 bits each, the first in the lowest bits.
  init(_ scalar: Unicode.Scalar, marks: UInt64) {
    self.init(scalar, width: 1, marks: marks)
  }

  private init(_ scalar: Unicode.Scalar, width: UInt8, marks: UInt64 = 0) {
    (self.scalar, self.width, self.marks) = (scalar, width, marks)
  }

  /// Nothing to be seen.
  static let space = Glyph(narrow: " ")
  /// Half blocks: a pixel of a picture with another pixel below or above in the background colour.
  static let (upper, lower) = (Glyph(narrow: "▀"), Glyph(narrow: "▄"))
  /// The second half of a wide character.
  static let half = Glyph("\0", width: 0)

  /// Measures `character` by its East Asian Width (Unicode annex 11) and emoji properties.
  init(_ character: Character) {
    let scalars = character.unicodeScalars
    let first = scalars[scalars.startIndex]
    if first.isASCII, scalars.index(after: scalars.startIndex) == scalars.endIndex {
      self.init(narrow: 0x20..<0x7F ~= first.value ? first : " ")
      return
    }
    switch first.properties.generalCategory {
    case .control, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
      self.init(narrow: " ")
    case .format, .nonspacingMark, .enclosingMark:
      self = .half
    case .privateUse where FileName.escapes ~= first.value:
      self.init(narrow: "\u{FFFD}")
    default:
      let isWide =
        !first.isASCII
        && (Self.wide.contains { $0.contains(first.value) }
          || first.properties.isEmojiPresentation || scalars.contains { $0.value == 0xFE0F })
      var marks: UInt64 = 0
      // Of a sequence of several characters, as in emoji, only the first is kept.
      for scalar in scalars.dropFirst().prefix(while: \.isMark).prefix(3).reversed() {
        marks = marks << 21 | UInt64(scalar.value)
      }
      self.init(first, width: isWide ? 2 : 1, marks: marks)
    }
  }

  /// Whether every terminal shows the character in one column.
  var isPlain: Bool { width == 1 && marks == 0 || scalar == PlacedPicture.placeholder }

  /// The character with its combining marks; empty for the second half of a wide character.
  var text: String {
    guard width > 0 else { return "" }
    var text = String(scalar)
    var marks = marks
    while let mark = Unicode.Scalar(UInt32(marks & 0x1F_FFFF)), mark != "\0" {
      text.unicodeScalars.append(mark)
      marks >>= 21
    }
    return text
  }

  /// The Unicode blocks of wide characters.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18DFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
  ]
}

extension Unicode.Scalar {
  /// Whether the character combines with the one before and takes no column.
  fileprivate var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }
}
