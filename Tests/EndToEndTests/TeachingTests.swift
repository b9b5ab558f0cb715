import Foundation
import Synchronization
import Testing

/// The lessons that are promised to a teacher, from their first keys to their last.
@Suite(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"), .serialized)
struct TeachingTests {
  /// A row of one of the tables.
  struct Minute {
    /// The picture before the camera; nil without one.
    let subject: String
    let keys: [String]
    let promise: String
  }

  /// The page's names of keys that tmux calls otherwise.
  private static let keyNames = [
    "↓": "Down", "↑": "Up", "→": "Right", "←": "Left", "space": "Space",
  ]

  /// The rows under `title`, which have so many columns.
  private func minutes(under title: String, columns count: Int) throws -> [Minute] {
    let text = try String(contentsOfFile: ".github/TEACHING.md", encoding: .utf8)
    let section = try #require(text.components(separatedBy: "## \(title)\n").dropFirst().first)
    let rows = try #require(section.components(separatedBy: "\n## ").first)
      .split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
    return try rows.map { row in
      let columns = row.components(separatedBy: " | ")
      try #require(columns.count == count)
      func quoted(_ column: String) -> [String] {
        column.components(separatedBy: "`").enumerated().compactMap {
          $0.offset % 2 == 1 ? $0.element : nil
        }
      }
      return Minute(
        subject: count > 4 ? columns[1] : "",
        keys: quoted(columns[count - 3]).map { Self.keyNames[$0] ?? $0 },
        promise: try #require(quoted(columns[count - 2]).first))
    }
  }

  @Test func theLessonThatReadmePromisesCanBeGiven() throws {
    let minutes = try minutes(under: "Teach with it", columns: 4)
    #expect(minutes.count >= 15)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let photo = FileManager.default.currentDirectoryPath + "/Samples/Images/circle.png"
    let screen = try TmuxScreen(
      width: 120, height: 40,
      command: "cd \(quoted(folder.path)) && \(quoted(Program.path)) \(quoted(photo)) "
        + "--weights mobilenet-0.25 --resolution 64; echo status=$?; read line")
    #expect(try screen.shows("▸ 1 conv1"))
    #expect(try screen.shows(" % "))
    for minute in minutes {
      for key in minute.keys { try screen.press(key) }
      let isKept = try screen.shows(minute.promise)
      let seen = try screen.text()
      #expect(isKept, "\(minute.keys) \(minute.promise)\n\(seen)")
    }
    let saved = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(saved.count == 1 && saved[0].hasSuffix(".html"))
    // q leaves the lesson, and then the program.
    try screen.press("q")
    #expect(try screen.shows("▸ "))
    try screen.press("q")
    #expect(try screen.shows("status=0"))
  }

  /// A camera that shows what it is told, until it is closed.
  private final class Camera: Sendable {
    private let subject = Mutex<String?>("")

    /// Sends ten frames a second to the pipe at `path`.
    init(_ path: String) throws {
      let stream = try #require(FileHandle(forWritingAtPath: path))
      try stream.write(contentsOf: Data("YUV4MPEG2 W64 H48 F10:1 Cmono\n".utf8))
      Thread.detachNewThread { [self] in
        var number = 0
        while let now = subject.withLock({ $0 }) {
          let (period, shift) = (3 + now.utf8.count * 7 % 13, number % 9)
          let pixels = (0..<64 * 48).map { place in
            let (x, y) = (place % 64, place / 64)
            return UInt8(now == "the table" ? 30 + shift : 60 + (x + shift) / period * y % 150)
          }
          try? stream.write(contentsOf: Data("FRAME\n".utf8) + Data(pixels))
          number += 1
          Thread.sleep(forTimeInterval: 0.1)
        }
        try? stream.close()
      }
    }

    func show(_ subject: String?) { self.subject.withLock { $0 = subject } }
  }

  /// The number of pictures of all classes.
  private func pictures(_ text: String) -> Int {
    text.firstMatch(of: /teach: \d+ class\w*, (\d+) picture/).flatMap { Int($0.output.1) } ?? 0
  }

  @Test func theLessonWithACameraCanBeGiven() throws {
    signal(SIGPIPE, SIG_IGN)
    let minutes = try minutes(under: "Teach a machine with them", columns: 5)
    #expect(minutes.count >= 12)
    let screen = try TmuxScreen(
      width: 120, height: 40,
      command: "cd \"$XDG_STATE_HOME\"; mkfifo stream; cat stream | \(quoted(Program.path)) live - "
        + "--weights mobilenet-0.25 --resolution 64; echo ended; read line")
    #expect(try screen.shows("waiting for frames"))
    let camera = try Camera(screen.folder.path + "/stream")
    defer { camera.show(nil) }
    // Before the first frame there is nothing to record.
    #expect(try screen.waits { !$0.contains("waiting for frames") })
    for minute in minutes {
      camera.show(minute.subject)
      let before = try pictures(screen.text())
      for key in minute.keys { try screen.press(key) }
      let isKept = try screen.waits {
        $0.contains(minute.promise) && !$0.contains("reading what was taught")
      }
      let seen = try screen.text()
      #expect(isKept, "\(minute.keys) \(minute.promise)\n\(seen)")
      if minute.promise.hasSuffix("●") {
        #expect(try screen.waits { pictures($0) >= before + 6 })
      }
    }
    let taught = try FileManager.default.contentsOfDirectory(
      atPath: screen.folder.path + "/taught")
    #expect(taught.sorted() == ["class 3", "cup", "pen"])
  }
}
