/// The sets of characters that pictures are made of, each character with two colours.
public enum GlyphSet: String, Hashable, Sendable, CaseIterable {
  /// Two pixels per cell, one above the other; in every font.
  case half
  /// Four pixels per cell, and bars of quarters.
  case quadrants
  /// Six pixels per cell, and the quadrants (Unicode 13, Symbols for Legacy Computing).
  case sextants
  /// Eight pixels per cell, and the sextants (Unicode 16).
  case octants
  /// Eight dots per cell, of one colour.
  case braille
  /// ASCII characters of increasing ink.
  case ascii

  /// The picture's pixels per cell: columns and rows.
  var density: Size {
    switch self {
    case .half, .ascii: Size(width: 1, height: 2)
    case .braille: Size(width: 2, height: 4)
    // A grid that divides a cell's height into halves, thirds and quarters.
    case .quadrants, .sextants, .octants: Size(width: 4, height: 12)
    }
  }
}

/// A character as a mask of the pixels that it covers: 4 columns × 12 rows, row by row, the upper
/// left pixel in the lowest bit.
struct GlyphShape: Equatable {
  static let (columns, rows) = (4, 12)
  static let count = columns * rows
  static let full: UInt64 = (1 << UInt64(count)) - 1

  let scalar: Unicode.Scalar
  let mask: UInt64

  /// Makes a character that covers those cells of a `width` × `height` grid for which `isCovered`
  /// is true.
  init(_ scalar: Unicode.Scalar, width: Int, height: Int, isCovered: (_ x: Int, _ y: Int) -> Bool) {
    self.scalar = scalar
    var mask: UInt64 = 0
    for y in 0..<Self.rows {
      for x in 0..<Self.columns
      where isCovered(x * width / Self.columns, y * height / Self.rows) {
        mask |= 1 << UInt64(y * Self.columns + x)
      }
    }
    self.mask = mask
  }

  /// Makes a character that covers the cells of a two-column grid whose bits are set in `pattern`,
  /// the upper left one in the lowest bit.
  init(_ scalar: Unicode.Scalar, pattern: Int, height: Int) {
    self.init(scalar, width: 2, height: height) { x, y in pattern >> (2 * y + x) & 1 == 1 }
  }
}

extension GlyphSet {
  /// The characters of the set, without those that are the negative of another.
  var shapes: [GlyphShape] {
    switch self {
    case .half, .ascii, .braille: [Self.upperHalf]
    case .quadrants: Self.quadrantShapes
    case .sextants: Self.sextantShapes
    case .octants: Self.octantShapes
    }
  }

  private static let upperHalf = GlyphShape("▀", pattern: 0b0011, height: 2)

  private static let quadrantShapes: [GlyphShape] =
    [upperHalf]
    + [(0b0001, "▘"), (0b0010, "▝"), (0b0100, "▖"), (0b1000, "▗"), (0b0101, "▌"), (0b1001, "▚")]
    .map { GlyphShape($0.1, pattern: $0.0, height: 2) }
    + [("▎", 1), ("▊", 3)].map { scalar, quarters in
      GlyphShape(scalar, width: 4, height: 1) { x, _ in x < quarters }
    }
    + [("▂", 1), ("▆", 3)].map { scalar, quarters in
      GlyphShape(scalar, width: 1, height: 4) { _, y in y >= 4 - quarters }
    }

  private static let sextantShapes =
    quadrantShapes
    + patterns(from: 0x1FB00, count: 64, height: 3, without: [0b01_0101, 0b10_1010])

  private static let octantShapes =
    sextantShapes
    + patterns(
      from: 0x1CD00, count: 256, height: 4,
      // The patterns that other blocks of Unicode hold: halves, quadrants, quarters, and the
      // quarters' halves.
      without: [
        0x0F, 0xF0, 0x55, 0xAA, 0x05, 0x0A, 0x50, 0xA0, 0xA5, 0x5A, 0x5F, 0xAF, 0xF5, 0xFA, 0x03,
        0x3F, 0xC0, 0xFC, 0x01, 0x02, 0x40, 0x80, 0x14, 0x28,
      ])

  /// Returns the characters that Unicode lists in the order of their patterns, from `first` on,
  /// without the empty pattern, the full one and those in `known`.
  ///
  /// Of two that are each other's negative, returns the first.
  private static func patterns(
    from first: UInt32, count: Int, height: Int, without known: Set<Int>
  ) -> [GlyphShape] {
    let coded = (1..<count - 1).filter { !known.contains($0) }
    return coded.enumerated().compactMap { offset, pattern in
      guard pattern < count / 2 || known.contains(count - 1 - pattern),
        let scalar = Unicode.Scalar(first + UInt32(offset))
      else { return nil }
      return GlyphShape(scalar, pattern: pattern, height: height)
    }
  }

  /// The mask of every character of every set.
  static let shapeOf: [Unicode.Scalar: UInt64] = Dictionary(
    (octantShapes.map { ($0.scalar, $0.mask) } + [("▄", GlyphShape.full & ~upperHalf.mask)]),
    uniquingKeysWith: { first, _ in first })
}
