import Checkpoints
import Reports

/// The table of checkpoints that can be fetched.
public struct PublishedTable: Encodable {
  private struct Row: Encodable {
    let checkpoint: PublishedCheckpoint
    let isFetched: Bool

    private enum CodingKeys: CodingKey {
      case isFetched
    }

    func encode(to encoder: any Encoder) throws {
      try checkpoint.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(isFetched, forKey: .isFetched)
    }
  }

  private let checkpoints: [Row]

  /// Lists `checkpoints`, and marks those whose names are in `fetched`.
  public init(_ checkpoints: [PublishedCheckpoint], fetched: Set<String>) {
    self.checkpoints = checkpoints.map {
      Row(checkpoint: $0, isFetched: fetched.contains($0.file.name))
    }
  }

  /// A line for each checkpoint.
  public var text: String {
    let rows = checkpoints.map { row in
      let checkpoint = row.checkpoint
      let accuracy = checkpoint.accuracy.map {
        "\(NumberText.fixed($0.top1, 1)) / \(NumberText.fixed($0.top5, 1))"
      }
      return [
        checkpoint.file.name, checkpoint.format, NumberText.trimmed(checkpoint.width),
        "\(checkpoint.resolution)", checkpoint.classes.map { "\($0)" } ?? "none",
        checkpoint.file.bytes.map { NumberText.bytes($0) } ?? "–",
        checkpoint.file.sha256 == nil ? "–" : "known", accuracy ?? "–",
        row.isFetched ? "fetched" : "",
      ]
    }
    let header = [
      "name", "format", "width", "at", "classes", "size", "SHA-256", "top-1 / top-5", "",
    ]
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([header] + rows).map { row in
      var line = zip(row, widths).map { $0.padded(right: $1) }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
    let sources = Set(checkpoints.compactMap(\.checkpoint.accuracy?.source)).sorted()
    return (lines + [""] + sources.map { "Accuracy as published by \($0)." })
      .joined(separator: "\n")
  }

  /// The table as JSON, for scripts.
  public var json: JSONReport { JSONReport(self) }
}
