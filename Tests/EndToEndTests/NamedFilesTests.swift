import Foundation
import Testing

/// Files that are named by options: lists, labels and atlases, standard output, and those in a session.
@Suite final class NamedFilesTests {
  private let folder =
    FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    + "/named-\(UUID().uuidString)"

  /// Makes a folder with pictures of a lemon, and a list beside it.
  init() throws {
    for inside in ["photos", "val/lemon"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(inside)", withIntermediateDirectories: true)
      try copyContents(of: "Samples/Images/lemon.jpg", to: "\(folder)/\(inside)/a.jpg")
    }
    try Data("photos/a.jpg lemon\n".utf8).write(to: URL(fileURLWithPath: folder + "/list.txt"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private static let small = ["--weights", "mobilenet-0.25", "--resolution", "64"]

  @Test func rowsGoToStandardOutputAloneOrIntoAFile() throws {
    let arguments = ["evaluate", folder + "/val"] + Self.small
    let file = try Program.run(arguments + ["--csv", folder + "/a.csv"])
    #expect(file.status == 0 && file.output.contains("top-1"), "\(file)")
    let piped = try Program.run(arguments + ["--csv", "-"])
    #expect(piped.status == 0 && piped.output.hasPrefix("image,truth,"), "\(piped)")
    #expect(piped.output == (try String(contentsOfFile: folder + "/a.csv", encoding: .utf8)))
    #expect(try Program.run(arguments + ["--csv", "-", "--json"]).status == 64)
  }

  @Test func aWorksheetGoesToStandardOutput() throws {
    let arguments = ["lesson", folder + "/photos/a.jpg", "--quiz", "2"] + Self.small
    let file = try Program.run(arguments + ["--text", folder + "/a.txt"])
    #expect(file.output == "\(folder)/a.txt\n", "\(file)")
    let piped = try Program.run(arguments + ["--text", "-"])
    #expect(piped.output == (try String(contentsOfFile: folder + "/a.txt", encoding: .utf8)))
    #expect(try Program.run(arguments + ["--text", "-", "--json"]).status == 64)
  }

  @Test func anOptionThatIsGivenTwiceIsNoted() throws {
    let image = folder + "/photos/a.jpg"
    func errors(_ arguments: [String]) throws -> String {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 0, "\(outcome)")
      return outcome.errors
    }
    let once = ["heatmap", image, "--layer", "conv1", "--channel", "2"] + Self.small
    #expect(try errors(once).isEmpty)
    #expect(
      try errors(once + ["--channel=5"])
        == "mobilenet-explorer: --channel is given more than once; the last counts: 5\n")
    // The last counts, as in most programs, so that an alias can be overridden.
    #expect(
      try Program.run(once + ["--channel", "5"]).output
        == Program.run(once.map { $0 == "2" ? "5" : $0 }).output)
    let notes = try errors(["classify", image, "--weights", "mobilenet-0.5"] + Self.small)
    #expect(notes.contains("--weights is given more than once; the last counts: mobilenet-0.25"))
    // Without a command it is explore's; another name of an option is the same option.
    #expect(
      try errors([image, "--sample=", "--threads=1", "--threads=2"].filter { $0 != "--sample=" })
        .contains("--threads is given"))
    let output = ["features", folder + "/photos", "--output", "/nowhere/x.npy", "-o"]
    #expect(try errors(output + [folder + "/f.npy"] + Self.small).contains("-o is given more"))
    // Some take several values, and flags say the same twice.
    let several = ["compare", image, "--weights", "mobilenet-0.25", "--resolution", "64"]
    #expect(try errors(several + ["--resolution", "96", "--json", "--json"]).isEmpty)
  }

  @Test func aPipeWithoutAWriterIsNoEmptyPicture() throws {
    let pipe = folder + "/pipe.png"
    #expect(mkfifo(pipe, 0o600) == 0)
    let outcome = try Program.run(["classify", pipe])
    #expect(outcome.status == 66)
    #expect(outcome.errors == "mobilenet-explorer: \(pipe): is a pipe that nobody writes to\n")
  }

  /// A pipe can be read only once, so that nobody looks first what is in it.
  @Test func labelsMayComeThroughAPipe() throws {
    let names = "echo lemon; for n in $(seq 2 200); do echo class $n; done"
    let outcome = try Program.run(
      path: "/bin/bash",
      ["-c", "\"$0\" evaluate \"$1\" --labels <(\(names))", Program.path, folder + "/val"])
    #expect(outcome.status == 0 && outcome.output.contains("1 image"), "\(outcome)")
  }

  @Test(arguments: [0, 4, 100, -100_000, -1000])
  func anAtlasThatIsCutOffSaysWhere(length: Int) throws {
    let whole = try Data(
      contentsOf: URL(fileURLWithPath: "Weights/Atlases/mobilenet-0.25.safetensors"))
    let count = length < 0 ? whole.count + length : length
    let path = folder + "/cut.atlas.safetensors"
    try whole.prefix(count).write(to: URL(fileURLWithPath: path))
    // Of all arrays that are cut off the first is named.
    struct Place: Decodable { var data_offsets: [Int]? }
    let length = whole.prefix(8).enumerated().reduce(0) { $0 | Int($1.1) << (8 * $1.0) }
    let header = whole[8..<8 + length]
    let ends = try JSONDecoder().decode([String: Place].self, from: header)
      .compactMap { name, place in place.data_offsets.map { (name, 8 + header.count + $0[1]) } }
    let first = ends.sorted { $0.1 < $1.1 }.first { $0.1 > count }
    for arguments in [
      ["atlas", "show", path],
      [folder + "/photos/a.jpg", "--atlas", path, "--weights", "mobilenet-0.25"],
    ] {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 65 && outcome.output.isEmpty, "\(outcome)")
      let words = count < 100 ? "it looks like" : "it ends early, after \(count) bytes"
      #expect(outcome.errors.contains("\(path): is "), "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      guard count > 8 + header.count, let first else { continue }
      #expect(outcome.errors.contains("; \(first.0) goes to byte \(first.1)"), "\(outcome.errors)")
    }
  }

  @Test func aFolderBeginsWithTheFirstImageThatCanBeRead() throws {
    let (photos, broken) = (folder + "/photos", Data("x\n".utf8))
    try FileManager.default.moveItem(atPath: photos + "/a.jpg", toPath: photos + "/c.jpg")
    for name in ["a", "b"] {
      try broken.write(to: URL(fileURLWithPath: "\(photos)/\(name).jpg"))
    }
    let outcome = try Program.run([photos] + Self.small)
    #expect(outcome.status == 0 && outcome.output.contains("c.jpg"), "\(outcome)")
    #expect(
      outcome.errors.hasPrefix("mobilenet-explorer: \(photos)/a.jpg: not a PNG or JPEG picture"))
    #expect(outcome.errors.hasSuffix(" (and 1 more cannot be read)\n"), "\(outcome.errors)")
    try broken.write(to: URL(fileURLWithPath: photos + "/c.jpg"))
    let none = try Program.run([photos] + Self.small)
    #expect(none.status == 65 && none.output.isEmpty, "\(none)")
    #expect(none.errors.hasPrefix("mobilenet-explorer: \(photos)/a.jpg: not a PNG or JPEG"))
  }

  @Test func aListNamesImagesBesideThePhotoOrBesideItself() throws {
    let (photo, list) = (folder + "/photos/a.jpg", folder + "/list.txt")
    // The list is beside the folder of the photo, and its paths begin there.
    for image in [photo, folder] {
      let outcome = try Program.run([image, "--truth", list] + Self.small)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
    }
    let elsewhere = try Program.run([folder + "/val", "--truth", list] + Self.small)
    #expect(elsewhere.status == 65 && elsewhere.output.isEmpty, "\(elsewhere)")
    #expect(elsewhere.errors.contains("--truth \(list): none of its images is in \(folder)/val"))
  }

  @Test(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"))
  func aSessionKeepsTheFilesThatWereNamed() throws {
    let atlas =
      FileManager.default.currentDirectoryPath + "/Weights/Atlases/mobilenet-0.25.safetensors"
    let arguments =
      [folder, "--truth", folder + "/list.txt", "--lessons", "padding", "--atlas", atlas]
      + ["--weights", "mobilenet-0.25"]
    let screen = try TmuxScreen(
      command: "cd \"$XDG_STATE_HOME\"; "
        + ([Program.path] + arguments).map(quoted).joined(separator: " "))
    #expect(try screen.shows("mobilenet-0.25"))
    let path = try screen.saveSession(in: screen.folder.path)
    let session = try TmuxScreen(command: "\(quoted(Program.path)) \(quoted(path))")
    #expect(try session.shows("mobilenet-0.25"))
    try session.press("(")
    #expect(try session.shows("1 image"))
    try session.press("C-c")

    let saved = try String(contentsOfFile: path, encoding: .utf8)
    for words in ["\"folder\"", "\"lessons\"", "\"padding\"", "\"truth\"", "\"atlas\""] {
      #expect(saved.contains(words), "\(saved)")
    }
    // What is gone since is named, with the session.
    try FileManager.default.removeItem(atPath: folder + "/list.txt")
    let gone = try Program.run([path])
    #expect(gone.status == 66, "\(gone)")
    #expect(gone.errors.contains("\(path), a session: \(folder)/list.txt: "), "\(gone.errors)")
    // An unknown layer is told in a pipe as well.
    try Data("photos/a.jpg lemon\n".utf8).write(to: URL(fileURLWithPath: folder + "/list.txt"))
    let other = saved.replacing("\"layer\" : \"conv1\"", with: "\"layer\" : \"convX\"")
    try #require(other != saved)
    try Data(other.utf8).write(to: URL(fileURLWithPath: path))
    let piped = try Program.run([path])
    #expect(
      piped.status == 0 && piped.errors.contains("no such thing here: layer convX"), "\(piped)")
  }
}
