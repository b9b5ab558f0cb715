import Foundation
import Testing

/// A saved session, opened again with other options, in another place, and without its files.
@Suite(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"))
final class SessionTests {
  private let folder =
    FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    + "/session-\(UUID().uuidString)"
  private let said = ["--mean", "0", "--scale", "0.01", "--labels", "names.txt"]
  private let network = ["--weights", "mobilenet-0.25"]

  /// Makes a folder with a photo, names of classes, a lesson and an atlas.
  init() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/photos", withIntermediateDirectories: true)
    try copyContents(of: "Samples/Images/lemon.jpg", to: folder + "/photos/a.jpg")
    let atlas = try Program.run(
      ["atlas", folder + "/photos", "--image-means", "-o", folder + "/mine.atlas.safetensors"]
        + network)
    #expect(atlas.status == 0, "\(atlas.errors)")
    try copyContents(of: "Sources/Study/Lessons/Files/en/field.lesson", to: lesson)
    for file in ["names", "others"] {
      try write((0..<200).map { "\(file) \($0)\n" }.joined(), to: "\(folder)/\(file).txt")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Saves a session of the photo that is opened with `arguments`.
  private func save(_ arguments: [String]) throws {
    let arguments = ["photos/a.jpg"] + arguments + network
    let screen = try TmuxScreen(
      command: "cd \(quoted(folder)); "
        + ([Program.path] + arguments).map(quoted).joined(separator: " "))
    #expect(try screen.shows("mobilenet-0.25"))
    try FileManager.default.moveItem(
      atPath: screen.saveSession(in: folder), toPath: session)
  }

  private var session: String { folder + "/s.json" }
  private var lesson: String { folder + "/mine.lesson" }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Runs the program in `folder`; returns the lines with classes and their probabilities.
  private func answers(_ arguments: [String], in folder: String) throws -> [Substring] {
    let outcome = try Program.run(
      path: "/bin/sh",
      [
        "-c",
        "cd \(quoted(folder)) && "
          + ([Program.path] + arguments).map(quoted).joined(separator: " "),
      ])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    return lines.filter { $0.contains("names ") || $0.contains("others ") }
  }

  @Test func whatNoOptionSaysOtherwiseIsTheSessions() throws {
    try save(said)
    let photo = ["photos/a.jpg"] + network
    let usual = try answers([session], in: folder)
    #expect(!usual.isEmpty)
    #expect(try usual == answers(photo + said, in: folder))
    #expect(usual != (try answers(photo + said.suffix(2), in: folder)))
    for (given, all) in [
      (["--crop", "0.5"], said + ["--crop", "0.5"]),
      (["--labels", "others.txt"], Array(said.prefix(4)) + ["--labels", "others.txt"]),
      (["--mean", "9"], ["--mean", "9"] + said.suffix(4)),
      (["--input-range", "0..1"], ["--input-range", "0..1"] + said.suffix(2)),
    ] as [([String], [String])] {
      let expected = try answers(photo + all, in: folder)
      #expect(expected != usual)
      #expect(try answers([session] + given, in: folder) == expected, "\(given)")
    }
  }

  @Test func aSessionThatIsMovedWithItsFolderFindsItsFiles() throws {
    try save(said)
    let usual = try answers([session], in: folder)
    let moved = folder + "-moved"
    try FileManager.default.moveItem(atPath: folder, toPath: moved)
    defer { try? FileManager.default.moveItem(atPath: moved, toPath: folder) }
    #expect(!usual.isEmpty)
    #expect(try usual == answers([moved + "/s.json"], in: "/"))
  }

  @Test func anotherNetworksAtlasNeedsThatOfTheSession() throws {
    try save(["--atlas", "mine.atlas.safetensors"])
    let missing = try Program.run([session, "--other-atlas", folder + "/none"])
    #expect(missing.status == 66, "\(missing)")
    #expect(missing.errors.contains("explorer: --other-atlas \(folder)/none: no such file"))
    // Another network has another atlas.
    let other = try Program.run([session, "--other-atlas", "x", "--weights", "mobilenet-0.5"])
    #expect(other.status == 64 && other.errors.contains("with --atlas"), "\(other)")
  }

  @Test func lessonsThatAreGoneOrUnknownAreNamedWithTheSession() throws {
    try save(["--lessons", "./mine.lesson"])
    let saved = try String(contentsOfFile: session, encoding: .utf8)
    try FileManager.default.removeItem(atPath: lesson)
    let gone = try Program.run([session])
    #expect(gone.status == 66 && gone.output.isEmpty, "\(gone)")
    #expect(gone.errors.contains("\(session), a session: ./mine.lesson: no such"), "\(gone)")
    let unknown = saved.replacing("\"./mine.lesson\"", with: "\"foldings\"")
      .replacing("\".\\/mine.lesson\"", with: "\"foldings\"")
    try #require(unknown != saved)
    try write(unknown, to: session)
    let refused = try Program.run([session])
    #expect(refused.status == 65 && refused.output.isEmpty, "\(refused)")
    #expect(
      refused.errors.contains("\(session), a session: no lessons \"foldings\"; there are cell"))
    // Those that are named now count.
    #expect(try Program.run([session, "--lessons", "padding"]).status == 0)
  }
}
