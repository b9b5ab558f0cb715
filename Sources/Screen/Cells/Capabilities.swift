/// What a terminal can show.
public struct Capabilities: Hashable, Sendable {
  /// How many colours there are.
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

  /// How many colours there are.
  public var colors: ColorDepth
  /// Whether it shows Unicode; ASCII otherwise.
  public var unicode: Bool

  /// States what a terminal can show.
  public init(colors: ColorDepth, unicode: Bool) {
    self.colors = colors
    self.unicode = unicode
  }
}
