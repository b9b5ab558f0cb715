import Files
import Foundation

/// A file that is not complete yet.
///
/// One program at a time has it, and others wait until that one is done with it.
final class PartialFile {
  /// Where it is.
  let path: String
  private let descriptor: Int32

  /// Opens the file at `path` with what is there already; calls `waiting` once if another program has
  /// it, and then waits.
  init(path: String, waiting: () -> Void) throws(DownloadError) {
    self.path = path
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw .cannotWrite(path: path, reason: PartialFile.reason) }
      // A file system without locks has none to wait for.
      if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        waiting()
        while flock(file, LOCK_EX) != 0, errno == EINTR {}
      }
      // Whoever had it may have given it another name, or thrown it away.
      if Self.isSame(file, path) {
        descriptor = file
        return
      }
      close(file)
    }
  }

  /// An empty one is no use to anybody.
  deinit {
    if count == 0 { remove() }
    close(descriptor)
  }

  /// The bytes that are there.
  var count: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Writes `bytes` behind what is there; says why it cannot, or nil.
  func append(_ bytes: ArraySlice<UInt8>) -> String? {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return Self.reason }
      rest = rest.dropFirst(max(count, 0))
    }
    return nil
  }

  /// Throws away what is there.
  func clear() { ftruncate(descriptor, 0) }

  /// Takes the file away, unless it has another name by now.
  func remove() {
    if Self.isSame(descriptor, path) { unlink(path) }
  }

  private static func isSame(_ file: Int32, _ path: String) -> Bool {
    var (own, named) = (stat(), stat())
    return fstat(file, &own) == 0 && stat(path, &named) == 0 && own.st_ino == named.st_ino
      && own.st_dev == named.st_dev
  }

  private static var reason: String { String(cString: strerror(errno)).lowercased() }
}
