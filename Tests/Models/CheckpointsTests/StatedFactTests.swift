import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// Facts in a file or its neighbours are used, refused by name, or mentioned.
struct StatedFactTests {
  /// The files of a folder among the fixtures, some of them changed.
  private func folder(_ name: String, _ changes: [String: String]) throws -> CheckpointFile {
    let url = URL(filePath: Fixture(name).path)
    var files: [String: Data] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: url.path) {
      files[file] = try Data(contentsOf: url.appending(path: file))
    }
    for (file, text) in changes { files[file] = Data(text.utf8) }
    return CheckpointFile(folder: name, files: files)
  }

  private func preprocessing(_ processor: String) throws -> Preprocessing {
    let file = try folder("transformers", ["preprocessor_config.json": processor])
    return try CheckpointReader.inspect(file).checkpoint.preprocessing
  }

  @Test func aProcessorThatDoesNotNormaliseOnlyRescales() throws {
    let found = try preprocessing(
      """
      {"do_normalize": false, "do_rescale": true, "rescale_factor": 0.00392156862745098,
       "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
      """)
    #expect(found.scale == [1 / 255, 1 / 255, 1 / 255] && found.offset == [0, 0, 0])
  }

  @Test func aProcessorThatDoesNotRescaleNormalisesPixels() throws {
    let found = try preprocessing(
      """
      {"do_rescale": false, "image_mean": [127.5, 127.5, 127.5], "image_std": [64, 64, 64]}
      """)
    #expect(
      found.scale == [1 / 64, 1 / 64, 1 / 64]
        && found.offset == [-127.5 / 64, -127.5 / 64, -127.5 / 64])
  }

  @Test(arguments: [
    (#"{"size": 256, "crop_size": 224, "do_normalize": true}"#, 0.875),
    (
      #"{"size": {"shortest_edge": 256}, "crop_size": {"height": 192, "width": 192}, "do_normalize": true}"#,
      0.75
    ),
    (
      #"{"size": {"shortest_edge": 256}, "crop_size": 192, "do_center_crop": false, "do_normalize": true}"#,
      1
    ),
  ])
  func sizesAreNumbersOrObjects(processor: String, crop: Double) throws {
    let found = try preprocessing(processor)
    #expect(found.cropFraction == crop && found.cropIsStated)
  }

  @Test func aPrefixOfAllNamesIsNoPartOfThem() throws {
    for prefix in ["module.", "_orig_mod.", "model.backbone."] {
      let bytes = try Data(
        contentsOf: URL(filePath: Fixture("timm").path).appending(path: "model.safetensors"))
      let length = Int(try Bytes(bytes, format: "").load(UInt64.self, at: 0))
      let json = String(decoding: bytes[8..<8 + length], as: UTF8.self)
      let changed = json.replacing(/"([a-z][a-z0-9_.]*\.[a-z_]+)":\{/) {
        "\"\(prefix)\($0.output.1)\":{"
      }
      var file = withUnsafeBytes(of: UInt64(changed.utf8.count).littleEndian) { Data($0) }
      file += Data(changed.utf8) + bytes[(8 + length)...]
      let found = try CheckpointReader.inspect(CheckpointFile(name: "a.safetensors", data: file))
      #expect(found.checkpoint.architecture.classes == 11)
      #expect(found.sources.padding == .convention(of: "timm"))
    }
  }

  // MARK: what a person says

  @Test func whatIsSaidIsTheSameInWords() throws {
    var overrides = Overrides()
    overrides.crop = 0.75
    overrides.fitting = .pad
    overrides.channelOrder = .bgr
    overrides.means = [103.94, 116.78, 123.68]
    overrides.scales = [0.017]
    overrides.padding = .same
    overrides.activation = .relu6
    overrides.labelFile = "/classes, one a line.txt"
    #expect(try Overrides(overrides.said) == overrides)
    var range = Overrides()
    range.inputRange = -1...1
    #expect(try Overrides(range.said) == range)
    #expect(Overrides().said.isEmpty)
  }

  @Test(arguments: [
    ("crop", "0"), ("crop", "1.5"), ("mean", "1,2"), ("scale", "0"), ("input-range", "1..0"),
    ("padding", "none"), ("colour", "rgb"),
  ])
  func whatCanNotBeSaidIsNamed(option: String, word: String) {
    let error = #expect(throws: ImportError.self) { try Overrides([option: word]) }
    #expect(error?.description.contains("--\(option) \(word)") == true)
  }

  // MARK: folders

  @Test func aFolderWithOneCheckpointIsThatOne() throws {
    let data = try Data(contentsOf: Fixture.folder.appending(path: "float.tflite"))
    let labels = Data((0..<11).map { "kind \($0)\n" }.joined().utf8)
    let alone = CheckpointFile(
      folder: "mine", files: ["net.tflite": data, "labels.txt": labels, "notes.md": labels])
    let found = try CheckpointReader.inspect(alone).checkpoint
    #expect(found.name == "net" && found.label(10) == "kind 10")
    let several = CheckpointFile(folder: "mine", files: ["b.tflite": data, "a.tflite": data])
    let error = #expect(throws: ImportError.self) { try CheckpointReader.inspect(several) }
    #expect(error?.description.contains("several checkpoints (a.tflite, b.tflite)") == true)
  }

  // MARK: labels

  private func labels(_ name: String, _ text: String) throws -> CheckpointOutline {
    let network = try Data(contentsOf: URL(filePath: Fixture("float.tflite").path))
    let file = CheckpointFile(
      name: "net.tflite", data: network, neighbours: [name: Data(text.utf8)])
    return try CheckpointReader.inspect(file).outline
  }

  private static let words = (0..<11).map { "word \($0)" }

  @Test(arguments: [
    "labels.txt", "labels_mobilenet_quant_v1_224.txt", "class_names.txt", "synset_words.txt",
  ])
  func aLabelFileIsKnownByItsName(name: String) throws {
    let found = try labels(name, Self.words.joined(separator: "\n") + "\n")
    #expect(found.labels == Self.words && found.sources.labels == .neighbour(name))
  }

  @Test(arguments: [" ", ": ", ":", ",", "\t"])
  func numbersBeforeLabelsSayWhichClassTheyAre(separator: String) throws {
    let lines = Self.words.enumerated().map { "\($0)\(separator)\($1)" }.reversed()
    #expect(try labels("labels.txt", lines.joined(separator: "\n")).labels == Self.words)
  }

  @Test func numbersMayBeginWithOne() throws {
    let lines = Self.words.enumerated().map { "\($0 + 1) \($1)" }.shuffled()
    #expect(try labels("labels.txt", lines.joined(separator: "\n")).labels == Self.words)
  }

  @Test func aLabelFileThatDoesNotFitIsMentioned() throws {
    let found = try labels("labels.txt", (Self.words + ["one more"]).joined(separator: "\n"))
    #expect(found.labels.isEmpty)
    #expect(found.notes == ["labels.txt beside it is not used: there are 12, and 11 classes"])
  }

  // MARK: the person's word

  @Test func thePersonsWordCountsBeforeTheFiles() throws {
    var overrides = Overrides()
    overrides.crop = 1
    overrides.channelOrder = .bgr
    overrides.means = [1, 2, 3]
    overrides.scales = [0.5]
    overrides.padding = .same
    overrides.activation = .relu6
    overrides.fitting = .pad
    let found = try CheckpointReader.inspect(path: Fixture("timm").path, overrides: overrides)
    #expect(
      found.checkpoint.preprocessing
        == Preprocessing(
          channelOrder: .bgr, scale: [0.5, 0.5, 0.5], offset: [-0.5, -1, -1.5], cropFraction: 1,
          cropIsStated: true, fitting: .pad))
    #expect(found.checkpoint.architecture.padding == .same)
    #expect(found.checkpoint.architecture.activation == .relu6)
    #expect(found.sources.preprocessing == .person("--channel-order, --mean, --scale"))
    #expect(
      found.sources.crop == .person("--crop") && found.sources.padding == .person("--padding"))
  }

  @Test func anInputRangeIsWhatZeroAnd255Become() throws {
    var overrides = Overrides()
    overrides.inputRange = -1...1
    let found = try CheckpointReader.read(path: Fixture("timm").path, overrides: overrides)
    #expect(found.preprocessing.scale.allSatisfy { abs($0 - 2 / 255) < 1e-9 })
    #expect(found.preprocessing.offset == [-1, -1, -1])
  }

  @Test func redsNumbersStayRedsWhenTheOrderIsTurned() throws {
    let plain = try CheckpointReader.read(path: Fixture("timm").path).preprocessing
    var overrides = Overrides()
    overrides.channelOrder = .bgr
    let turned = try CheckpointReader.read(path: Fixture("timm").path, overrides: overrides)
    #expect(turned.preprocessing.scale == plain.scale.reversed())
    #expect(turned.preprocessing.offset == plain.offset.reversed())
  }
}
