import Foundation
import Testing

/// `explain`, `visualize` and `export --layer input`, as scripts use them.
@Suite struct ExplainTests {
  private static let sample = "Samples/Images/circle.png"
  private static let small = ["--weights", "mobilenet-0.25", "--resolution", "64"]

  /// A folder of its own, which is taken away again.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  /// Header and numbers of a .npy file.
  private func array(_ url: URL) throws -> (header: String, values: [Float]) {
    let data = try Data(contentsOf: url)
    let length = 10 + Int(data[8]) + 256 * Int(data[9])
    let values = data.dropFirst(length).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    return (String(decoding: data.prefix(length), as: UTF8.self), values)
  }

  @Test func theGradientSaysWhatASmallChangeOfTheInputDoes() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("gradient.npy")
      let outcome = try Program.run(
        ["explain", Self.sample, "--class", "3", "--format", "npy", "-o", file.path] + Self.small)
      #expect(
        outcome.status == 0 && outcome.output.hasPrefix(file.path + "\n"), "\(outcome.errors)")
      let gradient = try array(file)
      #expect(gradient.header.contains("(64, 64, 3)") && gradient.values.count == 64 * 64 * 3)
      #expect(gradient.values.contains { $0 != 0 })
      let exported = try Program.run(
        ["export", Self.sample, "--layer", "input", "--format", "npy", "-o", folder.path]
          + Self.small)
      #expect(exported.status == 0)
      #expect(try array(folder.appendingPathComponent("input.npy")).header.contains("(64, 64, 3)"))
    }
  }

  @Test func jsonHoldsTargetMethodSumsAndAreas() throws {
    let outcome = try Program.run(
      [
        "explain", Self.sample, "--class", "3", "--against", "5", "--method", "integrated",
        "--steps",
        "256", "--json",
      ] + Self.small)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let whole = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let target = try #require(whole["target"] as? [String: Any])
    #expect(target["class"] as? Int == 3 && target["against"] as? Int == 5)
    let rows = try #require(whole["explanations"] as? [[String: Any]])
    #expect(rows.count == 1 && rows[0]["method"] as? String == "integrated")
    func number(_ key: String) throws -> Double { try #require(rows[0][key] as? Double) }
    let difference = try number("value") - number("baseline")
    #expect(try abs(number("sum") - difference) < 0.05 * max(abs(difference), 1))
    for curves in [rows[0]["curves"], whole["chance"]] {
      let curves = try #require(curves as? [String: Any])
      let area = try #require(curves["deletionArea"] as? Double)
      #expect(0...1 ~= area && (curves["insertion"] as? [Double])?.count == 29)
    }
  }

  @Test func allMethodsStandInOneTable() throws {
    let outcome = try Program.run(["explain", Self.sample, "--method", "all"] + Self.small)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let table = try #require(outcome.output.components(separatedBy: "areas under the curves").last)
    for method in [
      "gradient", "smoothgrad", "integrated", "grad-cam", "gradient-x-activation", "occlusion",
      "chance",
    ] {
      let line = table.split(separator: "\n").first { $0.hasPrefix(method + " ") }
      #expect(line?.split(separator: " ").count == 3, "\(method)")
    }
  }

  @Test func aLayerIsExplainedAndDrawn() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("map.png")
      let outcome = try Program.run(
        [
          "explain", Self.sample, "--layer", "conv4_2_sep", "--channel", "7", "--place", "1,2",
          "--method", "grad-cam", "--at", "conv3_1_sep", "-o", file.path,
        ] + Self.small)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try Data(contentsOf: file).prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    }
  }

  @Test func theSameSeedDrawsTheSamePicture() throws {
    try withFolder { folder in
      func picture(_ name: String, seed: Int) throws -> Data {
        let file = folder.appendingPathComponent(name)
        let outcome = try Program.run([
          "visualize", "--weights", "mobilenet-0.25", "--layer", "conv3_1_sep", "--channel", "1,2",
          "--steps", "4", "--side", "32", "--seed", "\(seed)", "-o", file.path,
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try Data(contentsOf: file)
      }
      let first = try picture("a.png", seed: 1)
      #expect(try picture("b.png", seed: 1) == first)
      #expect(try picture("c.png", seed: 2) != first)
    }
  }

  /// Mistakes, the exit status by kind, and the names in the line.
  static let mistakes: [([String], Int32, [String])] = [
    (["--class", "200"], 64, ["--class 200: no such class", "0 to 199"]),
    (["--class", "-1"], 64, ["--class -1: no such class", "0 to 199"]),
    (["--class", "godlen retriever"], 64, ["godlen retriever", "did you mean golden retriever?"]),
    (["--class", "3", "--against", "3"], 64, ["--against 3", "another class"]),
    (["--layer", "conv1"], 64, ["--layer conv1", "--channel"]),
    (["--channel", "1"], 64, ["--channel 1", "--layer"]),
    (["--layer", "conv1", "--channel", "8"], 64, ["--channel 8", "0 to 7"]),
    (["--layer", "conv1", "--channel", "1", "--class", "2"], 64, ["--layer and --class"]),
    (["--layer", "conv1", "--channel", "1", "--place", "32,0"], 64, ["--place 32,0", "31,31"]),
    (["--layer", "conv1", "--channel", "1", "--at", "conv2_1_dw"], 64, ["conv2_1_dw comes after"]),
    (["--method", "gradeint"], 64, ["gradeint", "did you mean gradient?"]),
    (["--method", "grad-cam", "--at", "input"], 64, ["grad-cam", "not the input"]),
    (["--method", "integrated", "--steps", "0"], 64, ["--steps 0", "1 to 10000"]),
    (["--method", "smoothgrad", "--samples", "0"], 64, ["--samples 0", "1 to 1000"]),
    (["--at", "conv9"], 64, ["--at conv9", "no such layer"]),
    (["--at", "-1"], 64, ["--at -1: no such layer", "1 to 30"]),
    (["-o", "-1"], 64, ["--output -1: expected a name that ends in .png or .npy"]),
    (["--layer", "-2", "--channel", "1"], 64, ["--layer -2: no such layer", "1 to 30"]),
    (["-o", "map.jpg"], 64, ["map.jpg", ".png or .npy"]),
    (["--format", "npy"], 64, ["--format", "--output"]),
    (["--format", "npy", "-o", "map.png"], 64, ["map.png", "ends in .npy"]),
    (["-o", "nowhere/map.png"], 73, ["nowhere/map.png"]),
    (["--method", "all", "-o", "map.png"], 64, ["--method all", "one method"]),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamed(arguments: [String], status: Int32, words: [String]) throws {
    let outcome = try Program.run(["explain", Self.sample] + arguments + Self.small)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }

  @Test(arguments: [17, 49])
  func anOddSideIsExplained(side: Int) throws {
    let outcome = try Program.run([
      "explain", Self.sample, "--weights", "mobilenet-0.25", "--resolution", "\(side)", "--method",
      "integrated", "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let whole = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let row = try #require((whole["explanations"] as? [[String: Any]])?.first)
    func number(_ key: String) throws -> Double { try #require(row[key] as? Double) }
    let difference = try number("value") - number("baseline")
    #expect(try abs(number("sum") - difference) < 0.05 * max(abs(difference), 1))
  }

  @Test func aPipeIsNotReplacedByAPicture() throws {
    try withFolder { folder in
      let pipe = folder.appendingPathComponent("pipe.png").path
      #expect(mkfifo(pipe, 0o600) == 0)
      let missing = folder.appendingPathComponent("missing/a.png").path
      for (file, problem) in [(pipe, "not a plain file"), (missing, "is not there")] {
        for arguments in [
          ["explain", Self.sample, "-o", file] + Self.small,
          // Nobody waits for these steps.
          ["visualize", "--class", "3", "--steps", "10000", "-o", file],
        ] {
          let outcome = try Program.run(arguments)
          #expect(outcome.status == 73 && outcome.errors.contains("\(file): "), "\(outcome)")
          #expect(outcome.errors.contains(problem), "\(outcome.errors)")
        }
      }
      var status = stat()
      #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }
  }

  @Test func whatCannotBeDrawnIsNamed() throws {
    // The checkout may belong to somebody else.
    let folder = FileManager.default.temporaryDirectory.path
    for (arguments, status, word) in [
      (["--class", "3", "--steps", "0", "-o", folder + "/a.png"], 64, "--steps 0"),
      (["--class", "3", "--side", "15", "-o", folder + "/a.png"], 64, "--side 15"),
      (["--class", "3", "-o", folder + "/a.npy"], 64, "a.npy"),
      (["-o", folder + "/a.png"], 64, "--class"),
      (["--layer", "conv1", "--channel", "a", "-o", folder + "/a.png"], 64, "--channel a"),
      (["--layer", "conv1", "--channel", "99", "-o", folder + "/a.png"], 64, "--channel 99"),
      (["--layer", "conv1", "--channel", "-1", "-o", folder + "/a.png"], 64, "--channel -1"),
    ] as [([String], Int32, String)] {
      let outcome = try Program.run(["visualize", "--weights", "mobilenet-0.25"] + arguments)
      #expect(outcome.status == status && outcome.errors.contains(word), "\(outcome.errors)")
    }
  }
}
