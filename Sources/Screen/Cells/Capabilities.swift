/// The capabilities of a terminal: colours, characters and graphics.
public struct Capabilities: Hashable, Sendable {
  /// The number of colours.
  public enum ColorDepth: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// The terminal's default foreground and background only.
    case none = 0
    /// The sixteen ANSI colours.
    case ansi16 = 16
    /// The 256 colours of xterm: 16, a 6×6×6 cube and 24 greys.
    case palette256 = 256
    /// Red, green and blue, 8 bits each.
    case trueColor = 0x100_0000

    /// Fewer colours come first.
    public static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
  }

  /// The number of colours.
  public var colors: ColorDepth
  /// Whether the terminal shows Unicode; otherwise only ASCII.
  public var unicode: Bool
  /// The characters that pictures are made of.
  public var glyphs: GlyphSet
  /// The protocol by which pictures are sent as pixels; nil to draw them with characters.
  public var pixels: PixelProtocol?
  /// The size of a cell in pixels; 8 × 16 unless the terminal reported another.
  public var cell = Size(width: 8, height: 16)
  /// The colours of text on the terminal's background.
  public var scheme = Scheme.dark

  /// Describes a terminal without pixel graphics.
  public init(colors: ColorDepth, unicode: Bool, glyphs: GlyphSet = .half) {
    self.colors = colors
    self.unicode = unicode
    self.glyphs = glyphs
  }

  /// The number of colours in pictures: all if they are sent as pixels.
  public var pictureColors: ColorDepth { pixels == nil ? colors : .trueColor }

  /// Whether pictures are drawn with ASCII characters of increasing ink.
  public var drawsInk: Bool {
    // Braille shows lightness by its dots, in any number of colours.
    pixels == nil
      && (!unicode || glyphs == .ascii || glyphs != .braille && colors < .palette256)
  }

  /// The picture's pixels per cell: columns and rows.
  public var density: Size {
    if pixels != nil { return Size(width: 4, height: 8) }
    if drawsInk { return GlyphSet.half.density }
    return glyphs.density
  }
}

/// The protocols by which pixels are sent to a terminal.
public enum PixelProtocol: String, Hashable, Sendable, CaseIterable {
  /// kitty's graphics protocol, with Unicode placeholders.
  case kitty
  /// DEC's sixels (VT340).
  case sixel
  /// iTerm2's inline images.
  case iterm2
}
