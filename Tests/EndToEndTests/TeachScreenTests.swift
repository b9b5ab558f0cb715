import Foundation
import Testing

/// Own classes on the screen, in a real terminal.
@Suite(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"), .serialized)
struct TeachScreenTests {
  private static let network = ["--weights", "mobilenet-0.25", "--resolution", "64"]

  /// The explorer on four photos, in the folder of its terminal.
  private func explorer() throws -> TmuxScreen {
    let screen = try TmuxScreen(
      width: 120, height: 40,
      command: "read line; cd \"$XDG_STATE_HOME\"; while true; do \(quoted(Program.path)) photos "
        + Self.network.joined(separator: " ") + "; stty sane; echo ended; read line; done")
    let photos = screen.folder.path + "/photos"
    try FileManager.default.createDirectory(atPath: photos, withIntermediateDirectories: true)
    for image in ["circle.png", "edges.png", "gradient.png", "stripes.png"] {
      try copyContents(of: "Samples/Images/\(image)", to: "\(photos)/\(image)")
    }
    try screen.press("Enter")
    #expect(try screen.shows(" % "))
    return screen
  }

  /// The program of the terminal ends as by a crash, and is started again.
  private func kill(_ screen: TmuxScreen) throws {
    let found = Process()
    found.executableURL = URL(fileURLWithPath: "/bin/sh")
    found.arguments = [
      "-c",
      "for p in /proc/[0-9]*; do [ \"$(readlink $p/cwd)\" = \(quoted(screen.folder.path)) ] && "
        + "[ \"$(readlink $p/exe)\" = \"$(readlink -f \(quoted(Program.path)))\" ] && "
        + "kill -9 ${p#/proc/}; done; true",
    ]
    try found.run()
    found.waitUntilExit()
  }

  @Test func photosTeachClassesThatOutliveACrashAndAreWhatLearnMakes() throws {
    let screen = try explorer()
    let folder = screen.folder.path
    try screen.press("T")
    #expect(try screen.shows("teach: 0 classes, 0 pictures"))
    for (digit, next) in [("1", "edges.png"), ("2", "gradient.png"), ("1", "stripes.png")] {
      try screen.press(digit)
      #expect(try screen.shows(" \(next) ─"))
    }
    try screen.press("2")
    #expect(try screen.shows("of those held back"))
    try screen.press("C", "round", "Enter")
    #expect(try screen.shows("2 round"))
    #expect(try screen.shows("of those held back"))
    try screen.press("S")
    #expect(try screen.shows("saved taught.safetensors"))
    try screen.press("E")
    #expect(try screen.shows("4 pictures copied to taught/"))

    let learned = try Program.run(
      ["learn", folder + "/taught", "-o", folder + "/learned.safetensors"] + Self.network)
    #expect(learned.status == 0 && learned.output.contains("\n  2  class 1\n  2  round\n"))
    let difference = try Program.run(
      [
        "weights", "verify", folder + "/taught.safetensors", "Samples/Images/teapot.jpg",
        "--against", folder + "/learned.safetensors",
      ])
    #expect(difference.status == 0, "\(difference.output)")

    try kill(screen)
    #expect(try screen.shows("ended"))
    try screen.press("Enter")
    #expect(try screen.shows("circle.png"))
    try screen.press("T")
    #expect(try screen.shows("teach: 2 classes, 4 pictures ─ learned"))
    // Every screen looks through what was taught.
    try screen.press("Enter")
    #expect(try screen.shows("taught at 64"))
    try screen.press("e")
    #expect(try screen.waits { $0.contains("round") && $0.contains("class 1") })
  }

  @Test func anAtlasIsBundledAndOneOfTheOpenFolderIsMade() throws {
    let screen = try explorer()
    try screen.press("A")
    #expect(try screen.shows("Over 10,000 images at 224"))
    #expect(try screen.shows("AUC"))
    try screen.press("Y")
    #expect(try screen.shows("Over 4 images at 64"))
    #expect(try screen.waits { $0.contains("circle.png") && $0.contains("stripes.png") })
    try screen.press("Right", "Enter")
    #expect(try screen.waits { !$0.split(separator: "\n")[0].contains(" circle.png ─") })
  }

  @Test func framesTeachWhileADigitIsHeld() throws {
    signal(SIGPIPE, SIG_IGN)
    let screen = try TmuxScreen(
      width: 120, height: 40,
      command: "cd \"$XDG_STATE_HOME\"; mkfifo stream; cat stream | \(quoted(Program.path)) live - "
        + Self.network.joined(separator: " ") + "; echo ended; read line")
    #expect(try screen.shows("waiting for frames"))
    let stream = try #require(FileHandle(forWritingAtPath: screen.folder.path + "/stream"))
    var number = 0
    func send(_ count: Int, _ value: (Int, Int) -> Int) throws {
      for _ in 0..<count {
        var frame = Data("FRAME\n".utf8)
        frame += Data((0..<64 * 48).map { UInt8(truncatingIfNeeded: value(number, $0)) })
        try stream.write(contentsOf: frame)
        number += 1
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
    func counts() throws -> [Int] {
      let line = try screen.text().split(separator: "\n").first {
        $0.contains(" pictures") && !$0.contains("teach:")
      }
      return line?.split { " │┃".contains($0) }.compactMap { Int($0) } ?? []
    }
    /// Holds a digit while frames come, until more than one went into its class: on a busy machine
    /// few of them are seen.
    func teach(_ digit: Int, _ value: (Int, Int) -> Int) throws {
      let deadline = Date(timeIntervalSinceNow: 20)
      repeat {
        try screen.press("\(digit)")
        try send(5, value)
      } while try counts().prefix(digit).filter({ $0 > 1 }).count < digit && Date() < deadline
    }
    try stream.write(contentsOf: Data("YUV4MPEG2 W64 H48 F100:1 Cmono\n".utf8))
    try send(2) { 16 + $0 * 9 + $1 }
    #expect(try screen.waits { !$0.contains("waiting for frames") })
    try screen.press("T")
    #expect(try screen.shows("teach: 0 classes"))
    try teach(1) { 16 + $0 * 9 + $1 }
    try teach(2) { 40 + $0 * 7 + $1 % 8 * 25 }
    // More than one frame went into each, and the bars say what is seen now.
    #expect(try screen.waits { _ in try counts().count == 2 && counts().allSatisfy { $0 > 1 } })
    #expect(try screen.shows("of those held back"))
    #expect(
      try screen.waits { text in
        let bar = text.firstMatch(of: /class 2 +(\d+) %/)
        return bar.flatMap { Int($0.output.1) }.map { $0 > 50 } == true
      })
    try stream.close()
    try screen.press("Enter")
    #expect(try screen.shows("taught at 64"))
  }
}
