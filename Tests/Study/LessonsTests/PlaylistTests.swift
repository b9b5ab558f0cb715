import Foundation
import Testing

@testable import Lessons

/// Lists of lessons, as a teacher writes them.
@Suite struct PlaylistTests {
  private func playlist(_ text: String, files: [String: String] = [:]) throws -> Playlist {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, contents) in files.merging(["hour.playlist": text], uniquingKeysWith: { $1 }) {
      try Data(contents.utf8).write(to: folder.appendingPathComponent(name))
    }
    return try Playlist(
      contentsOf: folder.appendingPathComponent("hour.playlist").path, language: "de")
  }

  @Test func linesAreLessonsInOrder() throws {
    let list = try playlist(
      """
      # Monday
      picture
      padding layer conv3_2_dw channel 5 cell 3,4   # the second group too

      mine.lesson layer 7
      """, files: ["mine.lesson": "topic field\ntitle Mine\nlayer conv4_1_dw\n? How wide?\n"])
    #expect(list.entries.map(\.script.topic) == [.picture, .padding, .field])
    #expect(list.entries.map(\.layer?.value) == [nil, "conv3_2_dw", "7"])
    #expect(list.entries.map(\.channel?.value) == [nil, 5, nil])
    #expect(list.entries.map(\.cell?.value) == [nil, Playlist.Cell("3,4"), nil])
    #expect(list.entries[1].cell?.line == "hour.playlist:3")
    #expect(list.entries[0].script.language == "de")
  }

  @Test(arguments: [
    ("", "hour.playlist: no lesson"),
    ("cell\npadding colour red\n", "hour.playlist:2: “colour” means nothing here"),
    ("padding channel\n", "hour.playlist:1: channel: expected a number"),
    ("padding channel x\n", "hour.playlist:1: channel: expected a number"),
    ("padding cell 3\n", "hour.playlist:1: cell: expected a row and a column"),
    (
      "cell\nkell\n",
      "hour.playlist:2: “kell” is no file beside the playlist, and none"
    ),
  ])
  func mistakesAreNamed(text: String, message: String) throws {
    let error = try #require(throws: ScriptError.self) { try playlist(text) }
    #expect("\(error)".hasPrefix(message), "\(error)")
  }
}
