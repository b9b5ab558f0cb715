import Foundation
import Testing

/// The weights command, as people and scripts use it.
@Suite final class WeightsTests {
  private static let sample = "Samples/Images/circle.png"
  private static let float = "Tests/Models/CheckpointsTests/Fixtures/float.tflite"

  private let folder =
    FileManager.default.temporaryDirectory.path + "/weights-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func run(_ arguments: String...) throws -> Program.Outcome { try run(arguments) }

  private func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(["weights"] + arguments, environment: ["XDG_CACHE_HOME": folder])
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func theListHasTheAccuraciesOfTheModelCard() throws {
    let list = try run()
    #expect(list.status == 0)
    let card = try String(contentsOfFile: "Weights/README.md", encoding: .utf8)
    let table = try object(try run("list", "--json").output)
    let rows = try #require(table["weights"] as? [[String: Any]])
    let floats = rows.filter { $0["isQuantized"] as? Bool == false }
    #expect(rows.count == 15 && floats.count == 5)
    for row in floats {
      let name = try #require(row["name"] as? String)
      let line = try #require(list.output.split(separator: "\n").first { $0.hasPrefix(name) })
      let parameters = try #require(row["parameters"] as? Int)
      let cardRow = try #require(
        card.split(separator: "\n").first {
          $0.hasPrefix(
            "| \(name.dropFirst(10).replacing("1.0", with: "1").replacing("-", with: ", ")) |")
        })
      let grouped = try #require(line.split(separator: " ").first { $0.contains(",") })
      #expect(cardRow.contains(" \(grouped) "))
      #expect(grouped.filter { $0 != "," } == "\(parameters)")
      let accuracy = try #require(row["accuracy"] as? [[String: Double]])
      #expect(accuracy.map { $0["resolution"] } == [128, 160, 192, 224])
      for entry in accuracy {
        let (top1, top5) = (entry["top1"] ?? 0, entry["top5"] ?? 0)
        let text = "\((top1 * 10).rounded() / 10) / \((top5 * 10).rounded() / 10)"
        #expect(list.output.contains(text) && cardRow.contains(" \(text) "))
      }
    }
  }

  @Test func infoSaysWhereEachFactIsFrom() throws {
    let text = try run("info", Self.float).output
    func line(_ name: String) -> Substring? {
      text.split(separator: "\n").first { $0.hasPrefix(name) }
    }
    #expect(line("format")?.contains("TensorFlow Lite") == true)
    #expect(line("padding")?.hasSuffix("seen from the layers") == true)
    #expect(line("resolution")?.hasSuffix("implied by the shape of its input") == true)
    #expect(
      line("preprocessing")?.hasSuffix("not in the file; TensorFlow's convention") == true)

    let json = try object(try run("info", Self.float, "--json").output)
    let files = try #require(json["files"] as? [[String: Any]])
    let size = try FileManager.default.attributesOfItem(atPath: Self.float)[.size] as? Int
    #expect(files.count == 1 && files[0]["bytes"] as? Int == size)
    // By coreutils: `sha256sum float.tflite`.
    #expect(
      files[0]["sha256"] as? String
        == "57d0bb68e3784ccbcab7e7ea314c86581acb00499cf515f9eb26693b7c557dda")
  }

  @Test func whatIsWrittenForOtherProgramsIsTheSameNetwork() throws {
    // The temperature is folded in that belongs to the side that is written.
    for (name, side, options) in [
      ("a.onnx", "224", []), ("b.onnx", "96", ["--with-preprocessing", "--resolution", "96"]),
      ("folder", "224", ["--names", "transformers"]),
      ("d.safetensors", "224", ["--names", "transformers"]),
    ] {
      let path = "\(folder)/\(name)"
      let written = try run(["convert", "mobilenet-0.25", "-o", path] + options)
      #expect(written.status == 0, "\(written.errors)")
      // Without --force nothing that is there is replaced.
      #expect(try run(["convert", "mobilenet-0.25", "-o", path] + options).status == 73)
      let compared = try run(
        "verify", "mobilenet-0.25", Self.sample, "--against", path, "--resolution", side)
      #expect(compared.status == 0, "\(name): \(compared.output)")
    }
    let refused = try run("convert", "mobilenet-0.25", "-o", "\(folder)/t", "--names", "timm")
    #expect(refused.status == 65 && refused.errors.contains("timm has no such network"))
    let senseless = try run(
      "convert", "mobilenet-0.25", "-o", "\(folder)/x.onnx", "--names", "timm")
    #expect(senseless.status == 64)
  }

  @Test func activationsOfAnotherProgramAreToldApart() throws {
    /// A folder of .npy files with a network's outputs for the sample, and its input.
    func dump(_ name: String, _ options: String...) throws -> String {
      let path = "\(folder)/\(name)"
      for layer in ["all", "input"] {
        let written = try Program.run(
          [
            "export", Self.sample, "--weights", Self.float, "--layer", layer, "--format", "npy",
            "-o", path,
          ] + options)
        #expect(written.status == 0, "\(written.errors)")
      }
      return path
    }
    func verdict(_ path: String) throws -> (status: Int32, sentence: String) {
      let outcome = try run("verify", Self.float, Self.sample, "--against", path, "--json")
      let json = try object(outcome.output)
      #expect((json["layers"] as? [[String: Any]])?.count == 30)
      return (outcome.status, try #require(json["verdict"] as? String))
    }
    #expect(try verdict(dump("same")) == (0, "the same network"))
    let scaled = try verdict(dump("scaled", "--input-range", "0..1"))
    #expect(scaled.status == 2)
    #expect(scaled.sentence.hasPrefix("the same network; inputs differ: scale; the dump's is RGB"))
    #expect(scaled.sentence.contains("· 0.00392"))
    let padded = try verdict(dump("padded", "--padding", "symmetric"))
    #expect(padded == (1, "the same weights; the other padding makes them agree"))
    let empty = "\(folder)/empty.npz"
    try Data("nothing".utf8).write(to: URL(fileURLWithPath: empty))
    #expect(try run("verify", Self.float, Self.sample, "--against", empty).status == 65)
  }

  @Test func aFolderHasAllItsFilesChecked() throws {
    let json = try object(
      try run("info", "Tests/Models/CheckpointsTests/Fixtures/forge", "--json").output)
    #expect((json["files"] as? [Any])?.count == 56)
  }

  @Test func whatIsConvertedMakesTheSame() throws {
    let output = folder + "/out.safetensors"
    #expect(try run("convert", Self.float, "-o", output).status == 0)
    let same = try run("verify", Self.float, Self.sample, "--against", output, "--tolerance", "0")
    #expect(same.status == 0 && same.output.hasPrefix("all 30 layers agree"), "\(same.output)")
    let info = try run("info", output).output
    #expect(info.contains("float.tflite, TensorFlow Lite"))
    #expect(info.contains("preprocessing: not in the file; TensorFlow's convention"))

    let again = try run("convert", Self.float, "-o", output)
    #expect(again.status == 73 && again.errors.contains("--force"))
    #expect(try run("convert", Self.float, "-o", output, "--half", "--force").status == 0)
    let rounded = try run("verify", Self.float, Self.sample, "--against", output)
    #expect(rounded.status == 1 && rounded.output.hasPrefix("conv1 is the first layer"))
    let loose = try run(
      "verify", Self.float, Self.sample, "--against", output, "--tolerance", "0.05")
    #expect(loose.status == 0, "\(loose.output)")
  }

  @Test func aPipeOrALinkIsNotReplaced() throws {
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
    let answer = try run("convert", Self.float, "-o", link, "--force")
    #expect(answer.status == 73 && answer.errors.contains("is not a plain file"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/null")
  }

  @Test func labelsMayEndTheirLinesAsWindowsDoes() throws {
    let copy = folder + "/float.tflite"
    try copyContents(of: Self.float, to: copy)
    let classes = try #require(
      try object(try run("info", copy, "--json").output)["classes"] as? Int)
    let lines = (0..<classes).map { "label \($0)\r\n" }.joined()
    try Data(lines.utf8).write(to: URL(filePath: folder + "/labels.txt"))
    let answer = try Program.run(["classify", Self.sample, "--weights", copy])
    #expect(answer.output.contains("label "), "\(answer.output)")
  }

  @Test func theFirstLayerThatDiffersIsNamed() throws {
    // The bias of one channel half way through, a tenth of the layer's largest value larger.
    let source = folder + "/a.safetensors"
    #expect(try run("convert", "mobilenet-0.25", "-o", source).status == 0)
    var file = try #require(FileManager.default.contents(atPath: source))
    let length = Int(file[0]) | Int(file[1]) << 8 | Int(file[2]) << 16
    let header = try #require(
      JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: Any])
    let bias = try #require(header["conv4_1_sep.bias"] as? [String: Any])
    let start = try #require((bias["data_offsets"] as? [Int])?.first) + 8 + length + 4 * 7
    let value = file[start..<start + 4].withUnsafeBytes { $0.loadUnaligned(as: Float.self) }
    withUnsafeBytes(of: value + 1) { file.replaceSubrange(start..<start + 4, with: $0) }
    let other = folder + "/b.safetensors"
    try file.write(to: URL(fileURLWithPath: other))

    let outcome = try run("verify", source, Self.sample, "--against", other)
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("conv4_1_sep is the first layer that differs: by "))
    #expect(outcome.output.contains("channel 7)"))
    let json = try object(
      try run("verify", source, Self.sample, "--against", other, "--json").output)
    #expect(json["agrees"] as? Bool == false)
    #expect(json["firstDifferent"] as? String == "conv4_1_sep")
    let layers = try #require(json["layers"] as? [[String: Any]])
    #expect(layers[9]["relative"] as? Double == 0)
    #expect(abs(try #require(layers[10]["largest"] as? Double) - 1) < 1e-5)
  }

  @Test func networksOfOtherShapesDiffer() throws {
    let outcome = try run(
      "verify", "mobilenet-0.25", Self.sample, "--against", "mobilenet-0.5")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("conv1 is 112×112×8 in mobilenet-0.25"))
    // No layer can be compared, and there is no table without a row.
    #expect(!outcome.output.contains("relative"))
  }

  /// A file's fault, the exit status, and the words in the line.
  @Test func wrongFilesAreNamed() throws {
    let forge = folder + "/forge"
    try copyContents(of: "Tests/Models/CheckpointsTests/Fixtures/forge", to: forge)
    try FileManager.default.removeItem(atPath: forge + "/conv6_sep_w.bin")
    let missing = try run("info", forge)
    #expect(missing.status == 65 && missing.errors.contains("conv6_sep_w.bin is missing"))

    let cut = folder + "/cut.tflite"
    let whole = try #require(FileManager.default.contents(atPath: Self.float))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: cut))
    let damaged = try run("info", cut)
    #expect(damaged.status == 65 && damaged.errors.contains("damaged TensorFlow Lite file"))

    #expect(try run("info", "nowhere.onnx").status == 66)
    let unknown = try run("info", "Package.swift")
    #expect(unknown.status == 65 && unknown.errors.contains("no checkpoint that can be read"))
    let unfetched = try run("info", "keras-0.5-160")
    #expect(unfetched.status == 66 && unfetched.errors.contains("weights fetch keras-0.5-160"))
    let unwritable = try run("convert", Self.float, "-o", "/dev/null/x.safetensors")
    #expect(unwritable.status == 73 && unwritable.errors.contains("/dev/null/x.safetensors"))
  }
}

