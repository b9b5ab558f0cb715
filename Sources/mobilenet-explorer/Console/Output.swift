import Files
import Foundation
import Reports

/// Standard output, for the answer.
enum Output {
  /// Writes `text` and a line break, without control characters; throws as `write` does.
  static func print(_ text: String) throws(Failure) { try write(text.printable + "\n") }

  /// Writes `text` unchanged, for pictures; throws the reason if standard output can't take it.
  ///
  /// If the reader of a pipe has closed it, the program ends silently, by SIGPIPE as other programs
  /// do.
  static func write(_ text: String) throws(Failure) {
    var rest = Array(FileName.data(of: text))[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        OnScreen.endBySignal(SIGPIPE)
      } else if errno == EAGAIN {
        var pipe = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        poll(&pipe, 1, -1)
      } else if errno != EINTR {
        let reason = String(cString: strerror(errno)).lowercased()
        throw Failure(.cannotCreate, "standard output: cannot be written: \(reason)")
      }
    }
  }
}
