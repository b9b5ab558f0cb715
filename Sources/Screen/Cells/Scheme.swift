import Foundation

/// What a piece of text is for.
public enum Tone: Int, Hashable, Sendable, CaseIterable {
  /// Less than the rest.
  case quiet
  /// A key that does something.
  case key
  /// The length of something.
  case bar
  /// The largest, the chosen, what went well.
  case best
  /// What stands against something, or is the other one of two.
  case against
  /// A question to think about; people read it from far away.
  case question
  /// What went wrong.
  case error
  /// What is above zero, or speaks for something.
  case positive
  /// What is below zero, or speaks against it.
  case negative
}

/// The colours of text that can be read on a terminal's ground.
///
/// All have a contrast of 4.5:1 or more to the ground, questions and what is read from far away one of
/// 7:1 (W3C, WCAG 2.2, 1.4.3 and 1.4.6).
public struct Scheme: Hashable, Sendable {
  /// What is behind the text.
  public let background: Color
  /// The colour of text without a tone, where it is not left to the terminal.
  public let ink: Color?
  /// Whether all of it is read from far away.
  private let isFar: Bool
  private let colors: [Color]

  /// White and strong colours on black, which is drawn whatever the terminal's ground is.
  public static let contrast = Scheme(background: Color(0, 0, 0), ink: Color(255, 255, 255))
  /// For a dark ground.
  public static let dark = Scheme(background: Color(0, 0, 0))
  /// For a light ground.
  public static let light = Scheme(background: Color(255, 255, 255))

  /// The colours for a terminal whose ground is `background`.
  public init(background: Color) { self.init(background: background, ink: nil) }

  private init(background: Color, ink: Color?, isFar: Bool = false) {
    self.background = background
    self.ink = ink
    let isStrict = isFar || ink != nil
    self.isFar = isStrict
    colors = Tone.allCases.map {
      $0.hue.readable(on: background, atLeast: Self.ratio(of: $0, isFar: isStrict))
    }
  }

  /// The contrast that text of `tone` has at least.
  private static func ratio(of tone: Tone, isFar: Bool) -> Double {
    isFar || tone == .question ? 7 : 4.5
  }

  /// The same for people at the other end of a room.
  public var fromFar: Scheme { Scheme(background: background, ink: ink, isFar: true) }

  /// Whether the ground is light.
  public var isLight: Bool { background.luminance > 0.18 }

  /// The colour of text of `tone`, as a terminal of `depth` has it; nil for its own colour.
  public func color(of tone: Tone, _ depth: Capabilities.ColorDepth) -> Color? {
    let color = colors[tone.rawValue]
    let ratio = Self.ratio(of: tone, isFar: isFar)
    func nearest(of palette: some Sequence<Color>) -> Color? {
      color.nearest(of: palette.filter { $0.contrast(to: background) >= ratio })
    }
    switch depth {
    case .none: return nil
    // What a dim or a bright colour of sixteen looks like, nobody knows.
    case .ansi16: return tone == .quiet ? nil : nearest(of: Color.ansi)
    case .palette256: return Self.nearest256(color, on: background, atLeast: ratio)
    case .trueColor: return color
    }
  }

  private static func nearest256(
    _ color: Color, on background: Color, atLeast ratio: Double
  ) -> Color? {
    let nearest = Color.palette256(color.palette256)
    if nearest.contrast(to: background) >= ratio { return nearest }
    return color.nearest(
      of: (16..<256).map(Color.palette256).filter { $0.contrast(to: background) >= ratio })
  }
}

extension Tone {
  /// Its colour, before it is made readable.
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
    }
  }
}

extension Color {
  /// How much light it gives, 0…1 (WCAG 2.2, relative luminance).
  public var luminance: Double {
    func linear(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// How light it looks, 0…100 (CIE 1976, L*, beside the white of a screen).
  public var perceivedLightness: Double {
    let luminance = luminance
    return luminance > 216.0 / 24389
      ? 116 * cbrt(luminance) - 16 : luminance * 24389 / 27
  }

  /// How well it is told from `other`, 1…21 (WCAG 2.2, contrast ratio).
  public func contrast(to other: Color) -> Double {
    let (first, second) = (luminance, other.luminance)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// The same hue with as little black or white as gives it a contrast of `ratio` to `background`.
  public func readable(on background: Color, atLeast ratio: Double) -> Color {
    let goal =
      background.luminance > 0.18 ? Color(0, 0, 0) : Color(255, 255, 255)
    let steps = (0...64).lazy.map { mixed(with: goal, Double($0) / 64) }
    return steps.first { $0.contrast(to: background) >= ratio } ?? goal
  }
}
