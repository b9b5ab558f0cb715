import Checkpoints
import MobileNet
import Reports
import Research

/// A report of the facts about a checkpoint and their sources, as text and JSON.
public struct CheckpointReport {
  /// A file of the checkpoint.
  public struct File: Encodable, Sendable {
    let path: String
    let bytes: Int
    let sha256: String

    /// Describes the file at `path` by its size and digest.
    public init(path: String, bytes: Int, sha256: String) {
      self.path = path
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  private let checkpoint: CheckpointOutline
  /// The input that it is reported for.
  private let resolution: Resolution
  private let files: [File]
  private let published: PublishedCheckpoint?

  /// Reports what was read of `files`, at `resolution` or the checkpoint's own; `published` is what the
  /// catalogue says about them.
  public init(
    _ checkpoint: CheckpointOutline, at resolution: Resolution? = nil, files: [File] = [],
    published: PublishedCheckpoint? = nil
  ) {
    self.checkpoint = checkpoint
    self.resolution = resolution ?? checkpoint.resolution
    self.files = files
    self.published = published
  }

  private var architecture: Architecture { checkpoint.architecture }
  private var layers: [Layer] { architecture.layers(resolution: resolution) }

  /// The network's format and shape, and the settings for using it.
  public var facts: [WeightsFact] {
    let sources = checkpoint.sources
    return [
      WeightsFact(name: "format", value: checkpoint.format),
      WeightsFact(
        name: "width", value: NumberText.trimmed(architecture.width),
        source: sources.architecture),
      WeightsFact(
        name: "layers", value: "\(layers.count)" + (architecture.isShallow ? ", shallow" : ""),
        source: sources.architecture),
      WeightsFact(
        name: "classes", value: architecture.classes.map { "\($0)" } ?? "none: it doesn't classify",
        source: sources.architecture),
      WeightsFact(name: "input", value: input, source: sources.architecture),
      WeightsFact(name: "head", value: head, source: sources.head),
      WeightsFact(name: "labels", value: labels, source: sources.labels),
      WeightsFact(
        name: "resolution", value: "\(checkpoint.resolution)", source: sources.resolution),
      WeightsFact(
        name: "padding", value: architecture.padding.rawValue, source: sources.padding),
      WeightsFact(
        name: "activation", value: architecture.activation == .relu ? "ReLU" : "ReLU6",
        source: sources.activation),
      WeightsFact(
        name: "preprocessing", value: checkpoint.preprocessing.summary,
        source: sources.preprocessing),
      WeightsFact(name: "crop", value: crop, source: sources.crop),
      WeightsFact(name: "parameters", value: NumberText.grouped(layers.parameters)),
      WeightsFact(
        name: "multiply-adds",
        value: "\(NumberText.grouped(layers.multiplyAdds)) at \(resolution)"),
    ] + (checkpoint.isQuantized ? [integers] : [])
  }

  /// Who computes with its integers, where it has some.
  private var integers: WeightsFact {
    let questions = architecture.classes == nil ? "" : "classify, evaluate, "
    return WeightsFact(
      name: "integers",
      value: "for \(questions)bench, export and compare; all else computes with its floats")
  }

  /// The accuracies, each set with its source.
  public var accuracies: [(source: String, rows: [Checkpoint.MeasuredAccuracy])] {
    var found: [(String, [Checkpoint.MeasuredAccuracy])] = []
    if !checkpoint.accuracy.isEmpty {
      let source = checkpoint.provenance.accuracySource ?? "stated in the file"
      found.append((source, checkpoint.accuracy))
    }
    if let published, let accuracy = published.accuracy {
      found.append(
        (
          "published: \(accuracy.source)",
          [
            Checkpoint.MeasuredAccuracy(
              resolution: published.resolution, top1: accuracy.top1, top5: accuracy.top5)
          ]
        ))
    }
    return found
  }

  /// The worth of its confidence; nobody measured that of integers, whose floats it was measured with.
  private var calibration: [Checkpoint.MeasuredCalibration] {
    checkpoint.isQuantized ? [] : checkpoint.calibration
  }

  private var provenance: [Checkpoint.Fact] {
    checkpoint.provenance.filter {
      !checkpoint.isQuantized || $0.name != [Checkpoint.Fact].calibrationSourceName
    }
  }

  /// A line a fact, then accuracies, origin and files.
  public var text: String {
    let valueWidth = facts.map(\.value.count).max() ?? 0
    var lines = [checkpoint.name]
    lines += facts.map { fact in
      guard let source = fact.source else { return Self.line(fact.name, fact.value) }
      return Self.line(fact.name, "\(fact.value.padded(right: valueWidth))  \(source)")
    }
    lines += checkpoint.notes.map { Self.line("note", $0) }
    for (source, rows) in accuracies {
      lines += ["", "top-1 / top-5, \(source)"]
      lines += rows.map { Self.line("at \($0.resolution)", $0.summary) }
    }
    if !calibration.isEmpty {
      lines += ["", "temperature, and calibration error (ECE) in percent without and with it"]
      lines += calibration.map {
        Self.line(
          "at \($0.resolution)", "\(NumberText.fixed($0.temperature, 3))  \($0.summary)")
      }
    }
    if !provenance.isEmpty { lines.append("") }
    lines += provenance.map { Self.line($0.name, $0.value) }
    for file in files {
      lines += [
        "", file.path, Self.line("size", "\(NumberText.grouped(file.bytes)) bytes"),
        Self.line("SHA-256", file.sha256),
      ]
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ name: String, _ value: String) -> String {
    "\(name.padded(right: 14))  \(value)"
  }

  /// The report as JSON, for scripts.
  public var json: JSONReport { JSONReport(self) }

  private var input: String {
    architecture.inputChannels == 1 ? "1 channel: brightness" : "3 channels: colours"
  }

  /// The function behind the classifier, and the hidden layers before it.
  private var head: String {
    guard architecture.classes != nil else { return "none" }
    let hidden = architecture.hidden.map { layer in
      "\(layer.channels)" + (layer.activation.map { " (\($0.name))" } ?? "")
    }
    let before = hidden.isEmpty ? "" : ", after layers of \(hidden.joined(separator: ", "))"
    let function =
      architecture.head == .softmax ? "softmax: one class of all" : "sigmoid: each class by itself"
    return function + before
  }

  private var crop: String {
    let (pixels, size) = (checkpoint.preprocessing, resolution)
    let part =
      pixels.cropFraction == 1
      ? "all" : "the middle \(NumberText.trimmed(pixels.cropFraction * 100, digits: 1)) %"
    return switch pixels.fitting {
    case .crop where size.isSquare: "a square, \(part) of the shorter side"
    case .crop: "rows to columns as \(size.height) to \(size.width), \(part) of the most that fits"
    case .stretch: "\(part), stretched to \(size.isSquare ? "a square" : size.rowsByColumns)"
    case .pad: "\(part), between black bars"
    }
  }

  private var labels: String {
    guard !checkpoint.labels.isEmpty else { return "none" }
    let some = checkpoint.labels.prefix(2).map { $0.prefix(16) }.joined(separator: ", ")
    return "\(some), …"
  }
}

extension CheckpointReport: Encodable {
  private struct Named: Encodable {
    let name: String
    let value: String
    let source: String?
  }

  private struct Accuracy: Encodable {
    let source: String
    let rows: [Checkpoint.MeasuredAccuracy]
  }

  private enum CodingKeys: CodingKey {
    case name, width, layers, classes, resolution, parameters, multiplyAdds, facts, accuracy
    case calibration, provenance, files, notes
  }

  /// Encodes numbers as such, and every fact as in the text, with its source.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(checkpoint.name, forKey: .name)
    try container.encode(architecture.width, forKey: .width)
    try container.encode(layers.count, forKey: .layers)
    try container.encode(architecture.classes, forKey: .classes)
    try container.encode(checkpoint.resolution, forKey: .resolution)
    try container.encode(layers.parameters, forKey: .parameters)
    try container.encode(layers.multiplyAdds, forKey: .multiplyAdds)
    try container.encode(
      facts.map { Named(name: $0.name, value: $0.value, source: $0.source) },
      forKey: .facts)
    try container.encode(
      accuracies.map { Accuracy(source: $0.source, rows: $0.rows) }, forKey: .accuracy)
    try container.encode(calibration, forKey: .calibration)
    try container.encode(
      provenance.map { Named(name: $0.name, value: $0.value, source: nil) },
      forKey: .provenance)
    try container.encode(files, forKey: .files)
    try container.encode(checkpoint.notes, forKey: .notes)
  }
}

extension [Checkpoint.Fact] {
  /// The fact that names who measured the accuracy; nil if there is none.
  var accuracySource: String? { first { $0.name == "accuracy measured by" }?.value }
  /// Who measured the calibration, if they say so.
  var calibrationSource: String? { first { $0.name == Self.calibrationSourceName }?.value }
  /// The name of the fact that says so.
  static var calibrationSourceName: String { "calibration measured by" }
}

extension Checkpoint.MeasuredCalibration {
  /// The errors before and after: `15.2 → 0.8`.
  var summary: String { "\(NumberText.fixed(errorBefore, 1)) → \(NumberText.fixed(error, 1))" }
}

extension Checkpoint.MeasuredAccuracy {
  /// Top-1 and top-5: `60.2 / 82.5`.
  var summary: String { "\(NumberText.fixed(top1, 1)) / \(NumberText.fixed(top5, 1))" }
}

extension WeightsFact {
  /// Creates the fact `value` about `name`, with its source in words.
  fileprivate init(name: String, value: String, source: Source?) {
    self.init(
      name: name, value: value, source: source?.description,
      isAssumption: source?.isAssumption ?? false)
  }
}
