/// Queries and mode changes sent to the terminal besides drawing.
enum TerminalQueries {
  /// All queries at the start.
  ///
  /// Every terminal replies to the last one, so that nobody waits for replies to queries that a
  /// terminal does not know.
  static let all =
    background + "\u{1B}[>0q" + cell + "\u{1B}[?2026$p"
    + "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\" + "\u{1B}]1337;ReportCellSize\u{1B}\\"
    + "\u{1B}[c"

  /// The query for the background colour.
  static let background = "\u{1B}]11;?\u{1B}\\"
  /// The query for the size of a cell in pixels.
  static let cell = "\u{1B}[16t"

  /// Returns the sequence that turns reports of colour changes on or off.
  static func reportColors(_ isOn: Bool) -> String { isOn ? "\u{1B}[?2031h" : "\u{1B}[?2031l" }

  /// Returns `bytes` wrapped so that tmux passes them on to its own terminal.
  static func throughTmux(_ bytes: [UInt8]) -> [UInt8] {
    let escape: UInt8 = 0x1B
    return Array("\u{1B}Ptmux;".utf8)
      + bytes.flatMap { $0 == escape ? [escape, escape] : [$0] } + Array("\u{1B}\\".utf8)
  }
}
