import Foundation
import Reports
import Synchronization

/// The first notes, for the screen that covers them.
private let said = Mutex<[String]>([])

/// Standard error, for messages that are not the answer.
enum Console {
  /// Whether a person reads standard error in a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Prints `text` on a line of its own, behind the program's name.
  static func note(_ text: String) {
    // A file's name may contain a line break.
    let line = text.onOneLine
    said.withLock { if $0.count < mostKept { $0.append(line) } }
    write("mobilenet-explorer: \(line)\n")
  }

  /// The notes that are kept: a command on a folder may say one of each image, and no screen them all.
  private static let mostKept = 100

  /// The first notes so far.
  static var notes: [String] { said.withLock { $0 } }

  /// Writes `text` unchanged.
  ///
  /// Errors are ignored: if standard error is closed or its disk is full, nobody can be told, and
  /// the exit status says what happened.
  static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return }
      rest = rest.dropFirst(max(count, 0))
    }
  }
}
