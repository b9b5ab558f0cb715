import MobileNet

/// A network's most likely classes before and after a change, as text and JSON.
public struct ChangeReport: Sendable {
  private let image: String
  private let change: String
  private let before, after: [Prediction]
  private let checkpoint: Checkpoint
  private let notes: [String]

  /// Reports `change`, in words, with the predictions `before` and `after`; `notes` are more lines.
  public init(
    image: String, change: String, before: [Prediction], after: [Prediction],
    checkpoint: Checkpoint, notes: [String] = []
  ) {
    self.image = image
    self.change = change
    self.before = before
    self.after = after
    self.checkpoint = checkpoint
    self.notes = notes
  }

  /// The change, the notes, and the predictions before and after side by side.
  public var text: String {
    func line(_ prediction: Prediction?) -> String {
      prediction.map {
        NumberText.percent(Double($0.probability), digits: 1).padded(left: 7) + "  "
          + checkpoint.shortLabel($0.classIndex)
      } ?? ""
    }
    let rows = (0..<max(before.count, after.count)).map { row in
      [before, after].map { line($0.indices.contains(row) ? $0[row] : nil) }
    }
    let width = max(24, (rows.map { $0[0].count }.max() ?? 0) + 2)
    let table = ([["before", "after"]] + rows).map { $0[0].padded(right: width) + $0[1] }
    return ([change] + notes + [""] + table).joined(separator: "\n")
  }

  /// The report as JSON, for scripts.
  public var json: JSONReport {
    JSONReport(
      Whole(image: image, change: change, notes: notes, before: rows(before), after: rows(after)))
  }

  private func rows(_ predictions: [Prediction]) -> [Row] {
    predictions.map {
      Row(
        class: $0.classIndex, label: checkpoint.label($0.classIndex), probability: $0.probability)
    }
  }

  private struct Whole: Encodable {
    let image, change: String
    let notes: [String]
    let before, after: [Row]
  }

  private struct Row: Encodable {
    let `class`: Int
    let label: String
    let probability: Float
  }
}
