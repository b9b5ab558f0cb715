import Foundation

/// Reads files up to a limit, and never waits for ever.
public enum FileBytes {
  /// The longest file that is copied into memory, in bytes; somebody who shortens a copied file
  /// later does no harm.
  private static let copied = 64 << 20

  /// Returns the bytes of the file at `path`, which may have at most `limit`.
  ///
  /// Files over 64 MiB are mapped: only the pages that are looked at take memory. A pipe is read to
  /// its end; a pipe that nobody writes to is refused. Of a device, which may never end, at most a
  /// million bytes are accepted.
  public static func contents(of path: String, limit: Int) throws(FileBytesError) -> Data {
    let file = open(FileName.bytes(of: path), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw .system(.last) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(.last) }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR { throw .system(POSIXError(.EISDIR)) }
    let count = Int(status.st_size)
    if kind == S_IFREG {
      guard count <= limit else { throw .tooLong(bytes: count, limit: limit) }
      if count > copied { return try mapped(file, count: count) }
    }
    // From here on a read may wait for whoever writes into a pipe, but not for a device, nor for
    // those files of the kernel that block like a device.
    if kind == S_IFIFO { _ = fcntl(file, F_SETFL, O_RDONLY) }
    let isDevice = kind == S_IFCHR || kind == S_IFBLK
    let data = try read(
      file, about: kind == S_IFREG ? count : 0, limit: isDevice ? min(limit, 1_000_000) : limit)
    if kind == S_IFIFO, data.isEmpty { throw .idlePipe }
    return data
  }

  /// Returns the first `count` bytes of the plain file at `path`, or all of a shorter one; no bytes
  /// if the path leads to something else or cannot be read.
  public static func beginning(of path: String, count: Int) -> [UInt8] {
    guard FileName.kind(at: path) == .file else { return [] }
    let file = open(FileName.bytes(of: path), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      filled = max(pread(file, bytes.baseAddress, count, 0), 0)
    }
  }

  /// Returns the length in bytes of the file at `path`; nil if there is none.
  public static func count(of path: String) -> Int? {
    var status = stat()
    return stat(FileName.bytes(of: path), &status) == 0 ? Int(status.st_size) : nil
  }

  private static func mapped(_ file: Int32, count: Int) throws(FileBytesError) -> Data {
    let pages = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0)
    guard let pages, pages != MAP_FAILED else { throw .system(.last) }
    return Data(bytesNoCopy: pages, count: count, deallocator: .unmap)
  }

  private static func read(
    _ file: Int32, about expected: Int, limit: Int
  ) throws(FileBytesError) -> Data {
    var data = Data(capacity: expected + 1)
    var piece = [UInt8](repeating: 0, count: min(max(expected + 1, 1 << 12), 1 << 20))
    while true {
      let count = Foundation.read(file, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system(.last) }
      if count == 0 { return data }
      data += piece[..<count]
      guard data.count <= limit else { throw .tooLong(bytes: nil, limit: limit) }
    }
  }
}

/// The reason why a file's bytes cannot be had.
public enum FileBytesError: Error, CustomStringConvertible {
  /// An error of the system.
  case system(POSIXError)
  /// The file has more bytes than the reader takes; `bytes` is nil if their number is unknown.
  case tooLong(bytes: Int?, limit: Int)
  /// The file is a pipe that nobody writes to.
  case idlePipe

  /// The reason in a few words, to be put behind the file's name.
  public var description: String {
    switch self {
    case .system(let error): error.reason
    case .tooLong(let bytes, let limit):
      "has \(bytes.map { "\($0)" } ?? "more") bytes, expected at most \(limit)"
    case .idlePipe: "is a pipe that nobody writes to"
    }
  }
}
