import Files

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads the bytes of a picture file; of any other file, only as many as it takes to recognise the
/// kind.
enum InputFile {
  /// Reads all bytes of the file at `path`; "-" is the standard input.
  ///
  /// A pipe that nobody writes to is not waited for.
  static func bytes(at path: String, name: String) throws(ImageError) -> [UInt8] {
    let isStandardInput = path == "-"
    let descriptor =
      isStandardInput
      ? dup(STDIN_FILENO) : open(FileName.bytes(of: path), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(of: name) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(of: name) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw .unreadable(file: name, reason: "is a folder, expected a PNG or JPEG file")
    }
    if isatty(descriptor) == 1 {
      throw .unreadable(file: name, reason: "is a terminal, expected a PNG or JPEG file")
    }
    // From here on, reading may wait for the writer of a pipe.
    if !isStandardInput { _ = fcntl(descriptor, F_SETFL, O_RDONLY) }
    let bytes = try bytes(from: descriptor, name: name)
    if bytes.isEmpty, !isStandardInput, status.st_mode & S_IFMT == S_IFIFO {
      throw .unreadable(file: name, reason: FileBytesError.idlePipe.description)
    }
    return bytes
  }

  private static func bytes(from descriptor: Int32, name: String) throws(ImageError) -> [UInt8] {
    var bytes: [UInt8] = []
    var isPicture = false
    while true {
      // Doubles the number of bytes, so that copying takes linear time.
      let wanted = min(max(bytes.count, 1 << 16), 1 << 24)
      let chunk = try chunk(wanted, from: descriptor, name: name)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      if bytes.count > ImageLimits.bytes {
        throw .tooManyBytes(file: name, limit: ImageLimits.bytes)
      }
      if !isPicture, bytes.count >= 16 {
        guard ImageFormat(of: bytes) != nil else {
          throw .notAnImage(file: name, looksLike: ImageFormat.appearance(of: bytes))
        }
        isPicture = true
      }
    }
  }

  /// Reads up to `count` bytes; returns none at the end.
  private static func chunk(
    _ count: Int, from descriptor: Int32, name: String
  ) throws(ImageError) -> [UInt8] {
    var problem: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var got = -1
      repeat {
        #if canImport(Darwin)
          got = Darwin.read(descriptor, buffer.baseAddress, count)
        #else
          got = Glibc.read(descriptor, buffer.baseAddress, count)
        #endif
      } while got < 0 && errno == EINTR
      if got < 0 { problem = errno }
      filled = max(got, 0)
    }
    if problem != 0 {
      throw .unreadable(file: name, reason: "cannot be read: " + words(for: problem))
    }
    return chunk
  }

  private static func failure(of name: String) -> ImageError {
    let problem = errno
    let reason =
      problem == ENOENT ? "no such file" : "cannot be opened: " + words(for: problem)
    return .unreadable(file: name, reason: reason)
  }

  private static func words(for problem: Int32) -> String {
    String(cString: strerror(problem)).lowercased()
  }
}
