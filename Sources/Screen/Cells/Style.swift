/// A colour: red, green and blue, 0…255 each.
public struct Color: Hashable, Sendable {
  /// How much red.
  public let red: UInt8
  /// How much green.
  public let green: UInt8
  /// How much blue.
  public let blue: UInt8

  /// Mixes a colour.
  @inlinable
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour that is this one at `part` 0, `other` at 1, and between them in between.
  @inlinable
  public func mixed(with other: Color, _ part: Double) -> Color {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8(Double(from) + (Double(to) - Double(from)) * part + 0.5)
    }
    return Color(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }
}

/// How a cell's character looks.
public struct Style: Hashable, Sendable {
  /// The colour of the character; nil for the terminal's own.
  public var foreground: Color?
  /// What the character is for, where the terminal's colours say how that looks.
  public var tone: Tone?
  /// The colour behind it; nil for the terminal's own.
  public var background: Color?
  /// Whether it is heavier.
  public var bold: Bool
  /// Whether it is fainter.
  public var dim: Bool
  /// Whether foreground and background change places.
  public var reverse: Bool
  /// Whether it is underlined.
  public var underline: Bool

  /// The terminal's own colours, unless others are given.
  public init(
    foreground: Color? = nil, tone: Tone? = nil, background: Color? = nil, bold: Bool = false,
    dim: Bool = false, reverse: Bool = false, underline: Bool = false
  ) {
    self.foreground = foreground
    self.tone = tone
    self.background = background
    self.bold = bold
    self.dim = dim
    self.reverse = reverse
    self.underline = underline
  }
}
