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
      padding layer conv3_2_dw channel 5 place 3,4   # the second group too

      mine.lesson layer 7
      """, files: ["mine.lesson": "topic field\ntitle Mine\nlayer conv4_1_dw\n? How wide?\n"])
    #expect(list.entries.map(\.script.topic) == [.picture, .padding, .field])
    #expect(list.entries.map(\.layer?.value) == [nil, "conv3_2_dw", "7"])
    #expect(list.entries.map(\.channel?.value) == [nil, 5, nil])
    #expect(list.entries.map(\.cell?.value) == [nil, Playlist.Cell("3,4"), nil])
    #expect(list.entries[1].cell?.line.hasSuffix("/hour.playlist:3") == true)
    #expect(list.entries[0].script.language == "de")
  }

  @Test(arguments: [
    ("", "hour.playlist: no lesson"),
    ("cell\npadding colour red\n", "hour.playlist:2: “colour” means nothing here"),
    ("padding channel\n", "hour.playlist:1: channel: expected a number"),
    ("padding channel x\n", "hour.playlist:1: channel: expected a number"),
    ("padding cell 3\n", "hour.playlist:1: place: expected a row and a column"),
    (
      "cell\nkell\n",
      "hour.playlist:2: “kell” is no file beside the playlist, and none"
    ),
    ("cell\nb.playlist\n", "hour.playlist:2: “b.playlist” is a playlist itself"),
    ("cell cell 1,1 place 2,2\n", "hour.playlist:1: a second “place”"),
    ("cell layer 1 channel 2 layer 3\n", "hour.playlist:1: a second “layer”"),
    ("topic cell\ntitle A\n", "hour.playlist:1: “topic” is no file beside the playlist"),
    ("\tcell\tlayer\n", "hour.playlist:1: layer: expected a name or a number"),
    ("cell\nmine.lesson\n", "mine.lesson:2: title: expected a sentence"),
  ])
  func mistakesAreNamed(text: String, message: String) throws {
    let files = ["b.playlist": "cell\n", "mine.lesson": "topic cell\ntitle\n"]
    let error = try #require(throws: ScriptError.self) { try playlist(text, files: files) }
    // With the whole path, as it was given.
    #expect(error.file.hasPrefix(FileManager.default.temporaryDirectory.path), "\(error)")
    #expect("\(error)".contains("/" + message), "\(error)")
  }
}
