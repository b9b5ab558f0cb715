import Foundation
import Reports

/// Standard error, for what is not the answer.
enum Console {
  /// Whether a person reads standard error in a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Says something that the person should know, on a line of its own.
  static func note(_ text: String) {
    // A name may have a line's end in it.
    write("mobilenet-explorer: \(text.onOneLine)\n")
  }

  /// Writes `text` as it is, as far as standard error takes it: where it is closed or its disk is
  /// full nobody can be told so, and the exit status says what happened.
  static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return }
      rest = rest.dropFirst(max(count, 0))
    }
  }
}
