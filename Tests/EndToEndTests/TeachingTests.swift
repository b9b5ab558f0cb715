import Foundation
import Testing

/// The lesson that is promised to a teacher, from its first key to its last.
@Suite(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"), .serialized)
struct TeachingTests {
  /// A row of the table under "Teach with it".
  struct Minute {
    let keys: [String]
    let promise: String
  }

  /// The page's names of keys that tmux calls otherwise.
  private static let keyNames = [
    "↓": "Down", "↑": "Up", "→": "Right", "←": "Left", "space": "Space",
  ]

  private func minutes() throws -> [Minute] {
    let text = try String(contentsOfFile: ".github/TEACHING.md", encoding: .utf8)
    let section = try #require(text.components(separatedBy: "## Teach with it").dropFirst().first)
    let rows = try #require(section.components(separatedBy: "\n## ").first)
      .split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
    return try rows.map { row in
      let columns = row.components(separatedBy: " | ")
      try #require(columns.count == 4)
      func quoted(_ column: String) -> [String] {
        column.components(separatedBy: "`").enumerated().compactMap {
          $0.offset % 2 == 1 ? $0.element : nil
        }
      }
      return Minute(
        keys: quoted(columns[1]).map { Self.keyNames[$0] ?? $0 },
        promise: try #require(quoted(columns[2]).first))
    }
  }

  @Test func theLessonThatReadmePromisesCanBeGiven() throws {
    let minutes = try minutes()
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
}
