import Foundation
import Testing

/// `patch` and `fool`, as scripts use them.
@Suite struct ChangeTests {
  private static let sample = "Samples/Images/circle.png"
  private static let other = "Samples/Images/stripes.png"
  private static let small = ["--weights", "mobilenet-0.25", "--resolution", "64"]

  private struct Answers: Decodable {
    struct Class: Decodable, Equatable {
      let `class`: Int
      let probability: Float
    }
    let change: String
    let before, after: [Class]
  }

  private func answers(_ arguments: [String]) throws -> Answers {
    let outcome = try Program.run(arguments + ["--json"] + Self.small)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Answers.self, from: Data(outcome.output.utf8))
  }

  private func classified(_ image: String) throws -> [Answers.Class] {
    struct Row: Decodable { let predictions: [Answers.Class] }
    let outcome = try Program.run(["classify", image, "--json"] + Self.small)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode([Row].self, from: Data(outcome.output.utf8))[0].predictions
  }

  @Test func aWholeLayerOfAnotherPhotoGivesItsAnswer() throws {
    let found = try answers(
      ["patch", Self.sample, "--layer", "conv4_2_sep", "--photo", Self.other])
    #expect(try found.before == classified(Self.sample))
    #expect(try found.after == classified(Self.other))
    #expect(found.change == "all of conv4_2_sep: as in \(Self.other)")
  }

  @Test func whatIsPutThereIsSaid() throws {
    for (arguments, change) in [
      (["--channel", "1,2,3,7"], "channels 1–3, 7 of conv3_1_sep: off"),
      (["--area", "3,2-1,5", "--to-mean"], "rows 1–3, columns 2–5 of conv3_1_sep: its mean over"),
      (["--channel", "0", "--times", "-1.5"], "channel 0 of conv3_1_sep: times -1.5"),
      (["--times", "1e-7"], "all of conv3_1_sep: times 1.0e-7"),
      (["--clamp", "0,0.25"], "all of conv3_1_sep: held from 0"),
    ] {
      let outcome = try Program.run(
        ["patch", Self.sample, "--layer", "conv3_1_sep"] + arguments + Self.small)
      #expect(outcome.status == 0 && outcome.output.hasPrefix(change), "\(outcome)")
      #expect(outcome.output.contains("23 of 30 layers ran again"))
    }
  }

  @Test func theChangedPhotoIsClassifiedAsSaid() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("fooled.png").path
    let found = try answers(["fool", Self.sample, "-o", file])
    #expect(found.before[0].class != found.after[0].class)
    #expect(try found.before == classified(Self.sample))
    #expect(try classified(file) == found.after)
    let led = try answers(
      ["fool", Self.sample, "--class", "150", "--rounds", "20", "--step", "16"]
        + ["-o", file, "--force"])
    #expect(led.after[0].class == 150)
    #expect(try classified(file) == led.after)
  }

  @Test func whatIsReadIsNotWrittenOver() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (photo, link) = (folder.path + "/photo.png", folder.path + "/link.png")
    try copyContents(of: Self.sample, to: photo)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: photo)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: photo))
    for command in ["fool", "explain"] {
      for output in [photo, link] {
        let outcome = try Program.run([command, photo, "-o", output, "--force"] + Self.small)
        #expect(outcome.status == 64 && outcome.errors.contains("\(output): is read as well"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: photo)) == bytes)
      }
    }
    // A checkpoint is known by what it begins with, whatever its name.
    let network = folder.path + "/network.png"
    try copyContents(of: "Weights/Files/mobilenet-0.25.safetensors", to: network)
    let weights = try Data(contentsOf: URL(fileURLWithPath: network))
    for command in [["fool", photo], ["explain", photo], ["visualize", "--class", "1"]] {
      let outcome = try Program.run(
        command + ["--weights", network, "-o", network, "--force"])
      #expect(outcome.status == 64 && outcome.errors.contains("\(network): is read as well"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: network)) == weights)
    }
  }

  @Test func aPictureThatIsThereIsReplacedOnlyByForce() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let other = folder.appendingPathComponent("other.png")
    try copyContents(of: "Samples/Images/stripes.png", to: other.path)
    let bytes = try Data(contentsOf: other)
    for command in [
      ["fool", Self.sample] + Self.small, ["explain", Self.sample] + Self.small,
      ["visualize", "--class", "3", "--steps", "2", "--side", "64"],
    ] {
      let arguments = command + ["-o", other.path]
      let refused = try Program.run(arguments)
      #expect(refused.status == 73, "\(refused)")
      #expect(refused.errors.hasSuffix("other.png: exists; --force replaces it\n"))
      #expect(try Data(contentsOf: other) == bytes)
      #expect(try Program.run(arguments + ["--force"]).status == 0)
      #expect(try Data(contentsOf: other) != bytes)
      try bytes.write(to: other)
    }
  }

  /// Mistakes, the exit status by kind, and the names in the line.
  static let mistakes: [([String], Int32, [String])] = [
    (["patch", "--layer", "conv9"], 64, ["--layer conv9", "no such layer"]),
    (["patch", "--layer", "fc7"], 64, ["--layer fc7", "before the classifier"]),
    (["patch", "--layer", "conv1", "--channel", "8"], 64, ["--channel 8", "0 to 7"]),
    (["patch", "--layer", "conv1", "--channel", "1,x"], 64, ["--channel 1,x", "numbers"]),
    (["patch", "--layer", "conv1", "--area", "0,0-32,1"], 64, ["--area 0,0-32,1", "31,31"]),
    (["patch", "--layer", "conv1", "--clamp", "2,1"], 64, ["--clamp 2,1", "LOW,HIGH"]),
    (["patch", "--layer", "conv1", "--to-mean", "--times", "2"], 64, ["expected one of them"]),
    (["patch", "--layer", "conv1", "--photo", "nowhere.png"], 66, ["nowhere.png"]),
    (["patch", "--layer", "conv1", "--atlas", "a"], 64, ["--atlas", "--to-mean"]),
    (["patch", "--layer", "conv1", "--to-mean", "--atlas", "nowhere"], 66, ["nowhere"]),
    (["patch", "--layer", "conv1", "--times", "3e38"], 65, ["times 3.0e38: no answer", "layer"]),
    (["fool", "--class", "-1"], 64, ["--class -1", "0 to 199"]),
    (["fool", "--class", "200"], 64, ["--class 200", "0 to 199"]),
    (["fool", "--step", "0"], 64, ["--step 0", "1 to 64"]),
    (["fool", "--rounds", "0"], 64, ["--rounds 0", "1 to 100"]),
    (["fool", "-o", "a.jpg"], 64, ["a.jpg", ".png"]),
    (["fool", "-o", "nowhere/a.png"], 73, ["nowhere/a.png"]),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamed(arguments: [String], status: Int32, words: [String]) throws {
    let outcome = try Program.run([arguments[0], Self.sample] + arguments.dropFirst() + Self.small)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }
}
