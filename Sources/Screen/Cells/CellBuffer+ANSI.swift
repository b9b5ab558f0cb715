extension CellBuffer {
  /// Returns the screen as text with ANSI escape sequences, for a terminal with `capabilities`.
  ///
  /// Each line ends without a style.
  public func ansi(_ capabilities: Capabilities) -> String {
    let screen = downgraded(to: capabilities)
    var text = ""
    for y in 0..<height {
      // Trailing spaces are left out unless they have a colour.
      let end = (0..<width).last { screen[$0, y] != Cell() } ?? -1
      var last = Style()
      for x in 0..<(end + 1) {
        let cell = screen[x, y]
        if cell.style != last { text += cell.style.sequence(capabilities.colors) }
        last = cell.style
        text += cell.text
      }
      if last != Style() { text += "\u{1B}[0m" }
      if y < height - 1 { text += "\n" }
    }
    return text
  }
}

extension Style {
  /// Returns the escape sequence that sets this style, whatever was set before (ECMA-48, SGR).
  func sequence(_ depth: Capabilities.ColorDepth) -> String {
    var codes = ["0"]
    if bold { codes.append("1") }
    if dim { codes.append("2") }
    if underline { codes.append("4") }
    if reverse { codes.append("7") }
    if let foreground { codes += foreground.codes(depth, isForeground: true) }
    if let background { codes += background.codes(depth, isForeground: false) }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}

extension Color {
  fileprivate func codes(_ depth: Capabilities.ColorDepth, isForeground: Bool) -> [String] {
    switch depth {
    case .none: return []
    case .ansi16:
      let index = ansi16
      let base = (isForeground ? 30 : 40) + (index < 8 ? index : index + 52)
      return ["\(base)"]
    case .palette256: return [isForeground ? "38" : "48", "5", "\(palette256)"]
    case .trueColor:
      return [isForeground ? "38" : "48", "2", "\(red)", "\(green)", "\(blue)"]
    }
  }
}
