import Foundation
import Testing

/// The program in a real terminal: what a person sees, and what is left when it ends.
@Suite(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"), .serialized)
struct TerminalTests {
  private func explorer(
    _ arguments: String = "--sample zone-plate --weights mobilenet-0.25", width: Int = 80,
    height: Int = 24, environment: [String: String] = [:]
  ) throws -> TmuxScreen {
    try TmuxScreen(
      width: width, height: height, environment: environment,
      command: "\(Self.noting(arguments)); echo status=$?; read line")
  }

  /// Which process the program is, where it was started as `noting` says.
  private func program(in screen: TmuxScreen) throws -> pid_t {
    let file = screen.folder.appendingPathComponent("pid")
    return try #require(
      pid_t(String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .newlines)))
  }

  /// The command that notes the number of its process and becomes the program.
  private static func noting(
    _ arguments: String = "--sample zone-plate --weights mobilenet-0.25"
  ) -> String {
    let command = "echo $$ >\"$XDG_STATE_HOME/pid\"; exec \(quoted(Program.path)) \(arguments)"
    return "sh -c \(quoted(command))"
  }

  @Test func aPersonWalksThroughLayersAndQuits() throws {
    let screen = try explorer()
    #expect(try screen.shows("▸ 1 conv1"))
    #expect(try screen.shows(" % "))
    try screen.press("Down", "Down")
    #expect(try screen.shows("▸ 3 conv2_1_sep"))
    // Enter shows the channel at its largest value.
    try screen.press("Enter")
    #expect(try screen.waits { $0.contains("conv2_1_sep  row ") && $0.contains("rank 1 of") })
    try screen.press(":", "place 0,0", "Enter")
    #expect(try screen.shows("conv2_1_sep  row 0, column 0"))
    try screen.press("Right", "Down", "Down")
    #expect(try screen.shows("row 2, column 1"))
    try screen.press("Escape", "i")
    #expect(try screen.shows("what the network gets"))
    try screen.press("Escape", "?")
    #expect(try screen.shows("Show this channel alone."))
    try screen.press("Escape", "q")
    #expect(try screen.shows("status=0"))
    #expect(try screen.variable("alternate_on") == "0")
    #expect(try screen.variable("cursor_flag") == "1")
    #expect(try screen.variable("mouse_any_flag") == "0")
  }

  /// Whatever LINES and COLUMNS say, as some shells and editors export them.
  @Test(arguments: [[:], ["COLUMNS": "100", "LINES": "30"]])
  func theScreenFollowsTheTerminalsSize(environment: [String: String]) throws {
    let screen = try explorer(environment: environment)
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.resize(width: 120, height: 40)
    #expect(try screen.shows("a place sees"))
    try screen.resize(width: 40, height: 10)
    #expect(try screen.shows("60×16 needed"))
    try screen.resize(width: 80, height: 24)
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press("q")
    #expect(try screen.shows("status=0"))
  }

  /// Signals that end a program: asked for, by a crash, and those that few programs mind.
  private static let endings: [Int32] = {
    let everywhere = [SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGUSR1, SIGPIPE, SIGPROF]
    #if os(Linux)
      // SIGSTKFLT and SIGPWR, and the first and the last of the real-time signals.
      return everywhere + [16, 30, 34, 64]
    #else
      return everywhere
    #endif
  }()

  @Test(arguments: endings)
  func signalsLeaveTheTerminalAsItWas(signal: Int32) throws {
    let screen = try explorer()
    #expect(try screen.shows("▸ 1 conv1"))
    #expect(kill(try program(in: screen), signal) == 0)
    #expect(try screen.shows("status=\(128 + signal)"))
    #expect(try screen.variable("alternate_on") == "0")
    #expect(try screen.variable("cursor_flag") == "1")
    #expect(try screen.variable("mouse_any_flag") == "0")
  }

  @Test func nobodyHasToTypeAFile() throws {
    let screen = try TmuxScreen(
      command: "\(quoted(Program.path)) weights info \"$(tty)\"; echo status=$?; read line")
    #expect(try screen.shows("status=66"))
  }

  @Test func itStopsAndComesBack() throws {
    let screen = try TmuxScreen(
      command: "exec bash --norc --noprofile -i")
    try screen.press(
      "\(quoted(Program.path)) --sample zone-plate --weights mobilenet-0.25", "Enter")
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press("C-z")
    #expect(try screen.shows("Stopped"))
    #expect(try screen.variable("alternate_on") == "0")
    try screen.press("fg", "Enter")
    #expect(try screen.shows("▸ 1 conv1"))
    // A key that comes while the terminal is being taken over again may be lost.
    #expect(
      try screen.waits { text in
        guard text.contains("▸ 1 conv1") else { return text.contains("▸") }
        try screen.press("Down")
        return false
      })
    try screen.press("q")
    #expect(try screen.waits { !$0.contains("▸") })
    // The shell goes on below what it wrote before.
    try screen.press("echo over$((1+1))", "Enter")
    #expect(
      try screen.waits { text in
        guard let stopped = text.range(of: "Stopped"), let over = text.range(of: "over2") else {
          return false
        }
        return stopped.lowerBound < over.lowerBound
      })
  }

  @Test func withoutAShellItIsNotStopped() throws {
    let screen = try TmuxScreen(
      command: "exec \(quoted(Program.path)) --sample zone-plate --weights mobilenet-0.25")
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press("C-z")
    #expect(
      try screen.waits { text in
        if text.contains("▸ 2 conv2_1_dw") { return true }
        try screen.press("Down")
        return false
      })
    #expect(try screen.variable("alternate_on") == "1")
    try screen.press("q")
  }

  @Test(arguments: [SIGTSTP, SIGSTOP]) func itComesBackWhoeverStoppedIt(signal: Int32) throws {
    let screen = try TmuxScreen(command: "exec bash --norc --noprofile -i")
    try screen.press(Self.noting(), "Enter")
    #expect(try screen.shows("▸ 1 conv1"))
    let program = try self.program(in: screen)
    #expect(kill(program, signal) == 0)
    #expect(try screen.shows("Stopped"))
    try screen.press("clear; fg", "Enter")
    #expect(try screen.shows("▸ 1 conv1"))
    #expect(try screen.variable("alternate_on") == "1")
    try screen.press("q")
    #expect(try screen.waits { !$0.contains("▸") })
    #expect(try screen.variable("alternate_on") == "0")
  }

  @Test func whileItIsStoppedTheTerminalIsAsItWas() throws {
    // A shell that asks for no brackets around what is pasted, as bash does.
    let screen = try TmuxScreen(command: "exec sh -i")
    try screen.press(Self.noting(), "Enter")
    for _ in 0..<2 {
      #expect(try screen.shows("▸ 1 conv1"))
      let program = try self.program(in: screen)
      #expect(kill(program, SIGTSTP) == 0)
      #expect(try screen.shows("Stopped"))
      #expect(try screen.variable("alternate_on") == "0")
      #expect(try screen.variable("cursor_flag") == "1")
      #expect(try screen.variable("mouse_any_flag") == "0")
      try screen.paste("pasted")
      #expect(try screen.shows("pasted"))
      #expect(try !screen.text().contains("200~"))
      try screen.press("C-u", "clear; fg", "Enter")
    }
    #expect(try screen.shows("▸ 1 conv1"))
    #expect(try screen.variable("mouse_any_flag") == "1")
    try screen.press("q")
    #expect(try screen.waits { !$0.contains("▸") })
  }

  @Test func itEndsWhenTheTerminalIsClosed() throws {
    let screen = try explorer()
    #expect(try screen.shows("▸ 1 conv1"))
    let child = try program(in: screen)
    try screen.close()
    let deadline = Date(timeIntervalSinceNow: 10)
    while kill(child, 0) == 0, Date() < deadline { usleep(20_000) }
    #expect(kill(child, 0) != 0)
  }

  @Test func withoutColoursOrUnicodeItStillShowsAll() throws {
    let plain = try explorer(environment: ["LC_ALL": "C", "LANG": "C"])
    #expect(try plain.shows("> 1 conv1"))
    try plain.press("q")
    #expect(try plain.shows("status=0"))

    let uncoloured = try explorer("--color never --sample zone-plate --weights mobilenet-0.25")
    #expect(try uncoloured.shows("▸ 1 conv1"))
    #expect(try uncoloured.shows(" % "))
    let styled = try uncoloured.text(styled: true)
    #expect(!styled.contains("\u{1B}[38") && !styled.contains("\u{1B}[48"))
    try uncoloured.press("q")
  }

  @Test func keysComeFromTheTerminalWhenThePhotoComesFromAPipe() throws {
    let sample = try Program.run(["samples", "--json"])
    #expect(sample.status == 0)
    let screen = try TmuxScreen(
      command: "cat Samples/Images/zone-plate.png | \(quoted(Program.path)) - ; "
        + "echo status=$?; read line")
    #expect(try screen.shows("standard input"))
    try screen.press("Down")
    #expect(try screen.shows("▸ 2 conv2_1_dw"))
    try screen.press("q")
    #expect(try screen.shows("status=0"))
  }

  @Test func weightsAreTakenFromAFileWhileItRuns() throws {
    let screen = try explorer(width: 160)
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press("w")
    #expect(try screen.shows("another file …"))
    #expect(try screen.shows("preprocessing"))
    try screen.press("f")
    #expect(try screen.shows("Tests/"))
    for folder in ["Tests", "Models", "CheckpointsTests", "Fixtures"] {
      try screen.press(folder)
      #expect(try screen.shows("▸\(folder)/"))
      try screen.press("Enter")
      #expect(try screen.shows("\(folder)  (type a name or a path)"))
    }
    try screen.press("float.t")
    #expect(try screen.shows("TensorFlow Lite"))
    try screen.press("Enter")
    #expect(try screen.shows("─ float at "))
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press("q")
    #expect(try screen.shows("status=0"))
  }

  @Test(.enabled(if: Program.hasCurl, "curl is not installed"))
  func aPersonIsAskedAboutAnUnknownChecksum() throws {
    let body = try #require(
      FileManager.default.contents(atPath: "Weights/Files/mobilenet-0.25.safetensors"))
    let server = try LoopbackServer { _, _ in
      .slow(status: "200 OK", body: body, piece: body.count / 15)
    }
    defer { server.close() }
    let folder = FileManager.default.temporaryDirectory.path + "/asked-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let catalogue = folder + "/catalogue.json"
    let entry =
      #"{"name": "own", "url": "\#(server.address)/own.safetensors", "format": "safetensors", "#
      + #""width": 0.25, "resolution": 224}"#
    try Data(#"{"checkpoints": [\#(entry)]}"#.utf8).write(to: URL(fileURLWithPath: catalogue))
    for (answer, ending) in [("n", "not trusted"), ("y", "own: fetched")] {
      let screen = try TmuxScreen(
        width: 120, environment: ["XDG_CACHE_HOME": folder, "no_proxy": "127.0.0.1"],
        command: "\(quoted(Program.path)) weights fetch own --catalogue \(quoted(catalogue)); "
          + "echo status=$?; read line")
      #expect(try screen.shows("of 536 kB"))
      #expect(try screen.shows("Trust it? [y/N]"))
      try screen.press(answer, "Enter")
      #expect(try screen.shows(ending))
      #expect(try screen.shows(answer == "y" ? "status=0" : "status=69"))
    }
    let kept = folder + "/mobilenet-explorer/weights/own.safetensors"
    #expect(FileManager.default.contents(atPath: kept) == body)
  }

  /// As xterm, the VT220, the Linux console and rxvt spell them, whatever TERM says.
  @Test(arguments: [
    ("\u{1B}[4~", "\u{1B}[1~"), ("\u{1B}[8~", "\u{1B}[7~"), ("\u{1B}[F", "\u{1B}[H"),
  ])
  func endAndHomeAreKnownInEverySpelling(end: String, home: String) throws {
    let screen = try explorer()
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.send(end)
    #expect(try screen.shows("▸30 prob"))
    try screen.send(home)
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press("q")
  }

  @Test func keysThatNobodyKnowsDoNothing() throws {
    let screen = try explorer()
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press(":", "place 0,0", "Enter")
    #expect(try screen.shows("conv1  row 0, column 0"))
    // Ctrl-Right, F20, a report, the keypad's 5, the Linux console's F1: with Esc they would go
    // back, and their letters would do more.
    for sequence in ["[1;5C", "[34~", "[?64;1;2c", "OE", "[[A", "[1;3q"] {
      try screen.send("\u{1B}" + sequence)
    }
    try screen.press("Down")
    #expect(try screen.shows("conv1  row 1, column 0"))
    try screen.press("Escape")
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press("q")
    #expect(try screen.shows("status=0"))
  }

  /// As terminals answer what somebody asked them; their letters would quit, zoom and go elsewhere.
  @Test func stringsOfTheTerminalAreNoKeys() throws {
    let screen = try explorer()
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press(":", "place 0,0", "Enter")
    #expect(try screen.shows("conv1  row 0, column 0"))
    for string in [
      "]11;rgb:cccc/gggg/qqqq\u{1B}\\", "]4;1;qqq\u{7}", "P1$r0qq\u{1B}\\", "_Gqq\u{1B}\\",
      "^qq\u{1B}\\", "Xqq\u{1B}\\",
    ] {
      try screen.send("\u{1B}" + string)
    }
    try screen.press("Down")
    #expect(try screen.shows("conv1  row 1, column 0"))
    // One that never ends is given up, and so is one that is too long.
    try screen.send("\u{1B}]0;q")
    #expect(try screen.shows("conv1 ─ how channel", pressing: "K"))
    try screen.press("Escape")
    #expect(try screen.shows("conv1  row 1, column 0"))
    // Alt and a letter are still Esc and that letter: off comes what Esc goes back from.
    try screen.send("\u{1B}X")
    #expect(try screen.shows("Nothing is switched off."))
    try screen.press("q", "q")
    #expect(try screen.shows("status=0"))
  }

  @Test func aFileThatIsDroppedOnItIsOpened() throws {
    let screen = try explorer()
    #expect(try screen.shows("▸ 1 conv1"))
    let folder = FileManager.default.temporaryDirectory.path + "/dropped \(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["edges", "circle"] {
      try copyContents(of: "Samples/Images/\(name).png", to: "\(folder)/\(name).png")
    }
    try screen.paste("'\(folder)/edges.png'")
    #expect(try screen.waits { $0.hasPrefix(" edges.png") })
    // In the picker a pasted path is looked at first, and typed ones are read on the way.
    try screen.press("o")
    #expect(try screen.shows("▸edges.png"))
    try screen.paste(folder.replacingOccurrences(of: " ", with: "\\ ") + "/circle.png\n")
    #expect(try screen.waits { $0.contains("▸circle.png") && $0.contains("224×224") })
    try screen.press("Enter")
    #expect(try screen.waits { $0.hasPrefix(" circle.png") })
    try screen.press("o")
    try screen.press("-l", "\(folder)/ed")
    #expect(try screen.shows("▸edges.png"))
    try screen.press("Enter")
    #expect(try screen.waits { $0.hasPrefix(" edges.png") })
    // Without the end of what is pasted, keys are keys again after a while.
    try screen.send("\u{1B}[200~x")
    sleep(2)
    try screen.press("Down")
    #expect(try screen.shows("▸ 2 conv2_1_dw"))
    try screen.press("q")
    #expect(try screen.shows("status=0"))
  }

  @Test func anUnknownTerminalIsNamed() throws {
    let screen = try TmuxScreen(
      command: "TERM=nonesuch \(quoted(Program.path)) --sample zone-plate; "
        + "echo status=$?; read line")
    #expect(try screen.shows("TERM=nonesuch"))
    #expect(try screen.shows("status=69"))
  }
}
