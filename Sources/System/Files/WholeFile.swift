import Foundation

/// A file that is written all or nothing: whenever the program or the machine stops, the name leads
/// to the old content or to all of the new.
///
/// An unfinished file leaves nothing behind.
public struct WholeFile: ~Copyable {
  /// The open file, to read and to write at any place.
  public let descriptor: Int32
  /// The path of the file to replace, after links are followed.
  private let target: String
  /// The temporary name in the same folder, for a file that needs one before it gets its own.
  private let beside: String
  /// Whether a file exists at `beside`.
  private var isBeside: Bool

  /// Begins the file at `path`.
  ///
  /// A link there stays; its target is replaced.
  ///
  /// Throws the reason if the file cannot be written.
  public init(at path: String) throws(POSIXError) {
    target = FileName.destination(of: path)
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    // Not derived from the target's name, which may already be as long as a name can be.
    beside = "\(folder)/.mobilenet-explorer-\(UUID().uuidString)"
    let unnamed = Self.openUnnamed(in: folder)
    isBeside = unnamed == nil
    descriptor =
      unnamed ?? open(FileName.bytes(of: beside), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last }
    // A device or a pipe cannot be replaced by a file.
    if FileName.kind(at: target) == .other { throw POSIXError(.EOPNOTSUPP) }
    var status = stat()
    if stat(FileName.bytes(of: target), &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if isBeside { unlink(FileName.bytes(of: beside)) }
  }

  /// Writes `data` to the file at `path`, replacing its content.
  ///
  /// Throws the reason if the file cannot be written; the old content then stays.
  public static func write(_ data: Data, to path: String) throws(POSIXError) {
    let file = try WholeFile(at: path)
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(POSIXError) in try file.append(bytes) }
    }
    try result.get()
    try file.finish()
  }

  /// Appends `bytes`.
  public func append(_ bytes: UnsafeRawBufferPointer) throws(POSIXError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = Foundation.write(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno != EINTR { throw .last }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  /// Flushes the file to the disk and gives it its name.
  public consuming func finish() throws(POSIXError) {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .last }
    if !isBeside {
      if link(to: target) { return }
      // An existing name can only be replaced by renaming another file to it.
      guard link(to: beside) else { throw .last }
      isBeside = true
    }
    if FileName.kind(at: target) == .folder { throw POSIXError(.EISDIR) }
    guard rename(FileName.bytes(of: beside), FileName.bytes(of: target)) == 0 else { throw .last }
    isBeside = false
  }

  #if os(Linux)
    /// Opens a file that has no name until it is complete, so that nothing stays behind if the
    /// program is killed (open(2), O_TMPFILE); nil if the file system has no such files.
    private static func openUnnamed(in folder: String) -> Int32? {
      // O_TMPFILE is a macro that Swift cannot import.
      let flags = O_RDWR | O_CLOEXEC | O_DIRECTORY | 0o20_000_000
      let file = open(FileName.bytes(of: folder), flags, 0o666)
      guard file >= 0 else { return nil }
      // The file gets its name through this link in /proc.
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
  /// The error of the last system call that failed.
  public static var last: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
