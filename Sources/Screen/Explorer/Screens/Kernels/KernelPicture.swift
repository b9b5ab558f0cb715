import Cells
import Reports

/// A 3×3 kernel, or the values that it is multiplied with, as nine coloured fields with numbers.
struct KernelPicture {
  /// Nine weights, row by row.
  let weights: [Float]
  /// The magnitude with the strongest colour.
  let reach: Float
  /// The number of fields shown.
  var count = 9
  /// The index of the field with a frame; nil for none.
  var lit: Int?

  /// The width of a field in columns, enough for a number.
  static let fieldWidth = 8
  /// The height of a field in rows.
  static let fieldHeight = 3
  /// The size of the picture in cells.
  static let size = Size(width: 3 * fieldWidth, height: 3 * fieldHeight)

  func draw(x: Int, y: Int, of cells: inout CellBuffer) {
    for (index, weight) in weights.prefix(count).enumerated() {
      let left = x + index % 3 * Self.fieldWidth
      let top = y + index / 3 * Self.fieldHeight
      let position = reach > 0 ? Double(weight / reach + 1) / 2 : 0.5
      let color = ColorMap.diverging.color(at: position, cells.capabilities.colors)
      let inks = [Color(0, 0, 0), Color(255, 255, 255)]
      let ink = inks.max { $0.contrast(to: color) < $1.contrast(to: color) }
      let style = Style(foreground: ink, background: color)
      cells.fill(
        Rect(x: left, y: top, width: Self.fieldWidth, height: Self.fieldHeight), Cell(" ", style))
      if index == lit { light(x: left, y: top, style: style, of: &cells) }
      let text = NumberText.value(weight)
      cells.write(
        text, x: left + (Self.fieldWidth - text.count) / 2, y: top + Self.fieldHeight / 2,
        style: style, maxWidth: Self.fieldWidth)
    }
  }

  /// Draws a frame inside a field.
  private func light(x: Int, y: Int, style: Style, of cells: inout CellBuffer) {
    let line = String(repeating: "━", count: Self.fieldWidth - 2)
    var style = style
    style.bold = true
    cells.write("┏" + line + "┓", x: x, y: y, style: style)
    cells.write("┃", x: x, y: y + 1, style: style)
    cells.write("┃", x: x + Self.fieldWidth - 1, y: y + 1, style: style)
    cells.write("┗" + line + "┛", x: x, y: y + 2, style: style)
  }
}
