import Foundation
import Testing

/// A network with finite weights whose values grow beyond the largest float32.
@Suite final class OverflowTests {
  private static let sample = "Samples/Images/circle.png"

  private let folder =
    FileManager.default.temporaryDirectory.path + "/overflow-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The bundled width 0.25 with ReLU, in which every weight of a channel of conv6_sep is huge.
  private func weights() throws -> String {
    let path = folder + "/huge.safetensors"
    #expect(
      try Program.run(["weights", "convert", "mobilenet-0.25", "-o", path]).status == 0)
    var file = try Data(contentsOf: URL(fileURLWithPath: path))
    let length = Int(file[0]) | Int(file[1]) << 8 | Int(file[2]) << 16
    let header = try #require(
      JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: Any])
    let array = try #require(header["conv6_sep.weight"] as? [String: Any])
    let start = try #require((array["data_offsets"] as? [Int])?.first) + 8 + length
    for index in 0..<256 {
      withUnsafeBytes(of: Float(3e38)) {
        file.replaceSubrange(start + 4 * index..<start + 4 * index + 4, with: $0)
      }
    }
    try file.write(to: URL(fileURLWithPath: path))
    return path
  }

  private let sentence =
    "no answer: conv6_sep is the first layer whose values are too large for its numbers"

  @Test func theFirstLayerThatOverflowsIsNamed() throws {
    let weights = ["--weights", try weights()]
    let answer = try Program.run(["classify", Self.sample] + weights)
    #expect(answer.status == 65 && answer.errors.contains("\(Self.sample): \(sentence)"))
    let report = try Program.run([Self.sample] + weights)
    #expect(report.status == 0 && report.output.contains(sentence), "\(report.errors)")
    for command in ["explain", "fool"] {
      let outcome = try Program.run([command, Self.sample] + weights)
      #expect(outcome.status == 65 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    }
    for layer in ["conv6_sep", "pool6", "fc7", "prob"] {
      let picture = try Program.run(["heatmap", Self.sample, "--layer", layer] + weights)
      // The layer itself is drawn, what is made of it is not.
      let isDrawn = layer == "conv6_sep"
      #expect(picture.status == (isDrawn ? 0 : 65), "\(picture)")
      #expect(
        picture.errors.contains("huge.safetensors: conv6_sep is the first layer whose values"))
      #expect(picture.output.contains(layer) == isDrawn)
      let export = try Program.run(
        ["export", Self.sample, "--layer", layer, "--format", "png", "-o", folder] + weights)
      #expect(export.status == 0, "\(export.errors)")
    }
    let table = try Program.run(
      ["export", Self.sample, "--layer", "fc7", "--format", "csv", "-o", folder] + weights)
    #expect(table.status == 0, "\(table.errors)")
    let values = try String(contentsOfFile: folder + "/fc7.csv", encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",")[3] }
    #expect(values.count == 200 && Set(values).isSubset(of: ["nan", "inf", "-inf"]), "\(values)")
  }

  @Test func nothingIsMadeOfValuesThatAreNoNumbers() throws {
    let weights = ["--weights", try weights()]
    for arguments in [
      ["compare", Self.sample], ["compare", Self.sample, "--json"],
      ["lesson", Self.sample, "--layer", "conv6_sep"],
      ["lesson", Self.sample, "--topic", "padding"],
      ["features", "Samples/Images", "-o", folder + "/f.npy"],
      ["atlas", "make", "Samples/Images", "-o", folder + "/a.safetensors"],
    ] {
      let outcome = try Program.run(arguments + weights)
      #expect(outcome.status == 65 && outcome.output.isEmpty, "\(arguments): \(outcome)")
      // An array and an atlas are no answers.
      let isAnswer = !["features", "atlas"].contains(arguments[0])
      #expect(outcome.errors.contains(sentence) == isAnswer, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains("conv6_sep is the first layer"), "\(outcome.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["huge.safetensors"])
    // Nor is such an image counted as right or wrong.
    let images = folder + "/images"
    try FileManager.default.createDirectory(
      atPath: images + "/lemon", withIntermediateDirectories: true)
    try copyContents(of: Self.sample, to: images + "/lemon/1.png")
    for arguments in [
      ["evaluate", images], ["evaluate", images, "--json"],
      ["evaluate", images, "--csv", folder + "/answers.csv"], ["compare", "--folder", images],
      ["compare", "--folder", images, "--precision", "half,float"],
      ["compare", Self.sample, "--precision", "float,half"],
    ] {
      let outcome = try Program.run(arguments + weights)
      #expect(outcome.status == 65 && outcome.output.isEmpty, "\(arguments): \(outcome)")
      #expect(outcome.errors.contains("is the first layer whose values"), "\(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder + "/answers.csv"))
    let two = try Program.run(
      ["compare", "--folder", images, "--weights", "mobilenet-0.25", "--resolution", "64"] + weights
    )
    #expect(two.status == 65 && two.output.contains("mobilenet-0.25"), "\(two)")
    #expect(!two.output.contains("nan") && !two.output.contains("huge"), "\(two.output)")
    // What comes before that layer is told.
    #expect(try Program.run(["lesson", Self.sample] + weights).status == 0)
    let all = try Program.run(["lesson", Self.sample, "--topic", "all", "--json"] + weights)
    #expect(all.status == 65 && all.errors.contains("nothing is told of"), "\(all.errors)")
    #expect(
      all.errors.contains(sentence.dropFirst("no answer: ".count)) && all.errors.contains("padding")
    )
    let told = try JSONSerialization.jsonObject(with: Data(all.output.utf8))
    #expect((told as? [Any])?.isEmpty == false && !all.errors.contains("receptive"))
    // One reason is told once.
    let sizes = try Program.run(
      ["compare", Self.sample, "--resolution", "64", "--resolution", "96"] + weights)
    #expect(sizes.errors.split(separator: "\n").count == 1, "\(sizes.errors)")
    #expect(sizes.errors.hasSuffix("\(sentence) (at 64, 96)\n"), "\(sizes.errors)")
    // Another network has its answer.
    let both = try Program.run(["compare", Self.sample, "--weights", "mobilenet-0.25"] + weights)
    #expect(both.status == 65 && both.output.contains("mobilenet-0.25"), "\(both)")
    #expect(!both.output.contains("nan"), "\(both.output)")
  }

  @Test func noPictureIsDrawnOfWhatIsTooLarge() throws {
    let weights = ["--weights", try weights()]
    let path = folder + "/wants.png"
    for target in [["--layer", "conv6_sep", "--channel", "0"], ["--class", "0"]] {
      let drawn = try Program.run(
        ["visualize", "--steps", "2", "--side", "64", "-o", path] + target + weights)
      #expect(drawn.status == 65 && drawn.output.isEmpty, "\(target): \(drawn)")
      #expect(drawn.errors.contains("too large for the network's numbers"), "\(drawn.errors)")
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func aFileDoesNotDifferFromItself() throws {
    let weights = try weights()
    let outcome = try Program.run(["weights", "verify", weights, Self.sample, "--against", weights])
    #expect(outcome.status == 65 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains(sentence.dropFirst("no answer: ".count)), "\(outcome.errors)")
  }

  @Test func imagesOfAFolderAreNamedInOneLine() throws {
    let outcome = try Program.run(
      ["features", "Samples/Images", "-o", folder + "/f.npy", "--weights", try weights()])
    let lines = outcome.errors.split(separator: "\n").filter {
      $0.contains("conv6_sep is the first layer")
    }
    #expect(lines.count == 1 && lines[0].contains("images, such as"), "\(outcome.errors)")
  }

  @Test func whatScriptsGetStaysJSON() throws {
    let weights = try weights()
    for arguments in [
      ["compare", "--json", Self.sample, Self.sample, "--weights", weights],
      ["live", "Samples/Images", "--report", "--json", "--weights", weights],
      ["weights", "verify", weights, Self.sample, "--against", "mobilenet-0.25", "--json"],
    ] {
      let outcome = try Program.run(arguments)
      #expect([0, 1].contains(outcome.status), "\(arguments): \(outcome.errors)")
      let lines =
        arguments[0] == "live" ? outcome.output.split(separator: "\n") : [outcome.output[...]]
      for line in lines {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      }
    }
  }

  @Test(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"))
  func theExplorerShowsWhatThereIs() throws {
    let screen = try TmuxScreen(
      width: 120, height: 40,
      command: "\(quoted(Program.path)) \(Self.sample) --weights \(quoted(try weights())); "
        + "echo status=$?; read line")
    #expect(try screen.shows("no answer: conv6_sep"))
    try screen.press("End")
    #expect(try screen.shows("▸30 prob"))
    try screen.press("Enter")
    #expect(try screen.waits { !$0.contains("▸30 prob") })
    try screen.press("Escape")
    #expect(try screen.shows("▸30 prob"))
    try screen.press("q")
    #expect(try screen.shows("status=0"))
  }
}
