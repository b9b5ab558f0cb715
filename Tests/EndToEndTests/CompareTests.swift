import Foundation
import Testing

/// The compare command and screen, as scripts and people use them.
@Suite struct CompareTests {
  private static let sample = "Samples/Images/circle.png"

  private func object(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func eachNetworkSaysWhatItSaysAlone() throws {
    let outcome = try Program.run([
      "compare", "--json", Self.sample, "--weights", "mobilenet-0.25", "--weights",
      "mobilenet-0.5", "--resolution", "64", "--resolution", "128",
    ])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let rows = try #require(try object(outcome)["networks"] as? [[String: Any]])
    #expect(rows.compactMap { $0["resolution"] as? Int } == [64, 128, 64, 128])
    for row in rows {
      let name = try #require(row["name"] as? String)
      let side = try #require(row["resolution"] as? Int)
      let alone = try Program.run([
        "classify", "--json", "--top", "1", Self.sample, "--weights", name, "--resolution",
        "\(side)",
      ])
      let entries = try #require(
        JSONSerialization.jsonObject(with: Data(alone.output.utf8)) as? [[String: Any]])
      let best = try #require((entries[0]["predictions"] as? [[String: Any]])?.first)
      let answer = try #require(row["answer"] as? [String: Any])
      #expect(answer["label"] as? String == best["label"] as? String)
      let (one, other) = (answer["probability"] as? Double, best["probability"] as? Double)
      #expect(abs(try #require(one) - (try #require(other))) < 1e-6)
      #expect(try #require(row["milliseconds"] as? Double) > 0)
      // The bundled checkpoints were evaluated at the paper's sides.
      #expect((row["measuredTop1"] == nil) == (side == 64))
      #expect((row["publishedTop1"] == nil) == (side == 64))
    }
    #expect(rows[3]["agreesWithLargest"] as? Bool == true)
  }

