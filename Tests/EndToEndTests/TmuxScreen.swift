import Foundation
import Testing

/// A real terminal without a window: a tmux server of its own, whose screen can be read.
final class TmuxScreen {
  /// Where tmux is; nil where it is not installed.
  static let tmux = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// A folder of the terminal's own, in which the program finds nobody's settings.
  let folder: URL
  private let socket: String

  /// Opens a terminal of `width` × `height` that runs `command` in a shell.
  init(
    width: Int = 80, height: Int = 24, environment: [String: String] = [:], command: String
  ) throws {
    socket = "mobilenet-explorer-\(UUID().uuidString)"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(socket)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let own = ["XDG_CONFIG_HOME": folder.path, "XDG_STATE_HOME": folder.path]
    var arguments = [
      "-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)",
    ]
    for (name, value) in own.merging(environment, uniquingKeysWith: { $1 }) {
      arguments += ["-e", "\(name)=\(value)"]
    }
    try tmux(arguments + ["env -u NO_COLOR sh -c \(quoted(command))"])
  }

  deinit {
    _ = try? tmux(["kill-server"])
    try? FileManager.default.removeItem(at: folder)
    // The server leaves its socket behind.
    let sockets = ProcessInfo.processInfo.environment["TMUX_TMPDIR"] ?? "/tmp"
    try? FileManager.default.removeItem(atPath: "\(sockets)/tmux-\(getuid())/\(socket)")
  }

  /// The text on the screen; with its escape sequences if `styled`.
  func text(styled: Bool = false) throws -> String {
    try tmux(["capture-pane", "-p"] + (styled ? ["-e"] : []))
  }

  /// Presses keys, as tmux names them.
  func press(_ keys: String...) throws {
    try tmux(["send-keys"] + keys)
  }

  /// Saves a session in the explorer, which runs in `folder`, and quits; returns the session's path.
  func saveSession(in folder: String) throws -> String {
    try press("s", "7")
    #expect(try shows("saved "))
    try press("C-c")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return folder + "/" + (try #require(names.first { $0.hasSuffix(".json") }))
  }

  /// Sends characters as they are, past tmux's own names of keys.
  func send(_ characters: String) throws {
    try tmux(["send-keys", "-H"] + characters.utf8.map { String($0, radix: 16) })
  }

  /// Pastes text, which a program that asked for it hears as pasted.
  func paste(_ text: String) throws {
    try tmux(["set-buffer", text])
    try tmux(["paste-buffer", "-p", "-r"])
  }

  /// Presses the left button over a cell and lets it go, or turns the wheel down, `times` times.
  ///
  /// A terminal sends both halves of a click by themselves, or a slow line brings all at once.
  func click(x: Int, y: Int, wheel: Bool = false, times: Int = 1, atOnce: Bool = false) throws {
    // X10's encoding, which tmux's own description of a terminal names; cells count from 1.
    let place = [UInt8(32 + x + 1), UInt8(32 + y + 1)]
    let buttons: [UInt8] = wheel ? [97] : [32, 35]
    let reports = (0..<times).flatMap { _ in
      buttons.map { [0x1B, UInt8(ascii: "["), UInt8(ascii: "M"), $0] + place }
    }
    for bytes in atOnce ? [reports.flatMap(\.self)] : reports {
      try tmux(["send-keys", "-H"] + bytes.map { String($0, radix: 16) })
    }
  }

  /// Clicks on the first `text` that is found on the screen.
  func click(on text: String) throws {
    let lines = try self.text().split(separator: "\n", omittingEmptySubsequences: false)
    for (y, line) in lines.enumerated() {
      guard let found = line.firstRange(of: text) else { continue }
      return try click(x: line.distance(from: line.startIndex, to: found.lowerBound), y: y)
    }
    throw POSIXError(.ENOENT)
  }

  /// Lets programs put text into tmux's paste buffer, as terminals let them into the clipboard.
  func allowCopying() throws {
    try tmux(["set-option", "-s", "set-clipboard", "on"])
  }

  /// The text that was copied last.
  func copied() throws -> String { try tmux(["show-buffer"]) }

  /// Gives the terminal another size.
  func resize(width: Int, height: Int) throws {
    try tmux(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  /// A variable of tmux, `alternate_on` for example.
  func variable(_ name: String) throws -> String {
    try tmux(["display-message", "-p", "#{\(name)}"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Closes the terminal under the program.
  func close() throws {
    try tmux(["kill-server"])
  }

  /// Waits until the screen satisfies `condition`, at most so many `seconds`; answers whether it ever
  /// did.
  func waits(seconds: Double = 20, _ condition: (String) throws -> Bool) throws -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    repeat {
      if try condition(try text()) { return true }
      usleep(20_000)
    } while Date() < deadline
    return false
  }

  /// Waits until `text` stands on the screen.
  func shows(_ text: String) throws -> Bool { try waits { $0.contains(text) } }

  /// Presses `key`, which does no harm when it is pressed again, until `text` stands on the screen.
  func shows(_ text: String, pressing key: String) throws -> Bool {
    try waits { _ in
      try press(key)
      return try waits(seconds: 0.5) { $0.contains(text) }
    }
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: output) }
    let command =
      "LC_ALL=C.UTF-8 TERM=xterm-256color exec "
      + ([Self.tmux ?? "tmux", "-L", socket] + arguments).map(quoted).joined(separator: " ")
      + " > \(quoted(output.path)) 2>/dev/null"
    // Not Foundation's Process, which waits until nobody has its files open any more: the server
    // that the first command leaves behind has.
    var process = pid_t()
    let words = Self.strings(["/bin/sh", "-c", command])
    let environment = Self.strings(
      ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" })
    defer { (words + environment).forEach { free($0) } }
    // The threads of a test block signals, and what they start would block them too.
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    defer { posix_spawnattr_destroy(&attributes) }
    guard posix_spawn(&process, "/bin/sh", nil, &attributes, words, environment) == 0 else {
      throw POSIXError(.ECHILD)
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return String(decoding: (try? Data(contentsOf: output)) ?? Data(), as: UTF8.self)
  }

  /// A list of strings for C; each is to be freed.
  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}

/// `text` as one word for a shell.
func quoted(_ text: String) -> String {
  "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
}
