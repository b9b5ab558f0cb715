/// A person's preferences for the terminal, which override what it reports.
public struct Preferences: Hashable, Sendable {
  /// The characters that pictures are made of.
  public enum Glyphs: String, Sendable, CaseIterable {
    case auto, half, quadrants, sextants, octants, braille, ascii
  }

  /// The protocols by which pictures are sent as pixels.
  public enum Pixels: String, Sendable, CaseIterable {
    case auto, off, kitty, sixel, iterm2
  }

  /// The colours of text, by the terminal's background.
  public enum Theme: String, Sendable, CaseIterable {
    case auto, dark, light, contrast
  }

  /// The characters that pictures are made of; `auto` takes those that the terminal is known to
  /// draw.
  public var glyphs = Glyphs.auto
  /// The protocol for pixel pictures; `auto` takes one that the terminal reports.
  public var pixels = Pixels.auto
  /// The colours of text; `auto` asks the terminal for its background.
  public var theme = Theme.auto

  /// Makes preferences that all leave the choice to the terminal.
  public init() {}
}

/// The terminal's replies to queries.
public struct TerminalReplies: Equatable, Sendable {
  /// Its name and version (xterm's XTVERSION).
  public var name: String?
  /// The background colour (OSC 11).
  public var background: Color?
  /// The size of a cell in pixels.
  public var cell: Size?
  /// The pixel protocols that the terminal supports.
  public var pixels: Set<PixelProtocol> = []
  /// Whether the terminal supports synchronised updates (DEC private mode 2026).
  public var isSynchronised = false

  /// Makes an empty set of replies.
  public init() {}
}

extension Preferences {
  /// Returns `known`, updated with the terminal's replies and the person's preferences.
  public func capabilities(
    _ known: Capabilities, _ replies: TerminalReplies, environment: [String: String]
  ) -> Capabilities {
    var result = known
    result.cell = replies.cell ?? known.cell
    result.scheme = scheme(replies, hint: environment["COLORFGBG"])
    result.glyphs =
      GlyphSet(rawValue: glyphs.rawValue)
      ?? Self.glyphs(ofTerminal: replies.name ?? "", kind: environment["TERM"] ?? "")
    result.pixels = way(replies, known)
    return result
  }

  private func scheme(_ replies: TerminalReplies, hint: String?) -> Scheme {
    switch theme {
    case .dark: return .dark
    case .light: return .light
    case .contrast: return .contrast
    case .auto: break
    }
    if let background = replies.background { return Scheme(background: background) }
    // The hint of rxvt and Konsole: the ANSI numbers of foreground and background, at times with
    // another between.
    let number = hint?.split(separator: ";").last.flatMap { Int($0) }
    return number == 7 || number == 15 ? .light : .dark
  }

  private func way(_ replies: TerminalReplies, _ known: Capabilities) -> PixelProtocol? {
    if pixels != .auto { return PixelProtocol(rawValue: pixels.rawValue) }
    guard known.colors > .none, glyphs == .auto, known.unicode else { return nil }
    // kitty's pictures are drawn with placeholders here, which only these terminals know.
    let name = replies.name ?? ""
    let hasPlaceholders =
      Self.isTerminal(name, "kitty(", [0, 28]) || Self.isTerminal(name, "ghostty ", [1])
    if replies.pixels.contains(.kitty), hasPlaceholders, known.colors == .trueColor {
      return .kitty
    }
    if replies.pixels.contains(.sixel), replies.cell != nil { return .sixel }
    return replies.pixels.contains(.iterm2) ? .iterm2 : nil
  }

  /// Returns the best character set that the terminal draws itself, whatever its font contains.
  private static func glyphs(ofTerminal name: String, kind: String) -> GlyphSet {
    // The Linux console's font has 256 or 512 characters.
    if kind == "linux" { return .half }
    let known: [(prefix: String, version: [Int], set: GlyphSet)] = [
      ("kitty(", [0, 40], .octants), ("foot(", [1, 22], .octants), ("ghostty ", [1, 2], .octants),
      ("kitty(", [0, 20], .sextants), ("foot(", [1, 9], .sextants), ("ghostty ", [1], .sextants),
      ("WezTerm ", [20_210_000], .sextants), ("VTE(", [6400], .sextants),
      ("contour ", [0, 3], .sextants), ("iTerm2 ", [3, 5], .sextants),
    ]
    return known.first { Self.isTerminal(name, $0.prefix, $0.version) }?.set ?? .quadrants
  }

  /// Returns whether `name` begins with `prefix`, followed by `version` or a later one.
  private static func isTerminal(_ name: String, _ prefix: String, _ version: [Int]) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let own = name.dropFirst(prefix.count).split { !$0.isNumber }.compactMap { Int($0) }
    return !own.lexicographicallyPrecedes(version)
  }
}
