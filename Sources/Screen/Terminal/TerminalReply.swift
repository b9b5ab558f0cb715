import Cells

/// A terminal's reply, without the escape characters: to OSC 11, XTVERSION, the size of a cell,
/// DECRQM, kitty's and iTerm2's queries, and DA1 (xterm's Control Sequences).
enum TerminalReply: Equatable {
  /// The background colour.
  case background(Color)
  /// The terminal's name and version.
  case name(String)
  /// The size of a cell in pixels.
  case cell(Size)
  /// Whether the terminal supports synchronised updates.
  case synchronised(Bool)
  /// The terminal supports a pixel protocol, kitty's or iTerm2's.
  case takes(PixelProtocol)
  /// The terminal switched between dark and light colours (mode 2031).
  case schemeChanged
  /// The terminal's attributes (DA1), to which all terminals reply: no earlier query is answered
  /// after this.
  case attributes([Int])

  /// Parses `text`; nil for anything else.
  init?(_ text: String) {
    guard let kind = text.first else { return nil }
    let rest = text.dropFirst()
    switch kind {
    case "[": self.init(control: rest)
    case "]" where rest.hasPrefix("11;"):
      guard let color = Color(x11: rest.dropFirst(3)) else { return nil }
      self = .background(color)
    case "]" where rest.hasPrefix("1337;ReportCellSize="): self = .takes(.iterm2)
    case "P" where rest.hasPrefix(">|"): self = .name(String(rest.dropFirst(2)))
    case "_" where rest.hasPrefix("G"):
      guard rest.hasSuffix(";OK") else { return nil }
      self = .takes(.kitty)
    default: return nil
    }
  }

  /// Parses a control sequence, without its bracket.
  private init?(control text: Substring) {
    guard let final = text.last else { return nil }
    let parameters = text.dropLast().split(separator: ";", omittingEmptySubsequences: false)
    let numbers = parameters.compactMap { Int($0.filter(\.isNumber)) }
    switch final {
    case "c" where text.hasPrefix("?"): self = .attributes(numbers)
    case "t" where numbers.count == 3 && numbers[0] == 6 && numbers[1] > 0 && numbers[2] > 0:
      self = .cell(Size(width: numbers[2], height: numbers[1]))
    case "y" where numbers.count == 2 && numbers[0] == 2026:
      self = .synchronised(numbers[1] == 1 || numbers[1] == 2)
    case "n" where numbers.first == 997: self = .schemeChanged
    default: return nil
    }
  }
}

extension TerminalReplies {
  /// Stores a reply; returns whether it was the last one.
  mutating func take(_ reply: TerminalReply) -> Bool {
    switch reply {
    case .background(let color): background = color
    case .name(let text): name = text
    case .cell(let size): cell = size
    case .synchronised(let isIt): isSynchronised = isIt
    case .takes(let way): pixels.insert(way)
    case .schemeChanged: break
    case .attributes(let numbers):
      if numbers.contains(4) { pixels.insert(.sixel) }
      return true
    }
    return false
  }
}

extension Color {
  /// Parses a colour in X11's notation: rgb:RRRR/GGGG/BBBB, with one to four digits each.
  init?(x11 text: Substring) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, parts[0] == "rgb" || parts[0] == "rgba" else { return nil }
    let values = parts[1].split(separator: "/").prefix(3).compactMap { digits -> UInt8? in
      guard 1...4 ~= digits.count, let value = Int(digits, radix: 16) else { return nil }
      return UInt8(value * 255 / ((1 << (4 * digits.count)) - 1))
    }
    guard values.count == 3 else { return nil }
    self.init(values[0], values[1], values[2])
  }
}
