import Files

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads bytes from a file, a FIFO or a pipe, and waits for them.
final class StreamReader {
  /// The name of the source in errors.
  let name: String
  /// Whether the source is a regular file, whose bytes never have to be waited for.
  let isFile: Bool
  /// The total time without bytes to read, in milliseconds.
  private(set) var waited = 0.0
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var waiting = 0..<0

  /// Opens the file or FIFO at `path`; `-` is standard input.
  ///
  /// Opening a FIFO waits until another program opens it for writing.
  convenience init(path: String) throws(StreamError) {
    let name = path == "-" ? "standard input" : path
    let descriptor =
      path == "-" ? dup(STDIN_FILENO) : open(FileName.bytes(of: path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(source: name, reason: Self.reason) }
    try self.init(descriptor: descriptor, name: name)
  }

  /// Reads from `descriptor`, and closes it at the end; errors call the source `name`.
  init(descriptor: Int32, name: String) throws(StreamError) {
    self.name = name
    self.descriptor = descriptor
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    isFile = isKnown && status.st_mode & S_IFMT == S_IFREG
    if isatty(descriptor) == 1 {
      throw .unreadable(
        source: name, reason: "is a terminal, expected a stream of frames from a pipe or a file")
    }
  }

  deinit {
    close(descriptor)
  }

  /// Returns the next byte without consuming it; nil at the end.
  func peek() throws(StreamError) -> UInt8? {
    if waiting.isEmpty {
      let count = buffer.count
      let got = try buffer.withUnsafeMutableBufferPointer { bytes throws(StreamError) in
        try read(into: bytes, count)
      }
      waiting = 0..<got
    }
    return waiting.isEmpty ? nil : buffer[waiting.lowerBound]
  }

  /// Returns the next byte and consumes it; nil at the end.
  func next() throws(StreamError) -> UInt8? {
    guard let byte = try peek() else { return nil }
    waiting = waiting.lowerBound + 1..<waiting.upperBound
    return byte
  }

  /// Reads `count` bytes into `bytes`, whose length becomes `count`; returns the number of bytes
  /// read.
  func fill(_ bytes: inout [UInt8], count: Int) throws(StreamError) -> Int {
    if bytes.count != count { bytes = [UInt8](repeating: 0, count: count) }
    let kept = min(count, waiting.count)
    let from = waiting.lowerBound
    bytes.replaceSubrange(0..<kept, with: buffer[from..<from + kept])
    waiting = from + kept..<waiting.upperBound
    return try bytes.withUnsafeMutableBufferPointer { bytes throws(StreamError) in
      var filled = kept
      while filled < count {
        let rest = UnsafeMutableBufferPointer(rebasing: bytes[filled...])
        let got = try read(into: rest, count - filled)
        if got == 0 { break }
        filled += got
      }
      return filled
    }
  }

  /// Waits for bytes; returns the number of bytes read, 0 at the end.
  private func read(
    into bytes: UnsafeMutableBufferPointer<UInt8>, _ count: Int
  ) throws(StreamError) -> Int {
    while true {
      if !isFile { waitForBytes() }
      #if canImport(Darwin)
        let got = Darwin.read(descriptor, bytes.baseAddress, count)
      #elseif canImport(Musl)
        let got = Musl.read(descriptor, bytes.baseAddress, count)
      #else
        let got = Glibc.read(descriptor, bytes.baseAddress, count)
      #endif
      if got >= 0 { return got }
      // Another program that shares the pipe may have made it non-blocking.
      guard errno == EAGAIN || errno == EINTR else {
        throw .unreadable(source: name, reason: Self.reason)
      }
    }
  }

  /// Waits until there are bytes or the end, so that the time of reading is only that of copying.
  private func waitForBytes() {
    let start = ContinuousClock.now
    var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&source, 1, -1)
    waited += (ContinuousClock.now - start) / .milliseconds(1)
  }

  private static var reason: String {
    let problem = errno
    return problem == ENOENT
      ? "no such file"
      : "cannot be read: " + String(cString: strerror(problem)).lowercased()
  }
}
