import Foundation

/// The three files that a program begins with, as far as whoever starts it left them open.
enum StandardStreams {
  /// Makes sure that no other file gets the number of one that is closed, as the next that is opened
  /// would; reading or writing it then fails as before.
  ///
  /// A file that grows beyond what the shell allows (ulimit -f) becomes an error like a full disk,
  /// instead of a signal that ends the program.
  static func prepare() {
    for (number, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ] where fcntl(number, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
    signal(SIGXFSZ, SIG_IGN)
  }
}
