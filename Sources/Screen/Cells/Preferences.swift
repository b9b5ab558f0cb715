/// What a person wants of the terminal, whatever it says of itself.
public struct Preferences: Hashable, Sendable {
  /// The signs that pictures are made of.
  public enum Glyphs: String, Sendable, CaseIterable {
    case auto, half, quadrants, sextants, octants, braille, ascii
  }

  /// How pictures are sent as pixels.
  public enum Pixels: String, Sendable, CaseIterable {
    case auto, off, kitty, sixel, iterm2
  }

  /// What the terminal's ground is like.
  public enum Theme: String, Sendable, CaseIterable {
    case auto, dark, light, contrast
  }

  /// The signs that pictures are made of; what the terminal is known to draw, if auto.
  public var glyphs = Glyphs.auto
  /// How pictures are sent as pixels; as the terminal says that it can, if auto.
  public var pixels = Pixels.auto
  /// The colours of text; the terminal is asked for its ground, if auto.
  public var theme = Theme.auto

  /// Everything as the terminal says.
  public init() {}
}

/// What a terminal said of itself.
public struct TerminalAnswers: Equatable, Sendable {
  /// Its name and version (xterm's XTVERSION).
  public var name: String?
  /// The colour behind text (OSC 11).
  public var background: Color?
  /// The pixels of a cell.
  public var cell: Size?
  /// The ways in which it takes pixels.
  public var pixels: Set<PixelProtocol> = []
  /// Whether it shows an update at once (DEC private mode 2026).
  public var isSynchronised = false

  /// A terminal that said nothing yet.
  public init() {}
}

extension Preferences {
  /// `known` with what the terminal said, or the person wants.
  public func capabilities(
    _ known: Capabilities, _ answers: TerminalAnswers, environment: [String: String]
  ) -> Capabilities {
    var result = known
    result.cell = answers.cell ?? known.cell
    result.scheme = scheme(answers, hint: environment["COLORFGBG"])
    result.glyphs =
      GlyphSet(rawValue: glyphs.rawValue)
      ?? Self.glyphs(ofTerminal: answers.name ?? "", kind: environment["TERM"] ?? "")
    result.pixels = way(answers, known)
    return result
  }

  private func scheme(_ answers: TerminalAnswers, hint: String?) -> Scheme {
    switch theme {
    case .dark: return .dark
    case .light: return .light
    case .contrast: return .contrast
    case .auto: break
    }
    if let background = answers.background { return Scheme(background: background) }
    // rxvt's and Konsole's: foreground, perhaps another, background, by their numbers of ANSI's.
    let number = hint?.split(separator: ";").last.flatMap { Int($0) }
    return number == 7 || number == 15 ? .light : .dark
  }

  private func way(_ answers: TerminalAnswers, _ known: Capabilities) -> PixelProtocol? {
    if pixels != .auto { return PixelProtocol(rawValue: pixels.rawValue) }
    guard known.colors > .none, glyphs == .auto, known.unicode else { return nil }
    // Placeholders, by which kitty's pictures are shown here, are known to these alone.
    let name = answers.name ?? ""
    let hasPlaceholders =
      Self.isTerminal(name, "kitty(", [0, 28]) || Self.isTerminal(name, "ghostty ", [1])
    if answers.pixels.contains(.kitty), hasPlaceholders, known.colors == .trueColor {
      return .kitty
    }
    if answers.pixels.contains(.sixel), answers.cell != nil { return .sixel }
    return answers.pixels.contains(.iterm2) ? .iterm2 : nil
  }

  /// The signs that a terminal draws itself, whatever its font has.
  private static func glyphs(ofTerminal name: String, kind: String) -> GlyphSet {
    // The Linux console's font has 256 or 512 signs.
    if kind == "linux" { return .half }
    let known: [(prefix: String, version: [Int], set: GlyphSet)] = [
      ("kitty(", [0, 40], .octants), ("foot(", [1, 22], .octants), ("ghostty ", [1, 2], .octants),
      ("kitty(", [0, 20], .sextants), ("foot(", [1, 9], .sextants), ("ghostty ", [1], .sextants),
      ("WezTerm ", [20_210_000], .sextants), ("VTE(", [6400], .sextants),
      ("contour ", [0, 3], .sextants), ("iTerm2 ", [3, 5], .sextants),
    ]
    return known.first { Self.isTerminal(name, $0.prefix, $0.version) }?.set ?? .quadrants
  }

  /// Whether a terminal's `name` begins with `prefix`, and goes on with `version` or a later one.
  private static func isTerminal(_ name: String, _ prefix: String, _ version: [Int]) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let own = name.dropFirst(prefix.count).split { !$0.isNumber }.compactMap { Int($0) }
    return !own.lexicographicallyPrecedes(version)
  }
}
