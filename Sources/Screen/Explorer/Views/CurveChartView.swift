import Cells

/// A curve as columns on a line, and perhaps another one as dots over them.
///
/// The largest value of both curves fills the height; what is not finite is not drawn.
struct CurveChartView {
  let curve: [Double]
  var other: [Double]?

  private static let blocks: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  func draw(in area: Rect, of cells: inout CellBuffer) {
    guard area.width >= 2, area.height >= 1, !curve.isEmpty else { return }
    let values = (curve + (other ?? [])).filter(\.isFinite)
    let reach = max(values.max() ?? 0, .leastNormalMagnitude)
    func height(_ curve: [Double], _ column: Int) -> Double? {
      let place = Double(column) / Double(area.width - 1) * Double(curve.count - 1)
      let low = min(Int(place), curve.count - 1)
      let high = min(low + 1, curve.count - 1)
      let value = curve[low] + (curve[high] - curve[low]) * (place - Double(low))
      return value.isFinite ? min(max(value / reach, 0), 1) * Double(area.height) : nil
    }
    for column in 0..<area.width {
      let own = height(curve, column)
      let eighths = Int(((own ?? 0) * 8).rounded())
      // Nothing is not the same as no number.
      if own != nil, eighths == 0 {
        cells.write("▁", x: area.x + column, y: area.maxY - 1, style: Theme.quiet)
      }
      for row in 0..<area.height {
        let part = min(eighths - 8 * row, 8)
        guard part > 0 else { break }
        cells[area.x + column, area.maxY - 1 - row] = Cell(Self.blocks[part - 1], Theme.bar)
      }
      guard let other, let dot = height(other, column) else { continue }
      let row = min(Int(dot), area.height - 1)
      // Over a column the dot is left out of it, so that no cell is dark around it.
      let isOver = eighths - 8 * row >= 4
      cells.write(
        "•", x: area.x + column, y: area.maxY - 1 - row,
        style: isOver ? Style(tone: .bar, reverse: true) : Theme.key)
    }
  }
}
