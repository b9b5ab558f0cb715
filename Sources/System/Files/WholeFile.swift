import Foundation

/// A file that is written whole: under its name there is the old content or all of the new one,
/// whenever the program or the machine ends.
///
/// What is not finished leaves nothing behind.
public struct WholeFile: ~Copyable {
  private let descriptor: Int32
  /// Where its links lead.
  private let target: String
  /// The name that it has, or gets where something is to be replaced, before its own.
  private let beside: String
  /// Whether there is a file at `beside`.
  private var isBeside: Bool

  /// Begins the file at `path`; a link there stays, and what it leads to is replaced.
  ///
  /// Throws why it cannot be written.
  public init(at path: String) throws(POSIXError) {
    target = FileName.destination(of: path)
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    // Not made of the target's name, which may be as long as names can be.
    beside = "\(folder)/.mobilenet-explorer-\(UUID().uuidString)"
    let unnamed = Self.openUnnamed(in: folder)
    isBeside = unnamed == nil
    descriptor =
      unnamed ?? open(FileName.bytes(of: beside), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last }
    // A device or a pipe is no file to be replaced.
    if FileName.kind(at: target) == .other { throw POSIXError(.EOPNOTSUPP) }
    var status = stat()
    if stat(FileName.bytes(of: target), &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if isBeside { unlink(FileName.bytes(of: beside)) }
  }

  /// Writes `data` to the file at `path`, in the place of what is there.
  ///
  /// Throws why it cannot be written; then nothing is left of it.
  public static func write(_ data: Data, to path: String) throws(POSIXError) {
    let file = try WholeFile(at: path)
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(POSIXError) in try file.append(bytes) }
    }
    try result.get()
    try file.finish()
  }

  /// Writes `bytes` behind what was written before.
  public func append(_ bytes: UnsafeRawBufferPointer) throws(POSIXError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = Foundation.write(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno != EINTR { throw .last }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  /// Puts the file in its place, once all of it is on the disk.
  public consuming func finish() throws(POSIXError) {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .last }
    if !isBeside {
      if link(to: target) { return }
      // What has the name already can only be replaced by another name.
      guard link(to: beside) else { throw .last }
      isBeside = true
    }
    if FileName.kind(at: target) == .folder { throw POSIXError(.EISDIR) }
    guard rename(FileName.bytes(of: beside), FileName.bytes(of: target)) == 0 else { throw .last }
    isBeside = false
  }

  #if os(Linux)
    /// Opens a file that has no name until it is complete, so that nothing is left of it when the
    /// program is killed (open(2), O_TMPFILE); nil where the file system has no such files.
    private static func openUnnamed(in folder: String) -> Int32? {
      // O_TMPFILE, a macro that Swift does not see.
      let flags = O_WRONLY | O_CLOEXEC | O_DIRECTORY | 0o20_000_000
      let file = open(FileName.bytes(of: folder), flags, 0o666)
      guard file >= 0 else { return nil }
      // A name is given by way of this link.
      guard access(source(file), F_OK) == 0 else {
        close(file)
        return nil
      }
      return file
    }

    private static func source(_ file: Int32) -> String { "/proc/self/fd/\(file)" }

    private func link(to name: String) -> Bool {
      let source = Self.source(descriptor)
      return linkat(AT_FDCWD, source, AT_FDCWD, FileName.bytes(of: name), AT_SYMLINK_FOLLOW) == 0
    }
  #else
    private static func openUnnamed(in folder: String) -> Int32? { nil }

    private func link(to name: String) -> Bool { false }
  #endif
}

extension POSIXError {
  /// What the last call of the system that failed says.
  public static var last: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
