/// A colour: red, green and blue, 0…255 each.
public struct Color: Hashable, Sendable {
  /// The red component.
  public let red: UInt8
  /// The green component.
  public let green: UInt8
  /// The blue component.
  public let blue: UInt8

  /// Makes a colour of its components.
  @inlinable
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Returns the colour between this one (`part` 0) and `other` (`part` 1).
  @inlinable
  public func mixed(with other: Color, _ part: Double) -> Color {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8(Double(from) + (Double(to) - Double(from)) * part + 0.5)
    }
    return Color(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }
}

/// The colours and attributes of a cell's character.
public struct Style: Hashable, Sendable {
  /// The colour of the character; nil for the terminal's own.
  public var foreground: Color?
  /// The role of the text, which decides its colour on the terminal; used in place of `foreground`.
  public var tone: Tone?
  /// The background colour; nil for the terminal's own.
  public var background: Color?
  /// Whether the character is bold.
  public var bold: Bool
  /// Whether the character is faint.
  public var dim: Bool
  /// Whether foreground and background are exchanged.
  public var reverse: Bool
  /// Whether the character is underlined.
  public var underline: Bool

  /// Makes a style; colours that are not given are the terminal's own.
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
