import Foundation
import MobileNet

/// The strings under `__metadata__` in the project's own format; most of them hold JSON.
struct ProjectMetadata {
  /// The hyperparameters that shapes do not imply, and the number of classes.
  struct ArchitectureEntry: Codable {
    var width: Double?
    var shallow: Bool
    var classes: Int?
    var padding: Padding
    var activation: Activation
    /// 3 by default.
    var inputChannels: Int?
    /// Empty by default.
    var hidden: [HiddenEntry]?
    /// Softmax by default.
    var head: Architecture.Head?
  }

  /// A fully connected layer before the classifier.
  struct HiddenEntry: Codable {
    var channels: Int
    var activation: Activation?
  }

  struct PreprocessingEntry: Codable {
    var channelOrder: String
    var scale: [Float]
    var offset: [Float]
    var cropFraction: Double?
    /// Whether the file or a person states the crop fraction; true by default.
    var cropIsStated: Bool?
    var fitting: Preprocessing.Fitting?
  }

  struct FactEntry: Codable {
    var name: String
    var value: String
  }

  var name: String?
  var architecture: ArchitectureEntry
  var resolution: Resolution
  var preprocessing: Preprocessing
  var labels: [String]
  var wordNetIDs: [String]
  var accuracy: [Checkpoint.MeasuredAccuracy]
  var calibration: [Checkpoint.MeasuredCalibration]
  var provenance: [Checkpoint.Fact]
  /// ε of batch norms that are not folded.
  var epsilon: Double?

  /// The name of the fact for `calibrationSource`.
  private static let calibrationFact = "calibration measured by"

  /// Reads and checks the strings.
  init(_ strings: [String: String]) throws(ImportError) {
    guard strings["version"] == ProjectFormat.version else {
      throw .unsupported(
        format: ProjectFormat.name,
        feature: "version \(strings["version"] ?? "none") of the format")
    }
    guard let found: ArchitectureEntry = try Self.decode(strings, "architecture"),
      let pixels: PreprocessingEntry = try Self.decode(strings, "preprocessing")
    else { throw Self.damaged("architecture or preprocessing is missing") }
    let orders = Preprocessing.ChannelOrder.allCases
    guard
      let order = orders.first(where: {
        $0.rawValue.lowercased() == pixels.channelOrder.lowercased()
      }), pixels.scale.count == order.names.count, pixels.offset.count == order.names.count,
      (pixels.scale + pixels.offset).allSatisfy(\.isFinite),
      case let crop = pixels.cropFraction ?? 1, crop > 0, crop <= 1
    else {
      throw Self.damaged(
        "preprocessing needs channelOrder rgb, bgr, grey or grey3, a scale and an offset for each channel, "
          + "cropFraction 0…1")
    }
    guard let size = Resolution(strings["resolution"] ?? "224") else {
      throw Self.damaged(
        "resolution \(strings["resolution"] ?? "") is no number, nor rows and columns as 192x256")
    }
    name = strings["name"]
    architecture = found
    resolution = size
    preprocessing = Preprocessing(
      channelOrder: order, scale: pixels.scale, offset: pixels.offset, cropFraction: crop,
      cropIsStated: pixels.cropFraction != nil && pixels.cropIsStated != false,
      fitting: pixels.fitting ?? .crop)
    labels = try Self.decode(strings, "labels") ?? []
    wordNetIDs = try Self.decode(strings, "wordNetIDs") ?? []
    accuracy = try Self.decode(strings, "accuracy") ?? []
    guard accuracy.allSatisfy({ 0...100 ~= $0.top1 && 0...100 ~= $0.top5 }) else {
      throw Self.damaged("an accuracy is not between 0 and 100 percent")
    }
    calibration = try Self.decode(strings, "calibration") ?? []
    guard calibration.allSatisfy({ 0.01...100 ~= $0.temperature }),
      Set(calibration.map(\.resolution)).count == calibration.count
    else {
      throw Self.damaged(
        "calibration needs one temperature from 0.01 to 100 for each resolution")
    }
    provenance = try Self.facts(strings)
    epsilon = strings["batchNormEpsilon"].flatMap { Double($0) }
    if let source = strings["accuracySource"], !accuracy.isEmpty {
      provenance.append(Checkpoint.Fact(name: Checkpoint.accuracyFact, value: source))
    }
    if let source = strings["calibrationSource"], !calibration.isEmpty {
      provenance.append(Checkpoint.Fact(name: Self.calibrationFact, value: source))
    }
  }

