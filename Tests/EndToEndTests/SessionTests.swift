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

  /// Saves a session of `image`, opened with `arguments`.
  private func save(_ arguments: [String], of image: String = "photos/a.jpg") throws {
    let arguments = [image] + arguments + network
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
    let outcome = try Program.run(arguments, in: folder)
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

  /// The atlas is of pictures cropped otherwise: everything else is there, and it stays in the session.
  @Test func anAtlasOfOtherPreprocessingIsNamedAndKept() throws {
    try save(["--atlas", "mine.atlas.safetensors"])
    let piped = try Program.run([session, "--crop", "0.5"])
    #expect(piped.status == 0 && piped.output.contains("mobilenet-0.25"), "\(piped)")
    #expect(piped.errors.contains("/mine.atlas.safetensors: was made with other options"))
    #expect(piped.errors.split(separator: "\n").count == 1, "\(piped.errors)")
    #expect(try Program.run([session]).errors.isEmpty)
    let screen = try TmuxScreen(
      width: 240, height: 50,
      command: "cd \(quoted(folder)); \(quoted(Program.path)) s.json --crop 0.5")
    #expect(try screen.shows("was made with other options"))
    try FileManager.default.removeItem(atPath: session)
    let again = try String(contentsOfFile: screen.saveSession(in: folder), encoding: .utf8)
    #expect(again.contains("mine.atlas.safetensors") && again.contains("\"crop\""), "\(again)")
    // Who names the atlas wants it.
    let named = try Program.run(
      ["photos/a.jpg", "--crop", "0.5", "--atlas", "mine.atlas.safetensors"] + network, in: folder)
    #expect(named.status == 65 && named.output.isEmpty, "\(named)")
    #expect(named.errors.contains("an atlas of mobilenet-0.25 with another preprocessing"))
  }

  @Test(arguments: [[], ["--plain"]])
  func aPhotoThatIsGoneIsToldOnTheScreen(options: [String]) throws {
    try copyContents(of: "Samples/Images/banana.jpg", to: folder + "/photos/b.jpg")
    try save([], of: "photos")
    try FileManager.default.removeItem(atPath: folder + "/photos/a.jpg")
    let screen = try TmuxScreen(
      width: 240, height: 50,
      command: ([Program.path, session] + options).map(quoted).joined(separator: " "))
    #expect(try screen.shows("photos/a.jpg: no such file"))
    #expect(try screen.shows("b.jpg"))
    let piped = try Program.run([session])
    #expect(piped.status == 0 && piped.output.contains("b.jpg"), "\(piped)")
    #expect(piped.errors.contains("photos/a.jpg: no such file"), "\(piped.errors)")
    try FileManager.default.removeItem(atPath: folder + "/photos/b.jpg")
    #expect(try Program.run([session]).status == 66)
  }

  /// The session is moved without its photo; the working directory has one of that name.
  @Test func anotherPhotoOfThatNameIsNotTaken() throws {
    try save([])
    let other = folder + "/other"
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: session, toPath: other + "/s.json")
    let outcome = try Program.run(["other/s.json"], in: folder)
    #expect(outcome.status == 66 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains("\(other)/photos/a.jpg: no such file"), "\(outcome)")
  }

  @Test func anAtlasThatIsGoneOrCutIsNamedAndKept() throws {
    try save(["--atlas", "mine.atlas.safetensors"])
    let atlas = folder + "/mine.atlas.safetensors"
    let whole = try Data(contentsOf: URL(fileURLWithPath: atlas))
    for content in [nil, whole.prefix(1000)] {
      try FileManager.default.removeItem(atPath: atlas)
      try content?.write(to: URL(fileURLWithPath: atlas))
      let outcome = try Program.run([session])
      #expect(outcome.status == 0 && outcome.output.contains("mobilenet-0.25"), "\(outcome)")
      #expect(outcome.errors.contains("\(atlas): "), "\(outcome)")
      #expect(outcome.errors.hasSuffix("; not shown, and kept in the session\n"), "\(outcome)")
      if content == nil { try whole.write(to: URL(fileURLWithPath: atlas)) }
    }
    // Another network has another atlas.
    try whole.write(to: URL(fileURLWithPath: atlas))
    let other = try Program.run([session, "--weights", "mobilenet-0.5"])
    #expect(other.status == 0 && other.errors.contains("\(atlas): was made with"), "\(other)")
  }

  @Test func theReportIsOfWhatIsSwitchedOff() throws {
    try save([])
    let whole = try Program.run([session])
    #expect(whole.status == 0 && !whole.output.contains(" off"), "\(whole)")
    let saved = try String(contentsOfFile: session, encoding: .utf8)
    let off = saved.replacing(
      /"switchedOff" : \[\s*\]/, with: #""switchedOff" : [{"layer": "conv6_sep", "whole": true}]"#)
    try #require(off != saved)
    try write(off, to: session)
    let patched = try Program.run([session])
    #expect(patched.output.contains(" with 1 layer off\n"), "\(patched)")
    #expect(patched.output.contains("  all of conv6_sep: off\n"), "\(patched)")
    #expect(try answer(whole) != answer(patched))
    let other = try Program.run([session, "--weights", "mobilenet-0.5"])
    #expect(
      other.errors.contains("1 layer off in mobilenet-0.5, as in the session with mobilenet-0.25"),
      "\(other)")
  }

  /// Returns the first line of a report with a probability.
  private func answer(_ outcome: Program.Outcome) throws -> Substring {
    try #require(outcome.output.split(separator: "\n").first { $0.contains(" %") })
  }

  @Test func lessonsThatAreGoneOrUnknownAreNamedWithTheSession() throws {
    try save(["--lessons", "./mine.lesson"])
    let saved = try String(contentsOfFile: session, encoding: .utf8)
    try FileManager.default.removeItem(atPath: lesson)
    let gone = try Program.run([session])
    #expect(gone.status == 66 && gone.output.isEmpty, "\(gone)")
    let place = "\(session), a session: \(lesson): no such"
    #expect(gone.errors.contains(place), "\(gone)")
    let unknown = saved.replacing("\"./mine.lesson\"", with: "\"foldings\"")
      .replacing("\".\\/mine.lesson\"", with: "\"foldings\"")
    try #require(unknown != saved)
    try write(unknown, to: session)
    let refused = try Program.run([session])
    #expect(refused.status == 65 && refused.output.isEmpty, "\(refused)")
    #expect(
      refused.errors.contains("\(session), a session: no lessons \"foldings\"; there are cell"))
    // Older sessions have one text with commas.
    let older = saved.replacing(/"lessons" : \[[^\]]*\]/, with: "\"lessons\" : \"cell,foldings\"")
    try #require(older != saved)
    try write(older, to: session)
    #expect(try Program.run([session]).errors.contains("no lessons \"cell,foldings\"; there are"))
    // Those that are named now count.
    #expect(try Program.run([session, "--lessons", "padding"]).status == 0)
  }
}

extension Program {
  /// Runs the program in `folder`.
  fileprivate static func run(_ arguments: [String], in folder: String) throws -> Outcome {
    try run(
      path: "/bin/sh",
      [
        "-c",
        "cd \(quoted(folder)) && "
          + ([Program.path] + arguments).map(quoted).joined(separator: " "),
      ])
  }
}
