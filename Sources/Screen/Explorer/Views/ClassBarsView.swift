import Cells
import Reports

/// Likely classes, each above its bar, as many as there is room for.
struct ClassBarsView {
  /// The names and probabilities, the likeliest first.
  let classes: [(label: String, probability: Double)]

  /// The rows of a class.
  static let rowsEach = 2

  func draw(in area: Rect, of cells: inout CellBuffer) {
    for (line, found) in classes.prefix(area.height / Self.rowsEach).enumerated() {
      let (name, bar) = area.from(y: area.y + Self.rowsEach * line).rows(.fixed(1), .fixed(1))
      let percent = NumberText.percent(found.probability).padded(left: 5)
      cells.write(
        percent + " " + found.label, x: name.x, y: name.y,
        style: line == 0 ? Theme.best : Theme.plain, maxWidth: name.width)
      cells.bar(
        found.probability, in: bar, style: line == 0 ? Theme.best : Theme.bar, isDotted: true)
    }
  }
}
