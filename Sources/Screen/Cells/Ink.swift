/// The colours, by number, and the attributes that a terminal writes with.
struct Pen: Equatable {
  struct Attributes: OptionSet {
    let rawValue: UInt8
    static let bold = Attributes(rawValue: 1)
    static let dim = Attributes(rawValue: 2)
    static let underline = Attributes(rawValue: 4)
    static let reverse = Attributes(rawValue: 8)
  }

  /// The terminal's default colour.
  static let ownColor: Int32 = -1

  var attributes: Attributes = []
  /// A colour's number on the terminal, or red, green and blue in a byte each; `ownColor` for the
  /// default.
  var foreground = ownColor
  var background = ownColor
}

/// A cell as a terminal shows it: cells that look the same are equal.
struct Ink: Equatable {
  var glyph = Glyph.space
  var pen = Pen()

  /// A cell whose content on the terminal is unknown.
  static let unknown = Ink(glyph: .half, pen: Pen(background: -2))

  /// Whether only the background is visible.
  var isBlank: Bool {
    glyph == .space && pen.attributes.isDisjoint(with: [.underline, .reverse])
  }

  /// The colours of a cell that shows two pixels; nil for other cells.
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
  /// Converts `cell` for a terminal of `depth`, which has `count` numbered colours.
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