  @Test func anImageThatCannotBeReadIsNotedOnce() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/compare-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/lemon", withIntermediateDirectories: true)
    try copyContents(of: "Samples/Images/lemon.jpg", to: folder + "/lemon/a.jpg")
    try Data("x\n".utf8).write(to: URL(fileURLWithPath: folder + "/lemon/b.jpg"))
    let outcome = try Program.run([
      "compare", "--folder", folder, "--precision", "float,half,integer", "--weights",
      "mobilenet-0.25", "--resolution", "64", "--resolution", "96",
    ])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.errors.components(separatedBy: "/lemon/b.jpg: ").count == 2, "\(outcome)")
    #expect(outcome.errors.filter { $0 == "\n" }.count == 1, "\(outcome)")
  }

  @Test func whatThePersonSaysHoldsWhenComparing() throws {
    let said = ["--input-range", "0..255", "--crop", "1"]
    func answer(_ arguments: [String]) throws -> Double {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      if let rows = (json as? [String: Any])?["networks"] as? [[String: Any]] {
        return try #require((rows[0]["answer"] as? [String: Any])?["probability"] as? Double)
      }
      let entry = try #require((json as? [[String: Any]])?.first)
      let first = try #require((entry["predictions"] as? [[String: Any]])?.first)
      return try #require(first["probability"] as? Double)
    }
    let network = ["--weights", "mobilenet-0.25", "--resolution", "96"]
    let compared = try answer(["compare", "--json", Self.sample] + network + said)
    let alone = try answer(["classify", "--json", "--top", "1", Self.sample] + network + said)
    #expect(abs(compared - alone) < 1e-6)
    #expect(abs(compared - (try answer(["compare", "--json", Self.sample] + network))) > 1e-3)
  }

  @Test func theTableNamesEverythingThatIsBundled() throws {
    let outcome = try Program.run(["compare", Self.sample, "--resolution", "224"])
    #expect(outcome.status == 0)
    for name in [
      "mobilenet-1.0", "1.0-shallow", "mobilenet-0.75", "mobilenet-0.5", "mobilenet-0.25",
    ] {
      #expect(
        outcome.output.contains("\n\(name.padding(toLength: 16, withPad: " ", startingAt: 0)) 224"))
    }
    #expect(outcome.output.contains("69.0  70.6a"))
    #expect(outcome.output.contains("65.4  65.3a"))
    let lines = outcome.output.components(separatedBy: "\n").prefix(8)
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func standardInputCanBeCompared() throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: Self.sample))
    let arguments = ["--weights", "mobilenet-0.25", "--resolution", "32", "--resolution", "64"]
    let piped = try Program.run(["compare", "--json", "-"] + arguments, input: file)
    let read = try Program.run(["compare", "--json", Self.sample] + arguments)
    func answers(_ outcome: Program.Outcome) throws -> [String] {
      let rows = try #require(try object(outcome)["networks"] as? [[String: Any]])
      return rows.compactMap { ($0["answer"] as? [String: Any])?["label"] as? String }
    }
    let (first, second) = (try answers(piped), try answers(read))
    #expect(first == second && first.count == 2)
  }

  @Test func twoPhotosAreComparedLayerByLayer() throws {
    let arguments = ["--weights", "mobilenet-0.25", "--resolution", "64"]
    let same = try Program.run(["compare", "--json", Self.sample, Self.sample] + arguments)
    let rows = try #require(try object(same)["layers"] as? [[String: Any]])
    #expect(rows.count == 30 && rows[6]["layer"] as? String == "conv3_1_sep")
    #expect(rows.allSatisfy { abs(($0["cosine"] as? Double ?? 0) - 1) < 1e-6 })
    let other = try Program.run(
      ["compare", Self.sample, "Samples/Images/banana.jpg"] + arguments)
    #expect(other.output.contains(" 7 conv3_1_sep  0."))
    #expect(other.output.contains("mobilenet-0.25 at 64"))
  }

  #if !DEBUG
    // Without optimisation, pooling alone takes minutes.
    @Test func otherNetworksAreMeasured() throws {
      let outcome = try Program.run(["compare", "--networks", "--json"])
      #expect(outcome.status == 0)
      let rows = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
      #expect(rows.count == 7)
      let times = rows.compactMap { $0["milliseconds"] as? Double }
      #expect(times.count == 5 && times.allSatisfy { $0 > 0 })
      #expect(rows[2]["parameters"] as? Int == 1_248_424)
      #expect((rows[2]["layers"] as? [[String: Any]])?.count == 30)
    }
  #endif

  static let mistakes: [([String], Int32, [String])] = [
    (["compare"], 64, ["one image or two"]),
    (["compare", "--networks", sample], 64, ["--networks"]),
    (["compare", "--networks", "--weights", "mobilenet-0.5"], 64, ["--networks", "--weights"]),
    (["compare", sample, sample, sample], 64, ["one image or two"]),
    (["compare", "-", "-"], 64, ["standard input"]),
    (["compare", sample, "nowhere.jpg"], 66, ["nowhere.jpg"]),
    (["compare", sample, "--weights", "mobilenet-9"], 66, ["mobilenet-9", "mobilenet-1.0"]),
    (["compare", sample, "--resolution", "15"], 64, ["15", "a side from 16"]),
    (
      ["compare", sample, sample, "--weights", "mobilenet-0.5", "--weights", "mobilenet-1.0"], 64,
      ["one network"]
    ),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamed(arguments: [String], status: Int32, words: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == status && outcome.output.isEmpty)
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }

  @Test(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"))
  func aPersonComparesAndTakesAnotherWidth() throws {
    let screen = try TmuxScreen(
      command: "\(quoted(Program.path)) --sample circle --weights mobilenet-0.25 "
        + "--resolution 64; echo status=$?; read line")
    #expect(try screen.shows("▸ 1 conv1"))
    try screen.press("c")
    // What is explored comes first, because it is not one of the twenty.
    #expect(try screen.shows("▸ mobilenet-0.25    64"))
    #expect(try screen.waits { $0.contains("%") && $0.contains("mobilenet-1.0    224") })
    try screen.press("Tab")
    #expect(try screen.shows("log scale"))
    try screen.press("BTab", "Down", "Down", "Down", "Down")
    #expect(try screen.shows("▸ mobilenet-1.0    128"))
    try screen.press("J")
    #expect(try screen.shows("do not correspond"))
    #expect(try screen.shows("mobilenet-1.0 at 128"))
    try screen.press("Escape", "Enter")
    #expect(try screen.waits { $0.contains("mobilenet-1.0 at 128") && $0.contains("▸ 1 conv1") })
    try screen.press("q")
    #expect(try screen.shows("status=0"))
  }
}
