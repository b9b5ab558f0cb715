import Foundation

/// Files that are read: no more of them than is asked for, and never something that makes a reader
/// wait for ever.
public enum FileBytes {
  /// Files no longer than this are copied: whoever cuts them afterwards can do no harm.
  private static let copied = 64 << 20

  /// The bytes of the file at `path`, of which there may be at most `limit`.
  ///
  /// Long files are mapped, so that only what is looked at takes memory. A pipe is read to its end;
  /// one that nobody writes to is refused, instead of something to wait for. Of a device, which may
  /// never end, a million bytes are read.
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
    // From here on, waiting is right for whoever writes into a pipe; not for a device, nor for the
    // files of the kernel that wait as one does.
    if kind == S_IFIFO { _ = fcntl(file, F_SETFL, O_RDONLY) }
    let isDevice = kind == S_IFCHR || kind == S_IFBLK
    let data = try read(
      file, about: kind == S_IFREG ? count : 0, limit: isDevice ? min(limit, 1_000_000) : limit)
    if kind == S_IFIFO, data.isEmpty { throw .idlePipe }
    return data
  }

  /// The first `count` bytes of the plain file at `path`, or all of a shorter one; none where it is
  /// something else or cannot be read.
  public static func beginning(of path: String, count: Int) -> [UInt8] {
    guard FileName.kind(at: path) == .file else { return [] }
    let file = open(FileName.bytes(of: path), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      filled = max(pread(file, bytes.baseAddress, count, 0), 0)
    }
  }

  /// The length of the file at `path`; nil where there is none.
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

/// Why a file's bytes cannot be had.
public enum FileBytesError: Error, CustomStringConvertible {
  /// The system says so.
  case system(POSIXError)
  /// It has more bytes than the reader takes; nil where nobody knows how many.
  case tooLong(bytes: Int?, limit: Int)
  /// A pipe that nobody writes to.
  case idlePipe

  /// Why, in a few words.
  public var description: String {
    switch self {
    case .system(let error): error.reason
    case .tooLong(let bytes, let limit):
      "has \(bytes.map { "\($0)" } ?? "more") bytes, expected at most \(limit)"
    case .idlePipe: "is a pipe that nobody writes to"
    }
  }
}
