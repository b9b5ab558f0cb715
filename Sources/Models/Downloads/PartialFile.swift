import Files
import Foundation

/// An incomplete download.
///
/// Only one program at a time has the file open; others wait until that program is done.
final class PartialFile {
  /// The path of the file.
  let path: String
  private let descriptor: Int32

  /// Opens the file at `path` with its bytes; if another program has locked it, calls `waiting`
  /// once and waits.
  init(path: String, waiting: () -> Void) throws(DownloadError) {
    self.path = path
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw .cannotWrite(path: path, reason: PartialFile.reason) }
      // On a file system without locks there is nothing to wait for.
      if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        waiting()
        while flock(file, LOCK_EX) != 0, errno == EINTR {}
      }
      // The program that had the lock may have moved or removed the file.
      if Self.isSame(file, path) {
        descriptor = file
        return
      }
      close(file)
    }
  }

  /// Removes the file if it is empty.
  deinit {
    if count == 0 { remove() }
    close(descriptor)
  }

  /// The number of bytes in the file.
  var count: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Appends `bytes`; returns the reason if that fails, or nil.
  func append(_ bytes: ArraySlice<UInt8>) -> String? {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return Self.reason }
      rest = rest.dropFirst(max(count, 0))
    }
    return nil
  }

  /// Empties the file.
  func clear() { ftruncate(descriptor, 0) }

  /// Removes the file, unless it was moved.
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
