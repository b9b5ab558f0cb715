import Foundation

/// The program's three standard streams, some of which may be closed when it starts.
enum StandardStreams {
  /// Opens a placeholder in place of each closed stream, so that no other file gets its number.
  ///
  /// Reading or writing the stream still fails.
  ///
  /// Also ignores SIGXFSZ: a file that outgrows the shell's limit (ulimit -f) then fails with an
  /// error, as on a full disk, and the program does not end.
  static func prepare() {
    for (number, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ] where fcntl(number, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
    signal(SIGXFSZ, SIG_IGN)
  }
}
