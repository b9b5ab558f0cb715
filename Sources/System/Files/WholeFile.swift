import Foundation

/// Files that are written whole: under their name there is the old content or all of the new one,
/// whenever the program or the machine ends.
public enum WholeFile {
  /// Writes `data` to the file at `path`, in the place of what is there; a link stays, and what it
  /// leads to is replaced.
  ///
  /// Throws why it cannot be written; then nothing is left of it.
  public static func write(_ data: Data, to path: String) throws(POSIXError) {
    let target = FileName.resolved(path) ?? path
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    // Not made of the target's name, which may be as long as names can be.
    let beside = "\(folder)/.mobilenet-explorer-\(UUID().uuidString)"
    #if os(Linux)
      if try writeUnnamed(data, in: folder, then: target, beside: beside) { return }
    #endif
    let file = open(FileName.bytes(of: beside), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .last }
    defer { close(file) }
    do throws(POSIXError) {
      try fill(file, with: data, like: target)
      try replace(target, by: beside)
    } catch {
      unlink(FileName.bytes(of: beside))
      throw error
    }
  }

  #if os(Linux)
    /// Writes a file that has no name until it is complete, so that nothing is left of it when the
    /// program is killed; answers whether the file system has such files (open(2), O_TMPFILE).
    private static func writeUnnamed(
      _ data: Data, in folder: String, then target: String, beside: String
    ) throws(POSIXError) -> Bool {
      // O_TMPFILE, a macro that Swift does not see.
      let flags = O_WRONLY | O_CLOEXEC | O_DIRECTORY | 0o20_000_000
      let file = open(FileName.bytes(of: folder), flags, 0o666)
      guard file >= 0 else { return false }
      defer { close(file) }
      try fill(file, with: data, like: target)
      let source = "/proc/self/fd/\(file)"
      func link(to name: String) -> Bool {
        linkat(AT_FDCWD, source, AT_FDCWD, FileName.bytes(of: name), AT_SYMLINK_FOLLOW) == 0
      }
      if link(to: target) { return true }
      // What has the name already can only be replaced by another name.
      guard link(to: beside) else { return false }
      do throws(POSIXError) {
        try replace(target, by: beside)
      } catch {
        unlink(FileName.bytes(of: beside))
        throw error
      }
      return true
    }
  #endif

  /// Writes all of `data` to the disk, with the permissions of the file at `target` if there is one.
  private static func fill(
    _ file: Int32, with data: Data, like target: String
  ) throws(POSIXError) {
    var status = stat()
    if stat(FileName.bytes(of: target), &status) == 0 { fchmod(file, status.st_mode & 0o777) }
    var written = 0
    while written < data.count {
      let count = data.withUnsafeBytes { bytes in
        let rest = bytes[written...]
        return Foundation.write(
          file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      }
      if count < 0, errno != EINTR { throw .last }
      written += max(count, 0)
    }
    guard fsync(file) == 0 || errno == EINVAL else { throw .last }
  }

  private static func replace(_ target: String, by path: String) throws(POSIXError) {
    if FileName.kind(at: target) == .folder { throw POSIXError(.EISDIR) }
    guard rename(FileName.bytes(of: path), FileName.bytes(of: target)) == 0 else { throw .last }
  }
}

extension POSIXError {
  /// What the last call of the system that failed says.
  public static var last: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
