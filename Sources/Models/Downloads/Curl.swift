import Foundation

/// The program curl, which knows networks: encryption, proxies, redirects.
struct Curl {
  /// Where it is.
  private let path: String

  /// Finds it as a shell would; nil where it is not installed.
  init?() {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let found = folders.split(separator: ":").map { $0 + "/curl" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { return nil }
    path = found
  }

  /// How a transfer ended.
  struct Outcome {
    /// The exit status; curl's manual lists them.
    let exitStatus: Int32
    /// The last HTTP status; 0 when there was none.
    let httpStatus: Int
    /// What it said.
    let message: String
  }

  /// Fetches `url` into the file at `partial`, behind what is there already.
  ///
  /// The answer's headers go into the file at `headers`. `ifUnchanged` is a validator of what is
  /// there; a server that has something else by now sends that from its beginning, which ends the
  /// transfer. It also ends when nothing came for `patience` seconds, and when more than `most` bytes
  /// came. `watch` is called ten times a second.
  func fetch(
    _ url: String, partial: String, headers: String, ifUnchanged: String?, patience: Int,
    most: Int, watch: () -> Void
  ) throws -> Outcome {
    var arguments = [
      // First, so that a person's own settings of curl can't change what is written.
      "--disable", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "10",
      // A redirect may not lead to a file of this machine, nor from https to http.
      "--proto", "=http,https", "--proto-redir", url.hasPrefix("https:") ? "=https" : "=http,https",
      "--connect-timeout", "\(patience)", "--speed-limit", "1", "--speed-time", "\(patience)",
      "--max-filesize", "\(most)", "--dump-header", headers, "--output", partial,
      "--write-out", "%{http_code}", "--continue-at", "\(Self.size(of: partial))",
    ]
    if let ifUnchanged { arguments += ["--header", "If-Range: \(ifUnchanged)"] }

    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments + ["--url", url]
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    while process.isRunning {
      usleep(100_000)
      watch()
      // Before version 8.4, curl minds the limit only where the server says how long the file is.
      if Self.size(of: partial) > most {
        // Whoever started the program may have it ignore gentler signals, and curl with it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return Outcome(exitStatus: Self.tooLarge, httpStatus: 0, message: "")
      }
    }
    let status = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let message = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return Outcome(
      exitStatus: process.terminationStatus, httpStatus: Int(status) ?? 0,
      message: Self.reason(message))
  }

  /// The exit status that says that there is more than may come.
  static let tooLarge: Int32 = 63

  /// The size of the file at `path`; 0 when there is none.
  static func size(of path: String) -> Int {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    return size ?? 0
  }

  /// What curl said last, without its name and number.
  private static func reason(_ message: String) -> String {
    let line = message.split(separator: "\n").last.map(String.init) ?? "no reason given"
    guard let end = line.firstIndex(of: ")"), line.hasPrefix("curl: (") else { return line }
    return String(line[line.index(after: end)...]).trimmingCharacters(in: .whitespaces)
  }
}

/// What a server said about a file before it sent it.
struct ResponseHeaders {
  private let fields: [String: String]

  /// Reads what curl wrote to the file at `path`: a block for each redirect, the answer's last.
  init(path: String) {
    let text = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    var fields: [String: String] = [:]
    for line in (text ?? "").split(whereSeparator: \.isNewline) {
      if line.hasPrefix("HTTP/") { fields = [:] }
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    self.fields = fields
  }

  /// The length of the whole file, whether all of it was asked for or its end.
  var length: Int? {
    if let range = fields["content-range"] {
      return range.split(separator: "/").last.flatMap { Int($0) }
    }
    return fields["content-length"].flatMap { Int($0) }
  }

  /// What changes when the file changes: a strong tag, or a date.
  var validator: String? {
    if let tag = fields["etag"], !tag.hasPrefix("W/") { return tag }
    return fields["last-modified"]
  }
}
