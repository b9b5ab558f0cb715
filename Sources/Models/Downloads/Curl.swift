import Files
import Foundation

/// The program curl, which takes care of encryption, proxies and redirects.
struct Curl {
  /// The path of the program.
  private let path: String

  /// Finds the program as a shell would; nil where it is not installed.
  init?() {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let found = folders.split(separator: ":").map { $0 + "/curl" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { return nil }
    path = found
  }

  /// The result of a transfer.
  struct Outcome {
    /// The exit status; curl's manual lists the values.
    let exitStatus: Int32
    /// The last HTTP status; 0 when there was none.
    let httpStatus: Int
    /// The error message.
    let message: String
  }

  /// Fetches `url` and appends the bytes to `partial`.
  ///
  /// The response headers go into the file at `headers`. `ifUnchanged` is a validator of the bytes
  /// in `partial`; if the file has changed, the server sends it from its beginning, which ends the
  /// transfer. So does a pause of `patience` seconds, or a total of more than `most` bytes. `watch`
  /// is called ten times a second.
  ///
  /// The bytes go through a pipe, so that curl never writes into a file that another program has
  /// taken over. curl ends with this program, even after SIGKILL.
  func fetch(
    _ url: String, into partial: PartialFile, headers: String, ifUnchanged: String?,
    patience: Int, most: Int, watch: () -> Void
  ) throws -> Outcome {
    var arguments = [
      // This option comes first, so that a person's own settings of curl cannot change the output.
      "--disable", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "10",
      // A redirect may lead neither to a file of this machine, nor from https to http.
      "--proto", "=http,https", "--proto-redir", url.hasPrefix("https:") ? "=https" : "=http,https",
      "--connect-timeout", "\(patience)", "--speed-limit", "1", "--speed-time", "\(patience)",
      "--max-filesize", "\(most)", "--dump-header", headers, "--no-buffer",
      "--continue-at", "\(partial.count)",
    ]
    if let ifUnchanged { arguments += ["--header", "If-Range: \(ifUnchanged)"] }

    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", Self.guarded, path] + arguments + ["--url", url]
    let (life, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = life
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let problem = receive(
      from: output.fileHandleForReading.fileDescriptor, into: partial, most: most, watch: watch)
    // Without this line the shell ends curl.
    if problem == nil { try? life.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }
    try? life.fileHandleForWriting.close()
    let message = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return problem
      ?? Outcome(
        exitStatus: process.terminationStatus,
        httpStatus: ResponseHeaders(path: headers).status ?? 0, message: Self.reason(message))
  }

  /// A shell script that becomes curl, and kills it when the shell's input ends without a line:
  /// then this program has stopped the transfer, or has ended.
  ///
  /// curl takes the shell's place, because a shell that waits for a child needs SIGCHLD, which may
  /// be blocked in the thread that starts it.
  private static let guarded = """
    trap '' HUP INT QUIT TERM
    exec 3<&0
    { read -r line || kill -9 $$; } <&3 3<&- >&- 2>&- &
    exec "$0" "$@" 3<&- </dev/null
    """

  /// Appends the bytes from a pipe to `partial`; returns the outcome of an error on this side, or
  /// nil.
  private func receive(
    from pipe: Int32, into partial: PartialFile, most: Int, watch: () -> Void
  ) -> Outcome? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var watched = ContinuousClock.now
    while true {
      var source = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      let isReady = poll(&source, 1, 100) > 0
      if ContinuousClock.now - watched >= .milliseconds(100) {
        watch()
        watched = .now
      }
      guard isReady else { continue }
      let count = read(pipe, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      // Before version 8.4, curl applies the limit only where the server states the size.
      guard partial.count + count <= most else {
        return Outcome(exitStatus: Self.tooLarge, httpStatus: 0, message: "")
      }
      if let reason = partial.append(buffer[..<count]) {
        return Outcome(exitStatus: Self.cannotWrite, httpStatus: 0, message: reason)
      }
    }
  }

  /// The exit status for a file that exceeds the limit.
  static let tooLarge: Int32 = 63
  /// The exit status for bytes that cannot be written.
  static let cannotWrite: Int32 = 23

  /// Returns curl's last message, without its name and number.
  private static func reason(_ message: String) -> String {
    let line = message.split(separator: "\n").last.map(String.init) ?? "no reason given"
    guard let end = line.firstIndex(of: ")"), line.hasPrefix("curl: (") else { return line }
    return String(line[line.index(after: end)...]).trimmingCharacters(in: .whitespaces)
  }
}

/// The headers of a server's response.
struct ResponseHeaders {
  private let fields: [String: String]
  /// The status of the response; nil where none came.
  private(set) var status: Int?

  /// Reads the headers that curl wrote to the file at `path`: a block for each redirect, the final
  /// response last.
  init(path: String) {
    let text = (try? FileBytes.contents(of: path, limit: 1 << 20)).map {
      String(decoding: $0, as: UTF8.self)
    }
    var fields: [String: String] = [:]
    for line in (text ?? "").split(whereSeparator: \.isNewline) {
      if line.hasPrefix("HTTP/") {
        fields = [:]
        status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
      }
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    self.fields = fields
  }

  /// The size of the whole file, even if only its end was requested.
  var length: Int? {
    if let range = fields["content-range"] {
      return range.split(separator: "/").last.flatMap { Int($0) }
    }
    return fields["content-length"].flatMap { Int($0) }
  }

  /// A value that changes with the file: a strong ETag, or a date.
  var validator: String? {
    if let tag = fields["etag"], !tag.hasPrefix("W/") { return tag }
    return fields["last-modified"]
  }
}
