/// What a terminal can show.
public struct Capabilities: Hashable, Sendable {
  /// The number of colours.
  public enum ColorDepth: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// Only the terminal's own two.
    case none = 0
    /// The sixteen of ANSI.
    case ansi16 = 16
    /// xterm's: 16, a 6×6×6 cube and 24 greys.
    case palette256 = 256
    /// Red, green and blue, 8 bits each.
    case trueColor = 0x100_0000

    /// Fewer colours come first.
    public static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
  }

  /// The number of colours.
  public var colors: ColorDepth
  /// Whether it shows Unicode; ASCII otherwise.
  public var unicode: Bool
  /// The signs that pictures are made of.
  public var glyphs: GlyphSet
  /// How pictures are sent as pixels; nil where they are made of signs.
  public var pixels: PixelProtocol?
  /// The columns and rows of pixels of one cell, as far as the terminal told.
  public var cell = Size(width: 8, height: 16)
  /// The colours that text is read best in.
  public var scheme = Scheme.dark

  /// States what a terminal can show.
  public init(colors: ColorDepth, unicode: Bool, glyphs: GlyphSet = .half) {
    self.colors = colors
    self.unicode = unicode
    self.glyphs = glyphs
  }

  /// How many colours pictures have: as pixels, all.
  public var pictureColors: ColorDepth { pixels == nil ? colors : .trueColor }

  /// Whether pictures are characters of more and more ink.
  public var drawsInk: Bool {
    pixels == nil && glyphs != .braille && (colors < .palette256 || !unicode || glyphs == .ascii)
  }

  /// The pixels of a picture in a cell, side by side and one above the other.
  public var density: Size {
    if pixels != nil { return Size(width: 4, height: 8) }
    if drawsInk { return GlyphSet.half.density }
    return glyphs.density
  }
}

/// How a terminal is sent pixels.
public enum PixelProtocol: String, Hashable, Sendable, CaseIterable {
  /// kitty's graphics protocol, with Unicode placeholders.
  case kitty
  /// DEC's sixels (VT340).
  case sixel
  /// iTerm2's inline images.
  case iterm2
}
