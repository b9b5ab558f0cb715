import Cells
import MobileNet
import Reports

/// The most likely classes with a bar each.
struct PredictionsView {
  let trace: Trace
  let checkpoint: Checkpoint
  /// The width of the names in columns; nil for that of the longest.
  var labelWidth: Int?
  /// The index of the line under the cursor; nil if there is none.
  var selected: Int?

  /// The fewest columns of a bar, where the names are long.
  private static let barWidth = 4

  /// Returns the columns for `labels` in an area of `width`: all that they take, if percents and short
  /// bars fit beside them.
  static func labelWidth(_ labels: [String], in width: Int) -> Int {
    min(labels.map(\.count).max() ?? 0, max(width / 2, width - 7 - barWidth))
  }

  func draw(in area: Rect, of frame: inout Frame) {
    guard checkpoint.architecture.classes != nil else {
      frame.cells.write(
        "No classifier in this checkpoint.", x: area.x, y: area.y, style: Theme.quiet,
        maxWidth: area.width)
      return
    }
    if let problem = trace.problem {
      let lines = problem.wrapped(to: max(area.width, 1)).prefix(area.height)
      for (line, text) in lines.enumerated() {
        frame.cells.write(text, x: area.x, y: area.y + line, style: Theme.quiet)
      }
      return
    }
    let predictions = trace.predictions(top: area.height)
    let labels = predictions.map { checkpoint.label($0.classIndex) }
    let labelWidth = labelWidth ?? Self.labelWidth(labels, in: area.width)
    for (line, prediction) in predictions.enumerated() {
      let y = area.y + line
      let style =
        line == selected ? Theme.selected : line == 0 ? Theme.best : Theme.plain
      let percent = NumberText.percent(Double(prediction.probability)).padded(left: 5)
      // The line under the cursor is marked without a gap.
      frame.cells.write(
        labels[line].padded(right: labelWidth), x: area.x, y: y, style: style, maxWidth: labelWidth)
      frame.cells.write(" " + percent, x: area.x + labelWidth, y: y, style: style)
      let left = labelWidth + 7
      frame.cells.bar(
        Double(prediction.probability),
        in: area.row(y, from: min(area.x + left, area.maxX)),
        style: line == 0 ? Theme.best : Theme.bar)
    }
  }
}
