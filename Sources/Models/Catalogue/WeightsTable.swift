import Checkpoints
import MobileNet
import Reports

/// The table of available checkpoints, with their measured accuracies.
public struct WeightsTable: Encodable {
  /// A checkpoint with a name.
  public struct Row: Encodable {
    let name: String
    let isBundled: Bool
    let isQuantized: Bool
    let width: Double
    let isShallow: Bool
    let classes: Int?
    let resolution: Resolution
    let parameters: Int
    let bytes: Int
    let accuracy: [Checkpoint.MeasuredAccuracy]
    let accuracySource: String?
    let calibration: [Checkpoint.MeasuredCalibration]
    let calibrationSource: String?
    let published: PublishedCheckpoint.Accuracy?

    /// Describes `outline`, called `name`, in a file of `bytes`; `published` is the publisher's
    /// entry, and nil for a bundled checkpoint.
    public init(
      name: String, outline: CheckpointOutline, bytes: Int, published: PublishedCheckpoint?
    ) {
      self.name = name
      isBundled = published == nil
      isQuantized = outline.isQuantized
      width = outline.architecture.width
      isShallow = outline.architecture.isShallow
      classes = outline.architecture.classes
      resolution = outline.resolution
      parameters = outline.architecture.layers(resolution: 224).parameters
      self.bytes = bytes
      accuracy = outline.accuracy
      accuracySource = outline.provenance.accuracySource
      // An outline's calibration is that of the floats, and does not hold for integers.
      calibration = outline.isQuantized ? [] : outline.calibration
      calibrationSource = outline.isQuantized ? nil : outline.provenance.calibrationSource
      self.published = published?.accuracy
    }
  }

  private let weights: [Row]

  /// Lists `rows`.
  public init(_ rows: [Row]) { weights = rows }

  /// A line for each checkpoint, then the accuracies.
  public var text: String {
    var lines: [String] = []
    for isBundled in [true, false] {
      let rows = weights.filter { $0.isBundled == isBundled }
      if rows.isEmpty { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(
        line(isBundled ? "bundled" : "fetched", "width", "classes", "parameters", "size"))
      lines += rows.map { row in
        line(
          row.name, NumberText.trimmed(row.width), row.classes.map { "\($0)" } ?? "none",
          NumberText.grouped(row.parameters), NumberText.bytes(row.bytes))
      }
      if isBundled, rows.contains(where: \.isQuantized) {
        lines += [
          "-int8: integers with a scale a channel, -tensor: a layer. Only ranges are in these files;"
        ]
        lines += ["the integers are made of the floats' file when they are opened."]
      }
      for source in rows.compactMap(\.accuracySource).uniqued {
        lines += ["", "top-1 / top-5 in percent, \(source):"]
        lines += table(rows.filter { $0.accuracySource == source }, { $0.accuracy }) {
          ($0.resolution, $0.summary)
        }
      }
      for source in rows.compactMap(\.calibrationSource).uniqued {
        lines += ["", "calibration error (ECE) in percent, as trained → with a temperature,"]
        lines += ["\(source):"]
        lines += table(rows.filter { $0.calibrationSource == source }, { $0.calibration }) {
          ($0.resolution, $0.summary)
        }
      }
      for source in rows.compactMap(\.published?.source).uniqued {
        lines += ["", "top-1 / top-5 in percent, published by \(source):"]
        lines += rows.filter { $0.published?.source == source }.map { row in
          let accuracy = row.published.map {
            "\(NumberText.fixed($0.top1, 1)) / \(NumberText.fixed($0.top5, 1))"
          }
          return "\(row.name.padded(right: nameWidth))  at \(row.resolution)  \(accuracy ?? "")"
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The table as JSON, for scripts.
  public var json: JSONReport { JSONReport(self) }

  /// Returns a table with networks down and resolutions across; `cell` returns the resolution and
  /// the text of a measurement.
  private func table<Measured>(
    _ rows: [Row], _ measured: (Row) -> [Measured],
    cell: (Measured) -> (at: Resolution, text: String)
  ) -> [String] {
    let cells = rows.map { measured($0).map(cell) }
    let resolutions = Set(cells.joined().map(\.at)).sorted()
    let header =
      "".padded(right: nameWidth) + resolutions.map { "at \($0)".padded(left: 13) }.joined()
    return [header]
      + zip(rows, cells).map { row, cells in
        row.name.padded(right: nameWidth)
          + resolutions.map { resolution in
            (cells.first { $0.at == resolution }?.text ?? "–").padded(left: 13)
          }.joined()
      }
  }

  private var nameWidth: Int { weights.map(\.name.count).max() ?? 0 }

  private func line(
    _ name: String, _ width: String, _ classes: String, _ parameters: String, _ size: String
  ) -> String {
    "\(name.padded(right: nameWidth))  \(width.padded(left: 6))  \(classes.padded(left: 7))"
      + "  \(parameters.padded(left: 10))  \(size.padded(left: 8))"
  }
}

extension [String] {
  /// The elements without repetitions, in the order of their first occurrence.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
