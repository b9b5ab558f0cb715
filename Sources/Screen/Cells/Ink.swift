/// What a terminal writes with: colours by number and what else tells styles apart.
struct Pen: Equatable {
  struct Attributes: OptionSet {
    let rawValue: UInt8
    static let bold = Attributes(rawValue: 1)
    static let dim = Attributes(rawValue: 2)
    static let underline = Attributes(rawValue: 4)
    static let reverse = Attributes(rawValue: 8)
  }

  /// The terminal's own colour.
  static let ownColor: Int32 = -1

  var attributes: Attributes = []
  /// A number of the terminal's, or red, green and blue in a byte each.
  var foreground = ownColor
  var background = ownColor
}

/// A cell as a terminal gets it: two that are equal look the same there.
struct Ink: Equatable {
  var glyph = Glyph.space
  var pen = Pen()

  /// What a terminal shows where nobody knows.
  static let unknown = Ink(glyph: .half, pen: Pen(background: -2))

  /// Whether only what is behind the character can be seen of it.
  var isBlank: Bool {
    glyph == .space && pen.attributes.isDisjoint(with: [.underline, .reverse])
  }

  /// The colours of a cell that has two pixels.
  var pixels: (upper: Int32, lower: Int32)? {
    guard pen.foreground >= 0, pen.background >= 0, pen.attributes.isSubset(of: .bold) else {
      return nil
    }
    return switch glyph {
    case .upper: (pen.foreground, pen.background)
    case .lower: (pen.background, pen.foreground)
    default: nil
    }
  }
}

extension Ink {
  /// `cell` on a terminal of `depth` with `count` colours that have numbers.
  init(_ cell: Cell, _ depth: Capabilities.ColorDepth, count: Int) {
    glyph = cell.glyph
    let style = cell.style
    if style.bold { pen.attributes.insert(.bold) }
    if style.dim { pen.attributes.insert(.dim) }
    if style.underline { pen.attributes.insert(.underline) }
    if style.reverse { pen.attributes.insert(.reverse) }
    if let color = style.foreground { pen.foreground = color.number(depth, count: count) }
    if let color = style.background { pen.background = color.number(depth, count: count) }
  }
}

extension Color {
  fileprivate func number(_ depth: Capabilities.ColorDepth, count: Int) -> Int32 {
    switch depth {
    case .none: Pen.ownColor
    case .ansi16: Int32(ansi(count: count < 16 ? 8 : 16))
    case .palette256: Int32(palette256)
    case .trueColor: Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    }
  }
}
