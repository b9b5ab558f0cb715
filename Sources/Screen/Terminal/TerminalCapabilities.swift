import CTerminal
import Cells

extension Capabilities {
  /// Finds a terminal's capabilities in the environment.
  ///
  /// COLORTERM and the names of some terminals announce true colour; NO_COLOR (no-color.org), if
  /// not empty, turns colours off; the locale decides about Unicode. `known` is the number of
  /// colours in the terminal database.
  public init(environment: [String: String], known: Int) {
    let name = environment["TERM"] ?? ""
    let announced = environment["COLORTERM"] ?? ""
    let isTrue =
      announced == "truecolor" || announced == "24bit" || name.hasSuffix("-direct")
      || ["xterm-kitty", "alacritty", "wezterm", "foot", "xterm-ghostty"].contains(name)
    let colors: ColorDepth =
      if !(environment["NO_COLOR"] ?? "").isEmpty {
        .none
      } else if isTrue {
        .trueColor
      } else if known >= 256 {
        .palette256
      } else if known >= 8 {
        .ansi16
      } else {
        .none
      }
    self.init(colors: colors, unicode: mbx_terminal_speaks_unicode() == 1)
  }
}
