/// What a terminal is asked and told beside what is drawn.
enum TerminalQueries {
  /// Everything that it is asked at the start; the last is answered by all, so that nobody waits for
  /// what a terminal does not know.
  static let all =
    background + "\u{1B}[>0q" + cell + "\u{1B}[?2026$p"
    + "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\" + "\u{1B}]1337;ReportCellSize\u{1B}\\"
    + "\u{1B}[c"

  /// The colour behind text.
  static let background = "\u{1B}]11;?\u{1B}\\"
  /// The pixels of a cell.
  static let cell = "\u{1B}[16t"

  /// That it says when its colours change, or no more.
  static func reportColors(_ isOn: Bool) -> String { isOn ? "\u{1B}[?2031h" : "\u{1B}[?2031l" }

  /// `bytes` as tmux hands them on to the terminal that it runs in.
  static func throughTmux(_ bytes: [UInt8]) -> [UInt8] {
    let escape: UInt8 = 0x1B
    return Array("\u{1B}Ptmux;".utf8)
      + bytes.flatMap { $0 == escape ? [escape, escape] : [$0] } + Array("\u{1B}\\".utf8)
  }
}
