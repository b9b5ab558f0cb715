import Foundation
import Testing

/// Own classes, an atlas and features, from folders as people have them.
@Suite struct OwnClassesTests {
  /// A folder of two classes made of the bundled samples, with what folders have besides: a copy, a
  /// damaged picture, a text and an empty folder; gone afterwards.
  static func withPhotos(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/own-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func copy(_ sample: String, _ path: String) throws {
      let url = URL(fileURLWithPath: "\(folder)/photos/\(path)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try copyContents(of: "Samples/Images/\(sample)", to: url.path)
    }
    for name in ["circle.png", "edges.png", "gradient.png", "stripes.png"] {
      try copy(name, "drawn/" + name)
    }
    for name in ["banana.jpg", "lemon.jpg", "orange.jpg", "teapot.jpg"] {
      try copy(name, "photo/" + name)
    }
    try copy("circle.png", "drawn/circle again.png")
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: folder + "/photos/drawn/bad.png"))
    try Data("a text".utf8).write(to: URL(fileURLWithPath: folder + "/photos/photo/notes.txt"))
    try FileManager.default.createDirectory(
      atPath: folder + "/photos/nothing", withIntermediateDirectories: true)
    try body(folder)
  }

  static let network = ["--weights", "mobilenet-0.25", "--resolution", "96"]

  @Test func whatIsLearnedIsACheckpointLikeAnyOther() throws {
    try Self.withPhotos { folder in
      let mine = folder + "/mine.safetensors"
      let learned = try Program.run(["learn", folder + "/photos", "-o", mine] + Self.network)
      #expect(learned.status == 0, "\(learned.errors)")
      #expect(learned.output.contains("9 images of 2 classes"))
      #expect(learned.output.contains("cross-validated in 4 folds"))
      #expect(learned.output.contains("\n  5  drawn\n  4  photo\n"))
      for words in [
        "photos/nothing: holds no image", "drawn/bad.png: not a PNG or JPEG picture",
        "drawn/circle.png: the same picture as drawn/circle again.png, held back together",
      ] {
        #expect(learned.errors.contains(words), "\(learned.errors)")
      }

      let answer = try Program.run(
        ["classify", folder + "/photos/drawn", "--weights", mine, "--top", "1"])
      #expect(answer.status == 65)
      #expect(answer.output.split(separator: "\n").count { $0.hasSuffix("  drawn") } == 5)
      let info = try Program.run(["weights", "info", mine])
      #expect(info.output.contains("mobilenet-0.25 at 96, SHA-256"))
      #expect(info.output.contains("9 images of 2 classes"))
      let evaluated = try Program.run(["evaluate", folder + "/photos", "--weights", mine])
      #expect(evaluated.output.contains("top-1 100.00 %"))

      // The same seed comes to the same numbers; no other file is replaced unasked.
      let other = folder + "/other.safetensors"
      _ = try Program.run(["learn", folder + "/photos", "-o", other] + Self.network)
      let differences = try Program.run(
        ["weights", "verify", mine, "Samples/Images/edges.png", "--against", other])
      #expect(differences.status == 0, "\(differences.output)")
    }
  }

  /// Taught one class after the other, it answers as if it had been taught all at once.
  @Test func moreCanBeAddedLater() throws {
    try Self.withPhotos { folder in
      let files = FileManager.default
      let all = folder + "/all.safetensors"
      _ = try Program.run(["learn", folder + "/photos", "-o", all] + Self.network)
      for part in ["first", "second"] {
        try files.createDirectory(atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
      }
      for name in try files.contentsOfDirectory(atPath: folder + "/photos/drawn") {
        let part = name.hasPrefix("s") ? "second" : "first"
        try files.createDirectory(
          atPath: "\(folder)/\(part)/drawn", withIntermediateDirectories: true)
        try files.copyItem(
          atPath: "\(folder)/photos/drawn/\(name)", toPath: "\(folder)/\(part)/drawn/\(name)")
      }
      try files.copyItem(atPath: folder + "/photos/photo", toPath: folder + "/first/photo")
      let mine = folder + "/mine.safetensors"
      _ = try Program.run(["learn", folder + "/first", "-o", mine] + Self.network)
      // What it was taught goes along where it is converted.
      let copy = folder + "/copy.safetensors"
      _ = try Program.run(["weights", "convert", mine, "-o", copy])
      let more = try Program.run(
        ["learn", folder + "/second", "--from", copy, "-o", mine, "--force"])
      #expect(more.status == 0 && more.output.contains("9 images of 2 classes"), "\(more.errors)")
      let differences = try Program.run(
        ["weights", "verify", mine, "Samples/Images/edges.png", "--against", all])
      #expect(differences.status == 0, "\(differences.output)")
    }
  }

  /// Folders as ImageNet has them: what is learned, and what an atlas tells, has names.
  @Test func wordNetIDsBecomeNames() throws {
    try Self.withPhotos { folder in
      let files = FileManager.default
      for (id, name) in [("n07749582", "photo"), ("n04398044", "drawn")] {
        try files.moveItem(
          atPath: "\(folder)/photos/\(name)", toPath: "\(folder)/photos/\(id)")
      }
      let mine = folder + "/mine.safetensors"
      let learned = try Program.run(["learn", folder + "/photos", "-o", mine] + Self.network)
      for line in ["\n  4  lemon\n", "\n  5  teapot\n"] {
        #expect(learned.output.contains(line), "\(learned.output)")
      }
      // Later the layers before the last are still those of the network, not of the file.
      let more = try Program.run(
        ["learn", folder + "/photos", "--from", mine, "-o", folder + "/more.safetensors"])
      #expect(more.output.contains("9 images of 2 classes"), "\(more.errors)")
      #expect(more.output.contains("features each from mobilenet-0.25 at 96,"), "\(more.output)")

      let atlas = folder + "/atlas.safetensors"
      _ = try Program.run(["atlas", folder + "/photos", "-o", atlas] + Self.network)
      let byName = try Program.run(["atlas", "show", atlas, "--class", "Lemon"])
      let byID = try Program.run(["atlas", "show", atlas, "--class", "n07749582"])
      #expect(byName.status == 0 && byName.output == byID.output && !byID.output.isEmpty)
      let channel = try Program.run(["atlas", "show", atlas, "--layer", "pool6", "--channel", "3"])
      // Above the images, whose folders keep their names.
      let classes = channel.output.components(separatedBy: "\n\n")[0]
      #expect(classes.contains("lemon") && !classes.contains("n0774"), "\(classes)")
      let none = try Program.run(["atlas", "show", atlas, "--class", "lemmon"])
      #expect(none.status == 64 && none.errors.contains("did you mean lemon?"))
    }
  }

  @Test func anAtlasIsMadeMergedAndShown() throws {
    try Self.withPhotos { folder in
      let whole = folder + "/atlas.safetensors"
      let made = try Program.run(["atlas", folder + "/photos", "-o", whole] + Self.network)
      #expect(made.status == 0 && made.errors.contains("bad.png: not a PNG or JPEG picture"))
      let parts = (1...2).map { "\(folder)/part\($0)" }
      for (index, part) in parts.enumerated() {
        let shard = try Program.run(
          ["atlas", folder + "/photos", "-o", part, "--shard", "auto/2"] + Self.network,
          environment: ["JOB_COMPLETION_INDEX": "\(index)"])
        #expect(shard.status == 0, "\(shard.errors)")
      }
      let merged = folder + "/merged.safetensors"
      _ = try Program.run(["atlas", "merge"] + parts.reversed() + ["-o", merged])
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: merged))
          == Data(contentsOf: URL(fileURLWithPath: whole)))
      let channel = try Program.run([
        "atlas", "show", whole, "--layer", "conv1", "--channel", "3", "--json",
      ])
      let row = try #require(
        JSONSerialization.jsonObject(with: Data(channel.output.utf8)) as? [String: Any])
      let top = try #require(row["top"] as? [[String: Any]])
      #expect(top.count == 9)
      let values = top.compactMap { $0["value"] as? Double }
      #expect(values == values.sorted(by: >))
      let found = try Program.run(["atlas", "show", whole, "--class", "drawn", "--least", "0.9"])
      #expect(found.output.hasPrefix("1.000  "))
      // The bundled networks' temperature depends on the resolution; the network is the same.
      let own = try Program.run(["atlas", "show", whole, "--weights", "mobilenet-0.25"])
      #expect(own.status == 0, "\(own.errors)")
      let other = try Program.run(["atlas", "show", whole, "--weights", "mobilenet-0.5"])
      #expect(other.status == 65 && other.errors.contains("an atlas of mobilenet-0.25"))
      let patch = ["patch", "Samples/Images/circle.png", "--layer", "conv1", "--to-mean"]
      let same = try Program.run(patch + ["--atlas", whole] + Self.network)
      #expect(same.status == 0 && same.errors.isEmpty, "\(same)")
      let larger = try Program.run(
        patch + ["--atlas", whole, "--weights", "mobilenet-0.25", "--resolution", "128"])
      #expect(larger.status == 0)
      #expect(
        larger.errors.hasSuffix("atlas.safetensors: the atlas was made at 96, and this is 128\n"))
    }
  }

  /// The limit, 4 or 8 kB by the shell, stands for a full disk.
  @Test func aFullDiskIsNamedAsSuch() throws {
    try Self.withPhotos { folder in
      for (command, input, output) in [
        (["features"], folder + "/photos", "features.npy"),
        (["atlas"], folder + "/photos", "atlas.safetensors"),
        (["export", "--layer", "conv1", "--format", "npy"], "Samples/Images/circle.png", "arrays"),
      ] {
        let outcome = try Program.run(
          path: "/bin/sh",
          ["-c", #"ulimit -f 8; exec "$0" "$@""#, Program.path] + command + [input]
            + ["-o", folder + "/" + output] + Self.network)
        #expect(outcome.status == 73)
        #expect(
          outcome.errors.contains("/\(output)")
            && outcome.errors.hasSuffix(": cannot be written: file too large\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["photos"])
      }
    }
  }

  /// Whatever ends it on the way leaves nothing behind.
  @Test func featuresHaveNoNameUntilTheyAreWhole() throws {
    try Self.withPhotos { folder in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments =
        ["features", folder + "/photos", "-o", folder + "/features.npy"] + Self.network
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      var seen: Set<String> = []
      while process.isRunning {
        seen.formUnion(try FileManager.default.contentsOfDirectory(atPath: folder))
      }
      #expect(process.terminationStatus == 0)
      #expect(seen.isSubset(of: ["photos", "features.npy", "features.csv"]), "\(seen)")
    }
  }

  @Test func featuresAreRowsInTheOrderOfThePaths() throws {
    try Self.withPhotos { folder in
      let output = folder + "/features.npy"
      let made = try Program.run(["features", folder + "/photos", "-o", output] + Self.network)
      #expect(made.status == 0 && made.output.contains("9 rows of 256"), "\(made.errors)")
      let table = try String(contentsOfFile: folder + "/features.csv", encoding: .utf8)
      let lines = table.split(separator: "\n")
      #expect(lines.count == 10 && lines[1].hasPrefix("0,drawn/circle again.png,"))
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: output)))
      let head = 10 + Int(bytes[8]) + Int(bytes[9]) * 256
      #expect(bytes.count == head + 9 * 256 * 4)
      #expect(String(decoding: bytes[10..<head], as: UTF8.self).contains("'shape': (9, 256)"))
      _ = try Program.run(
        ["export", "\(folder)/photos/drawn/stripes.png", "--layer", "pool6", "--format", "npy"]
          + ["--output", folder] + Self.network)
      let single = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/pool6.npy")))
      let row = try #require(lines.firstIndex { $0.contains(",drawn/stripes.png,") }) - 1
      let start = head + row * 1024
      #expect(Array(bytes[start..<start + 1024]) == Array(single.suffix(1024)))
    }
  }

  @Test func evaluateWritesARowForEachImage() throws {
    try Self.withPhotos { folder in
      let list = folder + "/list.tsv"
      try Data("edges.png\t3\nstripes.png\t4\nbad.png\t5\n".utf8).write(
        to: URL(fileURLWithPath: list))
      let csv = folder + "/answers.csv"
      let outcome = try Program.run(
        ["evaluate", folder + "/photos/drawn", "--truth", list, "--csv", csv, "--json"]
          + Self.network)
      #expect(outcome.status == 66)
      let report = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect(report["images"] as? Int == 2 && report["unreadable"] as? Int == 1)
      let calibration = try #require(report["calibration"] as? [String: Any])
      #expect((calibration["bins"] as? [Any])?.count == 15)
      let lines = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 4)
      #expect(lines[3].hasPrefix("bad.png,") && lines[3].contains("not a PNG or JPEG picture"))
    }
  }
}
