import Foundation
import Testing

/// A stream in a real terminal and without one.
@Suite(.serialized)
struct LiveTests {
  private static let width = 64
  private static let height = 48

  /// Frames as YUV4MPEG2, each brighter than the one before.
  private static func frames(_ numbers: Range<Int>, width: Int = width) -> Data {
    var data = Data()
    for number in numbers {
      data += Data("FRAME\n".utf8)
      data += Data((0..<width * height).map { UInt8(truncatingIfNeeded: 16 + number * 5 + $0) })
    }
    return data
  }

  private static func header(width: Int = width) -> Data {
    Data("YUV4MPEG2 W\(width) H\(height) F100:1 Cmono\n".utf8)
  }

  private static let small = "--weights mobilenet-0.25 --resolution 64"

  /// A folder in which a FIFO called `stream` waits, and which is removed in the end.
  private func withFIFO(_ body: (_ folder: String, _ fifo: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let fifo = folder.appendingPathComponent("stream").path
    #expect(mkfifo(fifo, 0o600) == 0)
    try body(folder.path, fifo)
  }

  @Test(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"))
  func aPersonWatchesAStreamStopsItAndGoesBack() throws {
    signal(SIGPIPE, SIG_IGN)
    try withFIFO { folder, fifo in
      let screen = try TmuxScreen(
        width: 120, height: 30,
        command: "cd \(quoted(folder)); cat stream | \(quoted(Program.path)) live - --every-frame "
          + "\(Self.small); echo status=$?; read line")
      #expect(try screen.shows("waiting for frames"))
      let stream = try #require(FileHandle(forWritingAtPath: fifo))
      try stream.write(contentsOf: Self.header() + Self.frames(0..<20))
      #expect(try screen.shows("frame 19"))
      #expect(try screen.shows("no frames come"))
      // Keys come from the terminal, though standard input is the pipe.
      try screen.press("g")
      #expect(try screen.shows("channels by index"))
      try screen.press(",", ",")
      #expect(try screen.shows("paused ─ frame 17, 2 back"))
      try screen.press(".")
      #expect(try screen.shows("frame 18, 1 back"))
      // What comes meanwhile waits.
      try stream.write(contentsOf: Self.frames(20..<23))
      try screen.press(".", ".")
      #expect(try screen.shows("paused ─ frame 20"))
      try screen.press("Space")
      #expect(try screen.shows("frame 22"))
      try screen.press("R")
      #expect(try screen.shows(" frames: "))
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      let recording = try #require(files.first { $0.hasSuffix(".npy") })
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(recording)"))
      // All 23, unless the machine is so busy that they took longer than ten seconds.
      let count = (data.count - 128) / (4 * 32 * 32)
      #expect((1...23).contains(count) && data.count == 128 + 4 * count * 32 * 32)
      #expect(String(decoding: data.prefix(90), as: UTF8.self).contains("(\(count), 32, 32)"))
      // Another size, and then half a frame.
      try stream.write(
        contentsOf: Self.header(width: 80) + Self.frames(23..<24, width: 80)
          + Data("FRAME\nhalf".utf8))
      #expect(try screen.shows("80×48"))
      try stream.close()
      #expect(try screen.shows("ended in the middle of frame 24, after 4 of 3840 bytes"))
      try screen.press("Escape", "i")
      #expect(try screen.shows("what the network gets"))
      try screen.press("q", "q")
      #expect(try screen.shows("status=0"))
      #expect(try screen.shows("24 frames in, 24 inferred"))
      #expect(try screen.variable("alternate_on") == "0")
    }
  }

  @Test(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"))
  func aSourceThatNeverOpensIsLeftWithQ() throws {
    try withFIFO { folder, _ in
      let screen = try TmuxScreen(
        command: "cd \(quoted(folder)); \(quoted(Program.path)) live stream \(Self.small); "
          + "echo status=$?; read line")
      #expect(try screen.shows("waiting for frames"))
      try screen.press("q")
      #expect(try screen.shows("status=0"))
    }
  }

  /// The bytes of a stream, and the words on the screen until it is left.
  static let frameless: [(input: String, words: String)] = [
    ("hello\\n", "it begins with “hello”"),
    ("YUV4MPEG2 W64 H48 Cmono\\n", "ended behind its header, before the first frame"),
    ("", "ended without a frame"),
    ("YUV4MPEG2 W64\\n", "without a width W and a height H"),
    ("YUV4MPEG2 W64 H48 Cmono\\nFRAME\\nhalf", "of frame 0, after 4 of 3072 bytes"),
  ]

  @Test(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"), arguments: frameless)
  func aStreamWithoutAFrameIsSaidOnTheScreenAndByTheStatus(input: String, words: String) throws {
    let screen = try TmuxScreen(
      width: 120,
      command: "printf \(quoted(input)) | \(quoted(Program.path)) live - \(Self.small); "
        + "echo status=$?; read line")
    #expect(try screen.shows(words))
    #expect(try screen.shows("no frame came"))
    #expect(try screen.variable("alternate_on") == "1")
    try screen.press("q")
    #expect(try screen.shows("status=65"))
    #expect(try screen.shows("mobilenet-explorer: standard input: "))
    #expect(try screen.variable("alternate_on") == "0")
  }

  private func report(_ input: Data, _ arguments: String...) throws -> Program.Outcome {
    let small = Self.small.split(separator: " ").map(String.init)
    return try Program.run(["live", "-", "--rate", "0"] + arguments + small, input: input)
  }

  @Test func withoutATerminalTotalsAreToldAtTheEnd() throws {
    let outcome = try report(Self.header() + Self.frames(0..<12), "--every-frame")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let last = try #require(outcome.output.split(separator: "\n").last)
    #expect(last.hasPrefix("total: 12 frames in, 12 inferred, 0 skipped in "))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func linesOfJSONAddUp() throws {
    let outcome = try report(Self.header() + Self.frames(0..<30), "--json")
    let rows = try outcome.output.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let total = try #require(rows.last)
    #expect(total["kind"] as? String == "total" && total["read"] as? Int == 30)
    let (inferred, skipped) = (total["inferred"] as? Int, total["skipped"] as? Int)
    #expect((inferred ?? 0) + (skipped ?? 0) == 30)
    #expect(rows.dropLast().allSatisfy { $0["kind"] as? String == "second" })
  }

  /// The bytes of a stream, the number of frames in the totals, and the words in the line.
  static let mistakes: [(input: Data, frames: Int?, word: String)] = [
    (Data(), nil, "standard input: ended without a frame"),
    (Data("hello\n".utf8), nil, "begins with “hello”"),
    (header() + frames(0..<2).dropLast(9), 1, "in the middle of frame 1, after 3063 of 3072"),
  ]

  @Test(arguments: mistakes)
  func whatIsWrongIsNamedAfterTheTotalsIfThereAreAny(
    input: Data, frames: Int?, word: String
  ) throws {
    let outcome = try report(input)
    #expect(outcome.status == 65)
    let total = outcome.output.split(separator: ",").first.map(String.init)
    #expect(total == frames.map { "total: \($0) frames in" })
    #expect(outcome.errors.contains(word), "\(outcome.errors)")
  }

  @Test func aSourceThatIsNotThereIsNamed() throws {
    let outcome = try Program.run(["live", "nowhere.y4m"])
    #expect(outcome.status == 66 && outcome.errors.contains("nowhere.y4m: no such file"))
  }
}
