/// The reasons why there is no screen to draw on.
public enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Standard output is no terminal, or there is none to read keys from.
  case noTerminal
  /// The terminal database does not know this TERM.
  case unknown(String)
  /// The terminal cannot move its cursor.
  case poor(String)
  /// The terminal was closed.
  case closed
  /// A signal asked the program to end.
  case signalled(Int32)

  /// The reason in one line, with what was expected.
  public var description: String {
    switch self {
    case .noTerminal:
      "standard output is not a terminal, or there is none to read keys from"
    case .unknown(let name) where name.isEmpty:
      "TERM is not set; it names the kind of terminal, xterm-256color for example"
    case .unknown(let name):
      "TERM=\(name): the terminal database has no such terminal; try TERM=xterm-256color"
    case .poor(let name):
      "TERM=\(name): this terminal cannot move its cursor"
    case .closed: "the terminal was closed"
    case .signalled(let number): "ended by signal \(number)"
    }
  }
}
