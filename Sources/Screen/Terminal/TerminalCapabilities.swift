import CTerminal
import Cells

extension Capabilities {
  /// What the environment says that the terminal can show.
  ///
  /// COLORTERM and the names of terminals announce true colour; NO_COLOR (no-color.org), if it is
  /// not empty, turns colours off; the process's locale says whether Unicode can be shown.
  /// `known` is how many colours the terminal database speaks of.
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
