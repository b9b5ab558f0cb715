import Cells
import Reports

/// A 3×3 kernel as nine coloured fields with their numbers.
struct KernelPicture {
  /// Nine weights, rows first.
  let weights: [Float]
  /// The magnitude that gets the strongest colour.
  let reach: Float

  /// The columns of a field, wide enough for a number.
  static let fieldWidth = 8
  /// The rows of a field.
  static let fieldHeight = 3
  /// The columns and rows of the whole.
  static let size = Size(width: 3 * fieldWidth, height: 3 * fieldHeight)

  func draw(x: Int, y: Int, of cells: inout CellBuffer) {
    for (index, weight) in weights.enumerated() {
      let left = x + index % 3 * Self.fieldWidth
      let top = y + index / 3 * Self.fieldHeight
      let position = reach > 0 ? Double(weight / reach + 1) / 2 : 0.5
      let color = ColorMap.diverging.color(at: position)
      let ink = color.lightness > 0.5 ? Color(0, 0, 0) : Color(255, 255, 255)
      let style = Style(foreground: ink, background: color)
      cells.fill(
        Rect(x: left, y: top, width: Self.fieldWidth, height: Self.fieldHeight), Cell(" ", style))
      let text = NumberText.value(weight)
      cells.write(
        text, x: left + (Self.fieldWidth - text.count) / 2, y: top + Self.fieldHeight / 2,
        style: style, maxWidth: Self.fieldWidth)
    }
  }
}
