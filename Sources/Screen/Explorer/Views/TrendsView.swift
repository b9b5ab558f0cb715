import Cells
import Live
import MobileNet
import Reports

/// The likely classes of the last minute: their probabilities now, the likeliest in a colour of its own,
/// and before.
struct TrendsView {
  let trends: [ClassTrend]
  let checkpoint: Checkpoint
  /// The index of the line under the cursor; nil if there is none.
  var selected: Int?

  func draw(in area: Rect, of frame: inout Frame) {
    let trends = trends.prefix(area.height)
    let labels = trends.map { checkpoint.label($0.classIndex) }
    let labelWidth = PredictionsView.labelWidth(labels, in: area.width)
    // Until a minute has passed, its beginning is left out.
    let empty = trends.map { $0.seconds.prefix { $0 == nil }.count }.min() ?? 0
    let best = trends.indices.max { trends[$0].newest < trends[$1].newest }
    for (line, trend) in trends.enumerated() {
      let y = area.y + line
      let style =
        line == selected ? Theme.selected : line == best ? Theme.best : Theme.plain
      let percent = NumberText.percent(Double(trend.newest)).padded(left: 5)
      frame.cells.write(labels[line], x: area.x, y: y, style: style, maxWidth: labelWidth)
      frame.cells.write(percent, x: area.x + labelWidth + 1, y: y, style: style)
      let left = labelWidth + 7
      let width = max(0, area.width - left)
      frame.cells.write(
        Sparkline.text(Array(trend.seconds.dropFirst(empty)), width: width), x: area.x + left, y: y,
        style: line == best ? Theme.best : Theme.bar)
    }
  }
}

/// Draws values of 0…1 as a line of small columns.
enum Sparkline {
  private static let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// Returns `values` in `width` columns, each the mean of its part, or one of fewer values; a space for
  /// a part without values.
  static func text(_ values: [Float?], width: Int) -> String {
    guard !values.isEmpty else { return "" }
    return (0..<width).map { column in
      let first = column * values.count / width
      let part = values[first..<max(first + 1, (column + 1) * values.count / width)]
      let known = part.compactMap { $0 }
      guard !known.isEmpty else { return " " }
      let mean = known.reduce(0, +) / Float(known.count)
      guard mean.isFinite else { return " " }
      return blocks[min(max(Int(mean * Float(blocks.count)), 0), blocks.count - 1)]
    }.joined()
  }
}