/// Real checkpoints through every command.
@Suite(.enabled(if: zooFolder != nil, "MOBILENET_ZOO names no folder"))
struct ZooCommandTests {
  @Test(arguments: [
    ("mobilenet_v1_0.25_128_quant", "0.25", "128", "king_penguin"),
    ("mobilenet_v1_0.5_160_quant", "0.5", "160", "zebra"),
    ("mobilenet_v1_0.75_192_quant", "0.75", "192", "school_bus"),
  ])
  func classifiersAreExaminedConvertedAndUsed(
    name: String, width: String, side: String, photo: String
  ) throws {
    let folder = try #require(zooFolder)
    let path = "\(folder)/\(name).tflite"
    let info = try Program.run(["weights", "info", path]).output
    #expect(info.contains("width           \(width)"))
    #expect(info.contains("resolution      \(side)"))
    #expect(info.contains("classes         1001"))

    let output = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: output) }
    #expect(try Program.run(["weights", "convert", path, "-o", output]).status == 0)
    let image = "\(folder)/../photos/\(photo).jpg"
    let same = try Program.run(
      ["weights", "verify", path, image, "--against", output, "--tolerance", "0"])
    #expect(same.status == 0, "\(same.output)")
    let answer = try Program.run(["classify", "--top", "1", image, "--weights", output])
    #expect(answer.output.contains(photo.replacingOccurrences(of: "_", with: " ")))
  }

  @Test func aFeatureExtractorBrowsesAndExportsButDoesNotClassify() throws {
    let folder = try #require(zooFolder)
    let path = "\(folder)/mobilenet_v1_1.0_224_quant_embedding_extractor.tflite"
    let image = "\(folder)/../photos/cat.jpg"
    let info = try Program.run(["weights", "info", path]).output
    #expect(info.contains("layers          28") && info.contains("none: it doesn't classify"))
    let report = try Program.run([image, "--weights", path])
    #expect(report.status == 0 && report.output.contains("28 layers, 3,196,032 parameters"))
    let answer = try Program.run(["classify", image, "--weights", path])
    #expect(answer.status == 65 && answer.errors.contains("has no classifier"))
    let output = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let export = try Program.run([
      "export", image, "--weights", path, "--layer", "pool6", "--format", "npy", "-o", output,
    ])
    #expect(export.status == 0 && FileManager.default.fileExists(atPath: output + "/pool6.npy"))
  }
}

private let zooFolder = ProcessInfo.processInfo.environment["MOBILENET_ZOO"]
