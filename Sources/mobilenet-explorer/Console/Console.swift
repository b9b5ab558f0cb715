import Foundation
import Reports

/// Standard error, for what is not the answer.
enum Console {
  /// Whether a person reads standard error in a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Says something that the person should know, on a line of its own.
  static func note(_ text: String) {
    write("mobilenet-explorer: \(text.printable)\n")
  }

  /// Writes `text` as it is.
  static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
