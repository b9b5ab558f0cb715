import Foundation
import Testing

/// Quantised checkpoints as integers, on the command line.
struct PrecisionTests {
  private static let quantized = fixture("int8.tflite")
  private static let float = fixture("float.tflite")

  @Test func aQuantizedCheckpointRunsAsIntegersUnlessFloatsAreAskedFor() throws {
    let image = "Samples/Images/banana.jpg"
    func classify(_ options: String...) throws -> String {
      let run = try Program.run(["classify", image, "--weights", Self.quantized] + options)
      #expect(run.status == 0, "\(run.errors)")
      return run.output
    }
    let text = try classify()
    #expect(text.contains("computed in integers of 8 bits"))
    #expect(try classify("--precision", "integer") == text)
    let floats = try classify("--precision", "float")
    #expect(!floats.contains("integers"))
    #expect(try classify("--json").contains("\"precision\" : \"integer\""))
    // A softmax of bytes knows no other probabilities than n/256.
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(classify("--json").utf8)) as? [[String: Any]])
    let predictions = try #require(rows[0]["predictions"] as? [[String: Any]])
    for prediction in predictions {
      let steps = try #require(prediction["probability"] as? Double) * 256
      #expect(steps == steps.rounded())
    }
  }

  /// Who computes with the floats of a network of integers says so.
  @Test func whoUsesTheFloatsSaysSo() throws {
    let name = "mobilenet-0.25-int8"
    let folder = FileManager.default.temporaryDirectory.path + "/floats-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/photos/fruit", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for photo in ["banana.jpg", "lemon.jpg"] {
      try FileManager.default.copyItem(
        atPath: "Samples/Images/\(photo)", toPath: "\(folder)/photos/fruit/\(photo)")
    }
    let small = ["--weights", name, "--resolution", "96"]
    for command in [
      ["features", folder + "/photos", "-o", folder + "/features.npy"] + small,
      ["atlas", folder + "/photos", "-o", folder + "/atlas.safetensors"] + small,
      ["learn", folder + "/photos", "-o", folder + "/mine.safetensors"] + small,
      ["weights", "convert", name, "-o", folder + "/copy.safetensors"],
      ["weights", "verify", name, "Samples/Images/lemon.jpg", "--against", name],
    ] {
      let run = try Program.run(command)
      #expect(
        run.errors.contains("\(name): a network of integers; this command"), "\(command): \(run)")
    }
    // Nobody measured what its confidence is worth.
    let info = try Program.run(["weights", "info", name])
    #expect(!info.output.contains("temperature") && !info.output.contains("calibration"))
    #expect(info.output.contains("all else computes with its floats"))
    let floats = try Program.run(["weights", "info", "mobilenet-0.25"])
    #expect(floats.output.contains("temperature") && !floats.output.contains("its floats"))
  }

  @Test func integersAreExportedAsTheyAre() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let image = "Samples/Images/banana.jpg"
    let run = try Program.run([
      "export", image, "--weights", Self.quantized, "--format", "npy", "--output", folder,
    ])
    #expect(run.status == 0, "\(run.errors)")
    let conv1 = try Data(contentsOf: URL(filePath: folder + "/conv1.npy"))
    #expect(String(decoding: conv1[10..<80], as: UTF8.self).contains("'|i1'"))
    #expect(conv1.count == 128 + 32 * 32 * 6)
    let again = try Program.run([
      "export", image, "--weights", Self.quantized, "--layer", "input", "--format", "npy",
      "--output", folder,
    ])
    #expect(again.status == 0, "\(again.errors)")
    let input = try Data(contentsOf: URL(filePath: folder + "/input.npy"))
    #expect(input.count == 128 + 64 * 64 * 3)
    let facts = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: folder + "/quantization.json"))) as? [String: Any])
    let first = try #require(facts["conv1"] as? [String: Any])
    #expect(first["type"] as? String == "int8" && first["zeroPoint"] as? Int == -128)
    #expect(abs(try #require(first["scale"] as? Double) - 6.0 / 255) < 1e-6)
  }

  @Test func floatsDoNotRunAsIntegers() throws {
    let image = "Samples/Images/banana.jpg"
    for command in ["classify", "export"] {
      let more = command == "export" ? ["--format", "npy", "--output", "/unused"] : []
      let run = try Program.run(
        [command, image, "--weights", Self.float, "--precision", "integer"] + more)
      #expect(run.status == 64)
      #expect(run.errors.contains("--precision integer") && run.errors.contains("quantised"))
    }
  }

  @Test func aNetworkIsQuantizedAndUsed() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).tflite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func quantize(_ options: String...) throws -> Program.Outcome {
      try Program.run(["weights", "quantize", "mobilenet-0.25", "-o", path] + options)
    }
    let made = try quantize("--calibrate", "Samples/Images", "--images", "4", "--resolution", "128")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains(path) && made.output.contains("of 4 photos"))
    let answer = try Program.run(["classify", "Samples/Images/banana.jpg", "--weights", path])
    #expect(answer.status == 0 && answer.output.contains("computed in integers"))
    #expect(try Program.run(["weights", "info", path]).output.contains("resolution      128"))

    let again = try quantize("--calibrate", "Samples/Images")
    #expect(again.status == 73 && again.errors.contains("--force"))
    let empty = try quantize("--force", "--calibrate", "Tests/Fuzzing")
    #expect(empty.status == 65 && empty.errors.contains("Tests/Fuzzing: no images found"))
    let wrong = try quantize(
      "--force", "--calibrate", "Samples/Images", "--type", "uint8", "--scales", "channel")
    #expect(wrong.status == 64 && wrong.errors.contains("--scales channel"))
  }

  @Test func theBenchmarkMeasuresIntegers() throws {
    let run = try Program.run([
      "bench", "--precision", "integer", "--width", "0.25", "--resolution", "64", "--seconds", "0",
      "--json",
    ])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\"precision\" : \"integer\""))
    let wrong = try Program.run(["bench", "--precision", "integer", "--no-record"])
    #expect(wrong.status == 64 && wrong.errors.contains("--no-record"))
  }

  @Test func halvesAreKeptBetweenTheLayers() throws {
    let image = "Samples/Images/banana.jpg"
    let run = try Program.run([
      "classify", image, "--weights", "mobilenet-0.25", "--precision", "half", "--json",
    ])
    #expect(run.status == 0 && run.output.contains("\"precision\" : \"half\""), "\(run.errors)")
    let text = try Program.run([
      "classify", image, "--weights", "mobilenet-0.25", "--precision", "half",
    ])
    #expect(text.output.contains("computed with numbers of 16 bits between the layers"))
    let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let export = try Program.run([
      "export", image, "--weights", "mobilenet-0.25", "--precision", "half", "--format", "npy",
      "--layer", "conv1", "--resolution", "64", "--output", folder,
    ])
    #expect(export.status == 0, "\(export.errors)")
    let conv1 = try Data(contentsOf: URL(filePath: folder + "/conv1.npy"))
    #expect(String(decoding: conv1[10..<80], as: UTF8.self).contains("'<f2'"))
    #expect(conv1.count == 128 + 2 * 32 * 32 * 8)
    let bench = try Program.run([
      "bench", "--precision", "half", "--width", "0.25", "--resolution", "64", "--seconds", "0",
      "--json",
    ])
    #expect(bench.status == 0 && bench.output.contains("\"precision\" : \"half\""))
    let wrong = try Program.run(["bench", "--precision", "half", "--backward"])
    #expect(wrong.status == 64 && wrong.errors.contains("--backward"))
  }

  @Test func theRooflineSaysWhatHoldsEachLayerBack() throws {
    struct Roofline: Decodable {
      struct Level: Decodable {
        let name: String
        let gigabytes: Double
      }
      struct Row: Decodable {
        let name: String
        let multiplyAdds, bytes: Int
        let heldIn: String
        let intensity, attained, limit: Double
        let heldBackBy: String
      }
      let gigaMultiplyAdds: Double
      let levels: [Level]
      let layers: [Row]
    }
    let small = ["--width", "0.25", "--resolution", "64", "--seconds", "0"]
    let outcome = try Program.run(["bench", "--roofline", "--json"] + small)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let roofline = try JSONDecoder().decode(Roofline.self, from: Data(outcome.output.utf8))
    // All but pooling and softmax multiply.
    #expect(roofline.layers.count == 28 && roofline.levels.last?.name == "memory")
    let first = roofline.layers[0]
    #expect(first.name == "conv1" && first.multiplyAdds == 32 * 32 * 8 * 27)
    #expect(first.bytes == 4 * (64 * 64 * 3 + 8 * 28 + 32 * 32 * 8))
    for row in roofline.layers {
      let level = try #require(roofline.levels.first { $0.name == row.heldIn })
      #expect(abs(row.intensity * Double(row.bytes) / Double(row.multiplyAdds) - 1) < 1e-5)
      let bytes = row.intensity * level.gigabytes
      #expect(abs(row.limit / min(bytes, roofline.gigaMultiplyAdds) - 1) < 1e-4)
      #expect(row.attained > 0)
      #expect(row.heldBackBy == (bytes < roofline.gigaMultiplyAdds ? "bytes" : "arithmetic"))
    }
    let text = try Program.run(["bench", "--roofline"] + small)
    #expect(text.output.split(separator: "\n").count == 30, "\(text.output)")
    let wrong = try Program.run(["bench", "--roofline", "--all"])
    #expect(wrong.status == 64 && wrong.errors.contains("--roofline: expected one network"))
  }

  @Test func precisionsAreComparedOnAPhoto() throws {
    func compare(_ options: String...) throws -> Program.Outcome {
      try Program.run(
        [
          "compare", "Samples/Images/banana.jpg", "--weights", "mobilenet-0.25", "--resolution",
          "128", "--threads", "1",
        ] + options)
    }
    let run = try compare("--precision", "float,half,integer", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let rows = try #require(document["networks"] as? [[String: Any]])
    #expect(rows.map { $0["precision"] as? String } == ["float", "half", "integer"])
    let sizes = rows.compactMap { $0["weightBytes"] as? Int }
    #expect(sizes[0] == 4 * 261_736 && sizes[1] == 2 * 261_736)
    #expect(sizes[2] > 261_736 && sizes[2] < sizes[1])
    let outputs = rows.compactMap { $0["outputBytes"] as? Int }
    #expect(outputs[0] == 4 * outputs[2] && outputs[1] == 2 * outputs[2])
    let losses = try #require(document["losses"] as? [[String: Any]])
    #expect(losses.map { $0["precision"] as? String } == ["half", "integer"])
    #expect(losses.allSatisfy { ($0["layers"] as? [[String: Any]])?.count == 30 })
    #expect(rows[0]["agreement"] == nil && rows[1]["agreement"] as? Double == 100)
    let text = try compare("--precision", "float,integer", "--scales", "tensor").output
    #expect(text.contains("integer: int8, a scale per layer, all values, 1 photo."))

    let wrong = try compare("--precision", "float,double")
    #expect(wrong.status == 64 && wrong.errors.contains("--precision"))
    let lonely = try compare("--scales", "tensor")
    #expect(lonely.status == 64 && lonely.errors.contains("need --precision"))
    let pipe = try Program.run(["compare", "-", "--precision", "float,half"])
    #expect(pipe.status == 64 && pipe.errors.contains("read only once"))
  }

  @Test func precisionsAreComparedOnAFolder() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, image) in [("banana", "banana.jpg"), ("lemon", "lemon.jpg")] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      try copyContents(of: "Samples/Images/\(image)", to: "\(folder)/\(name)/a.jpg")
    }
    let run = try Program.run([
      "compare", "--folder", folder, "--weights", "mobilenet-0.5", "--resolution", "160",
      "--precision", "float,half,integer", "--json",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let rows = try #require(document["networks"] as? [[String: Any]])
    #expect(rows.count == 3 && rows.allSatisfy { $0["images"] as? Int == 2 })
    #expect(rows.allSatisfy { $0["top1"] as? Double == 100 })
    #expect((document["notes"] as? [String])?.first?.contains("2 photos") == true)
  }

  @Test func aQuantizedFileSaysHowOftenItIsRight() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).tflite"
    let list = path + ".csv"
    defer { for file in [path, list] { try? FileManager.default.removeItem(atPath: file) } }
    try Data("banana.jpg banana\nlemon.jpg lemon\n".utf8)
      .write(to: URL(filePath: list))
    let made = try Program.run([
      "weights", "quantize", "mobilenet-0.5", "--calibrate", "Samples/Images", "--images", "3",
      "--resolution", "160", "--evaluate", "Samples/Images", "--labels", list, "--name", "mine",
      "-o", path,
    ])
    #expect(made.status == 0, "\(made.errors)")
    #expect(
      made.output.contains("floats: top-1 100.00") && made.output.contains("integers: top-1 100.00")
    )
    let info = try Program.run(["weights", "info", path]).output
    #expect(info.contains("mine") && info.contains("100.0 / 100.0"))
    #expect(info.contains("mobilenet-explorer evaluate, 2 images"))
  }

  /// With a scale for each channel next to nothing is lost; one for each layer loses more.
  @Test func theFamilyHasIntegersThatSayHowOftenTheyAreRight() throws {
    let text = try Program.run(["weights", "list", "--json"]).output
    let table = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let rows = try #require(table["weights"] as? [[String: Any]])
    var right: [String: Double] = [:]
    for row in rows where row["isBundled"] as? Bool == true {
      let measured = try #require(row["accuracy"] as? [[String: Double]])
      right[try #require(row["name"] as? String)] = measured.last?["top1"]
    }
    for width in ["1.0", "1.0-shallow", "0.75", "0.5", "0.25"] {
      let floats = try #require(right["mobilenet-\(width)"])
      let channel = try #require(right["mobilenet-\(width)-int8"])
      let tensor = try #require(right["mobilenet-\(width)-int8-tensor"])
      #expect(abs(floats - channel) < 5 && tensor < channel, "\(width)")
    }
    let run = try Program.run([
      "classify", "Samples/Images/banana.jpg", "--weights", "mobilenet-0.25-int8",
    ])
    #expect(run.status == 0 && run.output.contains("computed in integers of 8 bits"))
  }
}

private func fixture(_ name: String) -> String {
  "Tests/Models/CheckpointsTests/Fixtures/\(name)"
}
