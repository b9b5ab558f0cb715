import Foundation
import Testing

/// The commands, as scripts use them.
@Suite struct CommandTests {
  private static let sample = "Samples/Images/circle.png"

  @Test func classifyPrintsWhatScriptsExpect() throws {
    let outcome = try Program.run(["classify", "--json", "--top", "3", Self.sample, Self.sample])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 2 && rows[0]["image"] as? String == Self.sample)
    let predictions = try #require(rows[0]["predictions"] as? [[String: Any]])
    #expect(predictions.count == 3)
    #expect(Set(predictions[0].keys) == ["class", "label", "probability"])
    let probabilities = predictions.compactMap { $0["probability"] as? Double }
    #expect(probabilities == probabilities.sorted(by: >) && (0...1).contains(probabilities[0]))
  }

  @Test func standardInputIsAnImage() throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: Self.sample))
    let piped = try Program.run(["classify", "-"], input: file)
    let read = try Program.run(["classify", Self.sample])
    #expect(piped.status == 0 && piped.output == read.output)
  }

  @Test func aPipeGetsAReportWithoutEscapeSequences() throws {
    let outcome = try Program.run(["--sample", "edges", "--weights", "mobilenet-0.25"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("30 layers, "))
    #expect(outcome.output.contains("conv3_2_sep"))
    #expect(outcome.output.contains("scale: channel"))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func layersSaysWhatThePaperSays() throws {
    let outcome = try Program.run(["layers"])
    #expect(
      outcome.output.contains("30 layers, 4,221,032 parameters, 568.7 M multiply-adds"))
  }

  @Test func exportWritesArrays() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try Program.run([
      "export", Self.sample, "--layer", "conv2_1_dw", "--format", "npy", "--output", folder.path,
      "--weights", "mobilenet-0.25", "--resolution", "64",
    ])
    #expect(outcome.status == 0)
    let data = try Data(contentsOf: folder.appendingPathComponent("conv2_1_dw.npy"))
    #expect(String(decoding: data.prefix(90), as: UTF8.self).contains("(32, 32, 8)"))
    #expect(data.count % 64 == 0 && data.count > 4 * 32 * 32 * 8)
  }

  /// The argument parser wraps lines at 80 columns and knows nothing of lists.
  @Test func helpIsNotTornApart() throws {
    let main = try Program.run(["--help"]).output
    let list = try #require(main.split(separator: "SUBCOMMANDS:").last).split(separator: "\n")
    let commands = list.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
    let parts =
      ["list", "info", "convert", "verify", "fetch", "quantize"].map { ["weights", $0] }
      + ["make", "show", "compare", "merge", "trim"].map { ["atlas", $0] }
    for command in [[]] + commands.map({ [$0] }) + parts {
      let help = try Program.run(command + ["--help"]).output
      let end = help.range(of: "USAGE:")?.lowerBound ?? help.endIndex
      let lines = help[..<end].split(separator: "\n", omittingEmptySubsequences: false)
      for (line, next) in zip(lines, lines.dropFirst()) where !line.isEmpty && !next.isEmpty {
        let word = next.prefix { $0 != " " }
        let isTorn =
          line.hasPrefix(" ")
          ? !next.hasPrefix(" ")
          : !next.hasPrefix(" ") && line.count + 1 + word.count < 80
        #expect(!isTorn, "\(command): \(line) / \(next)")
      }
    }
  }

  /// A command as the argument parser describes it.
  private struct Described: Decodable {
    struct Argument: Decodable { var names: [Name]? }
    struct Name: Hashable, Decodable { var kind, name: String }

    var commandName: String
    var arguments: [Argument]?
    var subcommands: [Described]?

    var all: [Described] { [self] + (subcommands ?? []).flatMap(\.all) }
  }

  /// The argument parser looks for that in debug builds alone, and takes the first of two else.
  @Test func noCommandHasTwoOptionsOfOneName() throws {
    struct Dump: Decodable { var command: Described }
    let outcome = try Program.run(["--experimental-dump-help"])
    let dump = try JSONDecoder().decode(Dump.self, from: Data(outcome.output.utf8))
    #expect(dump.command.all.count > 20)
    for command in dump.command.all {
      let names = (command.arguments ?? []).flatMap { $0.names ?? [] }
      let twice = Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys
      #expect(twice.isEmpty, "\(command.commandName): \(twice.map(\.name))")
    }
  }

  @Test func theManualNamesEveryCommand() throws {
    let help = try Program.run(["--help"]).output
    let list = try #require(help.split(separator: "SUBCOMMANDS:").last).split(separator: "\n")
    // A command's line begins with two spaces, and those of a sentence that goes on with more.
    let commands = list.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first }.filter { $0 != "See" }
    #expect(commands.contains("classify") && commands.count > 8)
    let manual = try String(
      contentsOfFile: "Sources/mobilenet-explorer/Manual/mobilenet-explorer.1", encoding: .utf8)
    for command in commands { #expect(manual.contains("\n.It Cm \(command)\n"), "\(command)") }
  }

  /// The last words of each topic of a lesson.
  static let topics = [
    ("cell", "the same number."), ("field", "the whole input."),
    ("padding", "of the former top 5 remain."),
    ("batch-norm", "for every photo."), ("activation", "of the former top 5 remain."),
    ("replacement", "was predicted."), ("network", "times as long."),
    ("picture", "Look for what it found."),
    ("quantisation", "the same number. As a real number"),
  ]

  @Test(arguments: topics)
  func everyTopicOfALessonIsPrinted(topic: String, ending: String) throws {
    let outcome = try Program.run([
      "lesson", Self.sample, "--topic", topic, "--layer", "conv3_1_sep", "--weights",
      "mobilenet-0.25", "--resolution", "64",
    ])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let text = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(ending), "\(outcome.output)")
  }

  /// Mistakes, the exit status by kind, and the names in the line.
  ///
  /// Files whose names begin with "x." are in a folder of the test's own, and x.old is there.
  static let mistakes: [([String], Int32, [String])] = [
    (["classify", "nowhere.jpg"], 66, ["nowhere.jpg"]),
    (["classify", "Package.swift"], 65, ["Package.swift", "a text"]),
    (["classify", "Sources"], 65, ["Sources", "no images found"]),
    (["classify", "--weights", "Sources", sample], 65, ["Sources"]),
    (["learn", "Samples", "-o", "/dev/null"], 73, ["/dev/null", "not a plain file"]),
    (["learn", "Samples", "-o", "/nowhere/x"], 73, ["/nowhere", "is not there"]),
    (["learn", "nowhere", "-o", "x.safetensors"], 66, ["nowhere", "no such file"]),
    (["learn", "Samples", "-o", "x.old"], 73, ["x.old", "--force"]),
    (["learn", "Samples", "-o", "x.safetensors", "--strength", "0"], 64, ["--strength 0"]),
    (["learn", "Samples", "-o", "x.safetensors", "--from", sample], 65, [sample]),
    (["explore", "Weights/published.json"], 65, ["published.json", "no session"]),
    (
      ["weights", "convert", "mobilenet-0.25", "-o", "x.pth"], 64,
      ["x.pth", ".safetensors or .onnx"]
    ),
    (
      ["weights", "quantize", "mobilenet-0.25", "--calibrate", "Samples", "-o", "x.onnx"], 64,
      ["x.onnx", ".tflite or .json"]
    ),
    (
      [
        "weights", "quantize", "Tests/Models/CheckpointsTests/Fixtures/int8.tflite", "--calibrate",
        "Samples", "-o", "x.tflite",
      ], 65, ["int8.tflite", "quantised already"]
    ),
    (["atlas", "Sources", "-o", "x.safetensors"], 65, ["Sources", "no images found"]),
    (["atlas", "Samples", "-o", "x.safetensors", "--shard", "3/2"], 64, ["3/2", "1/N to N/N"]),
    (["atlas", "Samples", "-o", "x.safetensors", "--shard", "auto"], 64, ["SLURM_ARRAY_TASK_ID"]),
    (["atlas", "Samples", "-o", "x.safetensors", "--shard", "-1/2"], 64, ["--shard -1/2"]),
    (["atlas", "Samples", "-o", "x.safetensors", "--layer", "-1"], 64, ["--layer -1: no such"]),
    (["classify", sample, "--json", "-1"], 64, ["--json", "-1"]),
    (["atlas", "show", "Package.swift"], 65, ["Package.swift", "not an atlas"]),
    (["atlas", "merge", sample, "-o", "x.safetensors"], 65, [sample, "part of an atlas"]),
    (["features", "Samples", "-o", "x.csv"], 64, ["x.csv"]),
    (["features", "Samples", "-o", "x.npy", "--layer", "pool7"], 64, ["pool7", "pool6"]),
    (["classify", "/dev/null"], 65, ["/dev/null", "is empty"]),
    (["classify", sample, "--weights", "mobilenet-9"], 66, ["mobilenet-9", "mobilenet-1.0"]),
    (["classify", sample, "--weights", "Package.swift"], 65, ["Package.swift"]),
    (["classify", sample, "--resolution", "15"], 64, ["15", "a side from 16 to 1024"]),
    (["classify", sample, "--threads", "0"], 64, ["--threads 0"]),
    (["heatmap", sample, "--layer", "conv4_1_spe"], 64, ["conv4_1_spe", "conv4_1_sep"]),
    (["classify", sample, "--top", "-1"], 64, ["--top -1: expected at least 1"]),
    (["live", sample, "--rate", "-3"], 64, ["--rate -3: expected 0.01 to 10,000"]),
    (["lesson", sample, "--layer", "31"], 64, ["31: no such layer (expected a name, or a number"]),
    (["classify", ""], 64, ["argument 2 is empty: expected a file"]),
    (["classify", sample, "--weights="], 64, ["--weights= is empty: expected a value"]),
    ([""], 64, ["argument 1 is empty"]),
    (["clasify", sample], 64, ["clasify: no such command", "did you mean classify?"]),
    (["weights", "convret", sample], 64, ["convret: no such command", "did you mean convert?"]),
    (["photo"], 66, ["photo: no such file"]),
    (["heatmap", sample, "--layer", "conv1", "--channel", "32"], 64, ["32", "0 to 31"]),
    (["lesson", sample, "--topic", "nothing"], 64, ["nothing", "batch-norm"]),
    (["lesson", sample, "--place", "112,0"], 64, ["112,0", "expected ROW,COLUMN", "111,111"]),
    (["--sample", "nothing"], 66, ["nothing", "zone-plate"]),
    (["evaluate", "Sources"], 65, ["Sources"]),
    (["evaluate", "Samples", "--csv", sample], 64, [sample, "is a picture"]),
    (["features", "Samples", "-o", sample], 64, [sample, "is a picture"]),
    (["export", sample, "--format", "npy", "--output", ""], 64, ["argument 6 is empty"]),
    (["lesson", sample, "--quiz", "3", "--topic", "cell"], 64, ["--quiz", "--topic"]),
    (["lesson", sample, "--quiz", "3", "--text", "q", "--key", "q"], 64, ["a file of its own"]),
    (["atlas", "show", "a", "--class", "ant", "--least", "2"], 64, ["--least 2.0", "0 to 1"]),
    (["atlas", "show", "a", "--least", "0.9"], 64, ["--least: needs --class"]),
    (["atlas", "show", "a", "--rows", "0"], 64, ["--rows 0: expected at least 1"]),
    (["explain", sample, "--class", "GOLD"], 64, ["GOLD", "did you mean goldfish"]),
    (["classify", sample, "--channel-order", "grey"], 64, ["grey"]),
    (["classify", sample, "--labels", "Sources"], 66, ["--labels Sources: is a directory"]),
    (["explore", sample, "--atlas", "nowhere"], 66, ["--atlas nowhere: no such file or folder"]),
    (["explore", sample, "--atlas", "Sources"], 66, ["--atlas Sources: is a directory"]),
    (["explore", sample, "--lessons", "Sources/"], 66, ["Sources/: cannot be read: "]),
    (
      ["patch", sample, "--layer", "conv1", "--to-mean", "--atlas", "nowhere"], 66,
      ["--atlas nowhere: no such file or folder"]
    ),
    (
      ["patch", sample, "--layer", "conv1", "--to-mean", "--atlas", sample], 65,
      ["--atlas \(sample): is not an atlas of this program; it looks like a picture\n"]
    ),
    (["classify", sample, "--weights", sample], 65, ["a picture; it goes before --weights"]),
    (
      ["classify", sample, "--labels", "nowhere"], 66, ["explorer: --labels nowhere: no such file"]
    ),
    (["evaluate", "Samples", "--labels", "nowhere"], 66, ["explorer: --labels nowhere: no such"]),
    (["explore", sample, "--truth", "nowhere"], 66, ["explorer: --truth nowhere: no such file"]),
    (["explore", sample, "--truth", "Package.swift"], 65, ["--truth Package.swift, line "]),
    (["learn", "Samples", "-o", "x.safetensors", "--truth", "nowhere"], 66, ["--truth nowhere: "]),
    (["atlas", "Samples", "-o", "x.safetensors", "--truth", "nowhere"], 66, ["--truth nowhere: "]),
    (["evaluate", "nowhere", "--truth", "README.md"], 66, ["nowhere: there is no such folder"]),
    (["heatmap", sample, "--layer", "all"], 64, ["all: no such layer (expected a name"]),
    (["explain", sample, "--class", "retriever"], 64, ["did you mean", "golden retriever"]),
    (["export", sample, "--format", "npy", "--output", "/dev/null/x"], 73, ["/dev/null/x"]),
    (["fool", sample, "--output", "x.png/"], 73, ["x.png/: names a folder"]),
    (["explore", sample, "--truth", sample], 65, ["--truth \(sample): is not a text, expected"]),
    (["classify", sample, "--mean", "1e39"], 64, ["--mean", "1e39"]),
    (["lesson", sample, "--quiz", "3", "--seed", "-4"], 64, ["'-4'", "--seed"]),
    (["lesson", sample, "--quiz", "3", "--hand-out", "x.html"], 64, ["--hand-out", "--html"]),
    (["lesson", sample, "--quiz", "3", "--place", "1,2"], 64, ["expected no --place"]),
    (["lesson", sample, "--names", "--json"], 64, ["--names: expected no --json"]),
    (["lesson", sample, "--place", "-1,2"], 64, ["--place -1,2: expected ROW,COLUMN"]),
    (["compare", "--folder", "Samples", "--budget", "-1"], 64, ["--budget -1: expected a time"]),
    (["help", "wieghts"], 64, ["help wieghts: no such command; did you mean weights?"]),
    (["help", "weights", "lst"], 64, ["help lst: no such command", "expected list, info"]),
    (["live", sample, "--rate", "1e-9"], 64, ["--rate 0.000000001"]),
  ]

  /// Files and folders that need a name, unlike photos and streams.
  static let named: [[String]] = [
    ["evaluate", "-"], ["evaluate", "Samples", "--truth", "-"], ["features", "-", "-o", "x.npy"],
    ["learn", "-", "-o", "x.safetensors"], ["atlas", "-", "-o", "x.safetensors"],
    ["classify", sample, "--weights", "-"], ["classify", sample, "--labels", "-"],
    ["explore", sample, "--atlas", "-"], ["explore", sample, "--config", "-"],
    ["similar", sample, "--features", "-"], ["atlas", "show", "-"], ["weights", "info", "-"],
    ["compare", sample, "--weights", "mobilenet-0.25", "--weights", "-"],
    ["compare", "--folder", "-"], ["weights", "verify", "-", sample, "--against", "-"],
  ]

  @Test(arguments: named)
  func standardInputTakesPhotosAndStreamsAlone(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains("only a photo or a stream can come from standard input"))
    #expect(outcome.errors.contains("./- is a file called -"), "\(outcome.errors)")
  }

  @Test func aFlagAndItsOppositeAreNamed() throws {
    let outcome = try Program.run(
      ["bench", "--no-record", "--record", "--seconds", "0", "--threads", "1"]
        + ["--resolution", "32", "--width", "0.25"])
    #expect(outcome.status == 0)
    #expect(
      outcome.errors
        == "mobilenet-explorer: --record or --no-record is given more than once; the last "
        + "counts: --record\n")
  }

  @Test func standardInputHoldsOnePhoto() throws {
    let photo = try Data(contentsOf: URL(fileURLWithPath: Self.sample))
    let small = ["--weights", "mobilenet-0.25", "--resolution", "64"]
    let outcome = try Program.run(["classify", "-", "-", "--top", "1"] + small, input: photo)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains("classify: standard input holds one image, not two."))
    let compared = try Program.run(["compare", "-"] + small, input: photo)
    #expect(compared.status == 0 && compared.output.contains("standard input"), "\(compared)")
    let layer = try Program.run(["heatmap", Self.sample, "--layer", "-1"] + small)
    #expect(layer.errors.contains("--layer -1: no such layer (expected a name"), "\(layer)")
    let patch = try Program.run(
      ["patch", Self.sample, "--photo", "-", "--layer", "conv1"] + small, input: photo)
    #expect(patch.status == 0 && patch.output.contains("as in standard input"), "\(patch)")
  }

  @Test func manyPossibleValuesAreOneLine() throws {
    let outcome = try Program.run(["explore", Self.sample, "--lessons", "gone"])
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count <= 4 && lines[0].contains("'gone'"), "\(outcome.errors)")
    #expect(lines[0].contains("one of cell, field, padding") && lines[0].hasSuffix("playlist."))
  }

  /// The middle that it names is smaller than a pixel.
  @Test func aTinyCropIsOnePixel() throws {
    for crop in ["1e-6", "1e-300"] {
      let outcome = try Program.run(
        ["classify", Self.sample, "--crop", crop, "--weights", "mobilenet-0.25"])
      #expect(outcome.status == 0 && outcome.output.contains(" %"), "\(outcome)")
    }
  }

  /// Commands that write what is no text, without the file to write.
  static let writing: [[String]] = [
    ["learn", "Samples", "-o"], ["atlas", "Samples", "-o"], ["features", "Samples", "-o"],
    ["atlas", "merge", sample, "-o"], ["atlas", "trim", sample, "-o"],
    ["weights", "convert", "mobilenet-0.25", "-o"],
    ["weights", "convert", "mobilenet-0.25", "--names", "timm", "-o"],
    ["weights", "quantize", "mobilenet-0.25", "--calibrate", "Samples", "-o"],
    ["export", sample, "--format", "npy", "-o"], ["fool", sample, "-o"], ["explain", sample, "-o"],
    ["visualize", "--class", "3", "-o"], ["lesson", sample, "--hand-out"],
  ]

  @Test(arguments: writing)
  func standardOutputTakesTextAlone(arguments: [String]) throws {
    let outcome = try Program.run(arguments + ["-"])
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains("-: "), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: "-"))
  }

  @Test(arguments: mistakes)
  func mistakesAreNamed(arguments: [String], status: Int32, words: [String]) throws {
    // Whoever runs the tests may not be let to write into the checkout.
    let folder = FileManager.default.temporaryDirectory.path + "/mistakes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data().write(to: URL(fileURLWithPath: folder + "/x.old"))
    let outcome = try Program.run(
      arguments.map { $0.hasPrefix("x.") ? "\(folder)/\($0)" : $0 })
    #expect(outcome.status == status)
    #expect(outcome.output.isEmpty)
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }

  /// The samples are found only when the lesson is made, far from the command.
  @Test func whatIsMissingDeepWithinIsNamedLikeTheRest() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/resources-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let root = FileManager.default.currentDirectoryPath
    for (name, place) in [("Weights", "Weights"), ("Lessons", "Sources/Study/Lessons")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/\(name)", withDestinationPath: "\(root)/\(place)")
    }
    let outcome = try Program.run(
      [
        "lesson", Self.sample, "--topic", "background", "--weights", "mobilenet-0.25",
        "--resolution", "64",
      ], environment: ["MOBILENET_EXPLORER_RESOURCES": folder])
    #expect(outcome.status == 66 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.hasPrefix("mobilenet-explorer: \(folder)/Samples"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  /// A missing or wrong thing that the configuration asks for is named with its line.
  @Test func theConfigurationIsNamedWhereItIsWrong() throws {
    let file = FileManager.default.temporaryDirectory.path + "/config-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data("# mine\n\nweights = mobilenet-9\n".utf8).write(to: URL(fileURLWithPath: file))
    for command in [["explore", Self.sample], ["live", "Samples/Images"]] {
      let outcome = try Program.run(command + ["--config", file])
      #expect(outcome.status == 66 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("\(file), line 3: mobilenet-9: no such file"))
    }
    // Somebody who names weights does not mean those.
    let own = try Program.run(["explore", Self.sample, "--config", file, "--weights", "nothing"])
    #expect(own.errors.hasPrefix("mobilenet-explorer: nothing: no such file"))
    try Data("mouse = maybe\n".utf8).write(to: URL(fileURLWithPath: file))
    let config = try Program.run(["config", "--config", file])
    #expect(config.status == 65 && config.output.isEmpty)
    #expect(config.errors.contains("\(file), line 1: "))
  }

  @Test func aSettingThatIsMadeTwiceIsNamed() throws {
    let file = FileManager.default.temporaryDirectory.path + "/config-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let text = "color = 16\n# color = never\nmap h = Left\nmap l = Left\ncolor = 256\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    let outcome = try Program.run(["config", "--config", file])
    #expect(outcome.status == 0 && outcome.output.contains("color = 256"))
    #expect(
      outcome.errors
        == "mobilenet-explorer: \(file), line 5: color is set again; line 1 counts for nothing\n")
  }

  @Test func aConfigurationThatNobodyWritesIsNotWaitedFor() throws {
    let file = FileManager.default.temporaryDirectory.path + "/config-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(mkfifo(file, 0o600) == 0)
    let outcome = try Program.run(["config", "--config", file])
    #expect(outcome.status == 66 && outcome.errors.contains("is a pipe that nobody writes to"))
  }

  /// A name in Latin-1, as old disks and archives have them, on a file system that takes any bytes.
  @Test func aNameThatIsNoUTF8CanBeOpened() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/names-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (picture, weights) = ("$'\\xe9t\\xe9.png'", "$'poids\\xff.safetensors'")
    let setUp = try Program.run(
      path: "/bin/bash",
      [
        "-c",
        "cp \(Self.sample) \(quoted(folder))/\(picture) && "
          + "cp Weights/Files/mobilenet-0.25.safetensors \(quoted(folder))/\(weights)",
      ])
    // macOS' own file system takes no such names.
    guard setUp.status == 0 else { return }
    let usual = try Program.run(["classify", Self.sample, "--weights", "mobilenet-0.25"])
    let named = try Program.run(
      path: "/bin/bash",
      [
        "-c",
        "\(quoted(Program.path)) classify \(quoted(folder))/\(picture) "
          + "--weights \(quoted(folder))/\(weights)",
      ])
    #expect(named.status == 0 && named.output == usual.output, "\(named.errors)")
    let missing = try Program.run(
      path: "/bin/bash", ["-c", "\(quoted(Program.path)) classify \(picture)"])
    #expect(missing.errors == "mobilenet-explorer: �t�.png: no such file\n")
    let stream = try Program.run(
      ["live", folder, "--report", "--json", "--weights", "mobilenet-0.25"])
    #expect(stream.status == 0, "\(stream.errors)")
  }

  /// Standard streams that are closed or full: the exit status still says what happened.
  @Test(arguments: [
    ("classify nowhere.jpg 2>&-", "66"), ("live - --report <&-", "66"),
    ("classify - <&-", "66"), ("layers >&-", "73"), ("clasify 2>&-", "64"),
  ])
  func closedStreamsLeaveTheStatus(command: String, status: String) throws {
    let said = try Program.run(
      path: "/bin/bash",
      ["-c", "exec 9>&1; (\(quoted(Program.path)) \(command)); echo status=$? >&9"])
    #expect(said.output.hasSuffix("status=\(status)\n"), "\(said.errors)")
  }

  #if os(Linux)
    @Test func aFullDiskUnderStandardErrorLeavesTheStatus() throws {
      let shell = try Program.run(
        path: "/bin/bash",
        ["-c", "\(quoted(Program.path)) classify nowhere.jpg 2>/dev/full; echo status=$?"])
      #expect(shell.output == "status=66\n")
    }
  #endif

  @Test func kernelsThatThisMachineLacksAreRefused() throws {
    let outcome = try Program.run(
      ["classify", Self.sample], environment: ["MOBILENET_INSTRUCTION_SET": "mmx"])
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("MOBILENET_INSTRUCTION_SET=mmx"))
    #expect(outcome.errors.contains("portable"))
  }

  @Test func benchAllKeepsTheWidthThatIsGiven() throws {
    let outcome = try Program.run(
      ["bench", "--all", "--width", "0.25", "--seconds", "0", "--json"])
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(rows.map { $0["width"] as? Double } == [0.25, 0.25, 0.25, 0.25])
    #expect(rows.map { $0["resolution"] as? Int } == [224, 192, 160, 128])
  }

  /// Commands whose answer is short, longer than any buffer, and the argument parser's.
  static let printing = [["layers"], ["layers", "--json"], ["--help"], ["--version"]]

  #if os(Linux)
    @Test(arguments: printing)
    func anAnswerThatCannotBeWrittenIsAFailure(arguments: [String]) throws {
      let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
      let outcome = try Program.run(arguments, output: full)
      #expect(outcome.status == 73)
      #expect(
        outcome.errors == "mobilenet-explorer: standard output: cannot be written: "
          + "no space left on device\n")
    }
  #endif

  /// `| head` closes the pipe; whether signals of that kind are ignored depends on who starts it.
  @Test(arguments: ["", "trap '' PIPE; "])
  func aClosedPipeEndsItSilently(before: String) throws {
    let command = "\(before)sleep 0.2; \(quoted(Program.path)) layers --json"
    let shell = try Program.run(
      path: "/bin/bash", ["-c", "(\(command); echo $? >&2) | true"])
    #expect(shell.errors == "141\n")
  }

  @Test func evaluateCountsWhatIsRight() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var lines = ""
    // Right at first, right at first, right in the third place.
    for (name, place) in [("edges", 0), ("circle", 0), ("stripes", 2)] {
      let file = "\(name).png"
      try copyContents(
        of: "Samples/Images/\(file)", to: folder.appendingPathComponent(file).path)
      let answer = try Program.run(["classify", "--json", "Samples/Images/\(file)"])
      let rows = try #require(
        JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
      let predictions = try #require(rows[0]["predictions"] as? [[String: Any]])
      lines += "\(file)\t\(try #require(predictions[place]["label"] as? String))\n"
    }
    let list = folder.appendingPathComponent("labels.tsv")
    try Data(lines.utf8).write(to: list)
    let outcome = try Program.run(["evaluate", folder.path, "--truth", list.path])
    #expect(outcome.output.contains("top-1 66.67 %  top-5 100.00 %"))
    // What it was called before means the same, where it names images.
    let before = try Program.run(["evaluate", folder.path, "--labels", list.path])
    #expect(before.output.contains("top-1 66.67 %  top-5 100.00 %"))
    // A file of classes names none.
    let names = folder.appendingPathComponent("names.txt")
    try Data((0..<200).map { "class \($0)\n" }.joined().utf8).write(to: names)
    let named = try Program.run(["evaluate", folder.path, "--labels", names.path])
    #expect(
      named.status == 65 && named.errors.contains("expected a folder per class"), "\(named.errors)")
    #expect(outcome.output.contains("3 images"))

    try Data((lines + "gradient.png\tno-such-class\n").utf8).write(to: list)
    let wrong = try Program.run(["evaluate", folder.path, "--truth", list.path])
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("line 4: \"no-such-class\" is not a class"))
  }
}