  /// Returns the strings with all facts about `checkpoint`; its weights are folded.
  static func strings(for checkpoint: Checkpoint) throws -> [String: String] {
    let architecture = checkpoint.architecture
    var strings = [
      "format": ProjectFormat.marker, "version": ProjectFormat.version, "name": checkpoint.name,
      "resolution": checkpoint.resolution.code,
    ]
    strings["architecture"] = try encode(
      ArchitectureEntry(
        width: architecture.width, shallow: architecture.isShallow, classes: architecture.classes,
        padding: architecture.padding, activation: architecture.activation,
        inputChannels: architecture.inputChannels == 3 ? nil : architecture.inputChannels,
        hidden: architecture.hidden.isEmpty
          ? nil
          : architecture.hidden.map {
            HiddenEntry(channels: $0.channels, activation: $0.activation)
          },
        head: architecture.head == .softmax ? nil : architecture.head))
    strings["preprocessing"] = try string(for: checkpoint.preprocessing)
    if !checkpoint.labels.isEmpty { strings["labels"] = try encode(checkpoint.labels) }
    if !checkpoint.wordNetIDs.isEmpty { strings["wordNetIDs"] = try encode(checkpoint.wordNetIDs) }
    if !checkpoint.accuracy.isEmpty { strings["accuracy"] = try encode(checkpoint.accuracy) }
    strings["accuracySource"] =
      checkpoint.provenance.first { $0.name == Checkpoint.accuracyFact }?.value
    if !checkpoint.calibration.isEmpty {
      strings["calibration"] = try encode(checkpoint.calibration)
    }
    strings["calibrationSource"] =
      checkpoint.provenance.first { $0.name == calibrationFact }?.value
    strings["provenance"] = try encode(
      checkpoint.provenance.filter {
        ![Checkpoint.accuracyFact, calibrationFact].contains($0.name)
      }
      .map { FactEntry(name: $0.name, value: $0.value) })
    return strings
  }

  /// Returns the preprocessing as a string.
  static func string(for pixels: Preprocessing) throws -> String {
    try encode(
      PreprocessingEntry(
        channelOrder: pixels.channelOrder.rawValue.lowercased(), scale: pixels.scale,
        offset: pixels.offset, cropFraction: pixels.cropFraction,
        cropIsStated: pixels.cropIsStated ? nil : false,
        fitting: pixels.fitting == .crop ? nil : pixels.fitting))
  }

  /// Reads a list of names and values, or an object, whose names are then sorted.
  private static func facts(_ strings: [String: String]) throws(ImportError) -> [Checkpoint.Fact] {
    if strings["provenance"]?.hasPrefix("{") == true {
      let object: [String: String] = try decode(strings, "provenance") ?? [:]
      return object.sorted { $0.key < $1.key }.map {
        Checkpoint.Fact(name: $0.key, value: $0.value)
      }
    }
    let list: [FactEntry] = try decode(strings, "provenance") ?? []
    return list.map { Checkpoint.Fact(name: $0.name, value: $0.value) }
  }

  private static func decode<Value: Decodable>(
    _ strings: [String: String], _ key: String
  ) throws(ImportError) -> Value? {
    guard let text = strings[key] else { return nil }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw damaged("\(key) in its metadata is not the JSON that was expected: \(text.prefix(80))")
    }
  }

  /// Returns JSON that is the same for the same value.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func damaged(_ problem: String) -> ImportError {
    .damaged(format: ProjectFormat.name, problem: problem)
  }
}
