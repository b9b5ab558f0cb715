import Cells
import Lessons

/// What a standard convolution and the pair in its place compute for one place, as blocks to scale,
/// below their charts.
struct ReplacementView {
  let lesson: ReplacementLesson
  let step: Step

  /// A row for each of the nine places of a window.
  private static let rows = 9
  /// A line above the blocks and one below.
  private static let labels = 2

  func draw(in area: Rect, of frame: inout Frame) {
    let charts = step.charts.reduce(0) { $0 + $1.rows.count + 2 }
    let (upper, lower) = area.rows(.fixed(charts), .fill)
    guard let work = step.charts.first, lower.height >= Self.rows + Self.labels else {
      return ChartsView(charts: step.charts).draw(in: area, of: &frame.cells)
    }
    ChartsView(charts: step.charts).draw(in: upper, of: &frame.cells)
    let (left, right) = lower.columns(.ratio(1, 2), .fill, gap: 3)
    let outputs = lesson.replacement.outputs
    label("standard 3×3: 9 · \(outputs) for each input channel", above: left, of: &frame.cells)
    for row in 0..<Self.rows { block(1, row, in: left, of: &frame.cells) }
    label("9 high, \(outputs) wide, to scale", below: left, of: &frame.cells)
    // The pair is still to be guessed.
    guard work.rows.last?.value != nil else { return }
    label("the pair: 9 + \(outputs)", above: right, of: &frame.cells)
    for row in 0..<Self.rows - 1 { block(1 / Double(outputs), row, in: right, of: &frame.cells) }
    block(1, Self.rows - 1, in: right, of: &frame.cells)
    label(
      "column: depthwise, row: pointwise", below: right, of: &frame.cells)
  }

  /// A row of a block, so much of the width; a column that is thinner than a character is drawn as
  /// thin as the terminal can.
  private func block(_ share: Double, _ row: Int, in area: Rect, of cells: inout CellBuffer) {
    let least = 1 / Double(8 * max(1, area.width))
    cells.bar(
      max(share, least), in: Rect(x: area.x, y: area.y + 1 + row, width: area.width, height: 1),
      style: Theme.bar)
  }

  private func label(_ text: String, above area: Rect, of cells: inout CellBuffer) {
    cells.write(text, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
  }

  private func label(_ text: String, below area: Rect, of cells: inout CellBuffer) {
    cells.write(
      text, x: area.x, y: area.y + 1 + Self.rows, style: Theme.quiet, maxWidth: area.width)
  }
}
