import Cells
import Reports

/// Text that is wrapped at spaces.
enum Paragraph {
  /// Draws as much of `text` as fits into `area`; returns the number of rows used.
  @discardableResult
  static func draw(
    _ text: String, in area: Rect, style: Style = Theme.plain, of cells: inout CellBuffer
  ) -> Int {
    let lines = cells.spelled(text).wrapped(to: area.width).prefix(area.height)
    for (row, line) in lines.enumerated() {
      cells.write(line, x: area.x, y: area.y + row, style: style, maxWidth: area.width)
    }
    return lines.count
  }
}
