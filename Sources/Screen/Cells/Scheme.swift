import Foundation

/// The roles of text, which decide its colour.
public enum Tone: Int, Hashable, Sendable, CaseIterable {
  /// Less important text.
  case quiet
  /// The name of a key.
  case key
  /// A bar.
  case bar
  /// The largest value, the chosen item, a success.
  case best
  /// An opposing value, or the second of two.
  case against
  /// A question to think about, readable from a distance.
  case question
  /// An error.
  case error
  /// A value above zero, or evidence for something.
  case positive
  /// A value below zero, or evidence against something.
  case negative
  /// One of several that are told apart.
  case other
}

/// The colours of text on a terminal's background.
///
/// All have a contrast of at least 4.5:1 to the background; questions, and text that is read from far
/// away, have at least 7:1 (W3C, WCAG 2.2, 1.4.3 and 1.4.6).
public struct Scheme: Hashable, Sendable {
  /// The background colour.
  public let background: Color
  /// The colour of text without a tone; nil to leave it to the terminal.
  public let ink: Color?
  /// The least contrast of all text, whatever its tone.
  private let least: Double
  private let colors: [Color]

  /// White and strong colours on black, which is painted whatever the terminal's background is.
  public static let contrast = Scheme(background: Color(0, 0, 0), ink: Color(255, 255, 255))
  /// The colours for a dark background.
  public static let dark = Scheme(background: Color(0, 0, 0))
  /// The colours for a light background.
  public static let light = Scheme(background: Color(255, 255, 255))

  /// Makes the colours for a terminal with this background.
  public init(background: Color) { self.init(background: background, ink: nil) }

  private init(background: Color, ink: Color?, isFar: Bool = false) {
    self.background = background
    self.ink = ink
    // Who asks for contrast wants more than is needed.
    let least = ink != nil ? 10 : isFar ? 7 : 4.5
    self.least = least
    colors = Tone.allCases.map {
      $0.hue.readable(on: background, atLeast: Self.ratio(of: $0, atLeast: least))
    }
  }

  /// Returns the least contrast of text of `tone`, where all text has `least`.
  private static func ratio(of tone: Tone, atLeast least: Double) -> Double {
    tone == .question ? max(least, 7) : least
  }

  /// The scheme for people at the other end of a room.
  public var fromFar: Scheme { Scheme(background: background, ink: ink, isFar: true) }

  /// Whether the background is light.
  public var isLight: Bool { background.luminance > 0.18 }

  /// Returns the colour of text of `tone` on a terminal of `depth`; nil for the terminal's own
  /// colour.
  public func color(of tone: Tone, _ depth: Capabilities.ColorDepth) -> Color? {
    let color = colors[tone.rawValue]
    let ratio = Self.ratio(of: tone, atLeast: least)
    func nearest(of palette: some Sequence<Color>) -> Color? {
      color.nearest(of: palette.filter { $0.contrast(to: background) >= ratio })
    }
    switch depth {
    case .none: return nil
    // With sixteen colours, quiet text is left in the terminal's own colour: how a dim one looks is
    // unknown.
    case .ansi16: return tone == .quiet ? nil : nearest(of: Color.ansi.filter(\.hasHue))
    case .palette256:
      return Self.nearest256(
        color, on: background, atLeast: ratio, keepsHue: tone != .quiet)
    case .trueColor: return color
    }
  }

  /// Returns the nearest of 256 colours that can be read; grey is for what is quiet.
  private static func nearest256(
    _ color: Color, on background: Color, atLeast ratio: Double, keepsHue: Bool
  ) -> Color? {
    let readable = (16..<256).map(Color.palette256).filter { $0.contrast(to: background) >= ratio }
    guard keepsHue else { return color.nearest(of: readable) }
    let strong = readable.filter { 4 * $0.spread >= 3 * color.spread }
    let candidates = strong.isEmpty ? readable.filter { 2 * $0.spread >= color.spread } : strong
    return candidates.min { color.difference(to: $0) < color.difference(to: $1) }
  }
}

extension Color {
  /// How far the components are apart: 0 for a grey.
  fileprivate var spread: Int { Int(max(red, green, blue)) - Int(min(red, green, blue)) }

  /// Its hue alone: what it has more of than grey, as strong as it comes.
  private var pure: Color {
    let least = Int(min(red, green, blue))
    func part(_ part: UInt8) -> UInt8 { UInt8((Int(part) - least) * 255 / max(1, spread)) }
    return Color(part(red), part(green), part(blue))
  }

  /// Returns the perceived difference of two colours, and a third of that of their hues: blue turns to
  /// violet, and red to brown, before anybody minds that they are darker.
  fileprivate func difference(to other: Color) -> Int {
    3 * distance(to: other) + pure.distance(to: other.pure)
  }

  /// Whether it is no grey, or as dark or light as they come: grey is for what is quiet.
  fileprivate var hasHue: Bool {
    let (least, most) = (min(red, green, blue), max(red, green, blue))
    return least < most || most == 0 || least == 255
  }
}

extension Tone {
  /// The tone's colour before its contrast is adjusted.
  fileprivate var hue: Color {
    switch self {
    case .quiet: Color(0x9A, 0x9A, 0xA2)
    case .key, .bar: Color(0x5F, 0xAF, 0xD7)
    case .best: Color(0x3F, 0xC0, 0x3F)
    case .against: Color(0xD7, 0x87, 0x5F)
    case .question: Color(0xE5, 0xC0, 0x5F)
    case .error: Color(0xFF, 0x5F, 0x5F)
    case .positive: Color(0xF4, 0x4B, 0x3A)
    case .negative: Color(0x3D, 0x7D, 0xF5)
    case .other: Color(0xD0, 0x6C, 0xE8)
    }
  }
}

extension Color {
  /// The relative luminance, 0…1 (WCAG 2.2).
  public var luminance: Double {
    func linear(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The perceived lightness, 0…100 (L* of CIE 1976, relative to the white of a screen).
  public var perceivedLightness: Double {
    let luminance = luminance
    return luminance > 216.0 / 24389
      ? 116 * cbrt(luminance) - 16 : luminance * 24389 / 27
  }

  /// Returns the contrast ratio to `other`, 1…21 (WCAG 2.2).
  public func contrast(to other: Color) -> Double {
    let (first, second) = (luminance, other.luminance)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// Returns this colour mixed with just enough black or white for a contrast of `ratio` to
  /// `background`.
  public func readable(on background: Color, atLeast ratio: Double) -> Color {
    let goal =
      background.luminance > 0.18 ? Color(0, 0, 0) : Color(255, 255, 255)
    let steps = (0...64).lazy.map { mixed(with: goal, Double($0) / 64) }
    return steps.first { $0.contrast(to: background) >= ratio } ?? goal
  }
}
