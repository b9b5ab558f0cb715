import Cells
import Lessons
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
  /// The words with the notation of the numbers; nil for English.
  var words: StageWords?

  /// The width of a field in columns, enough for a number.
  static let fieldWidth = 8
  /// The height of a field in rows.
  static let fieldHeight = 3
  /// The size of the picture in cells.
  static let size = Size(width: 3 * fieldWidth, height: 3 * fieldHeight)

  func draw(x: Int, y: Int, of cells: inout CellBuffer) {
    let drawsInk = cells.capabilities.drawsInk
    let whole = Rect(x: x, y: y, width: Self.size.width, height: Self.size.height)
    for (index, weight) in weights.prefix(count).enumerated() {
      let field = whole.tile(
        index, across: 3, size: Size(width: Self.fieldWidth, height: Self.fieldHeight),
        gap: Size(width: 0, height: 0))
      let style = drawsInk ? Theme.plain : style(of: weight, cells.capabilities)
      cells.fill(field, drawsInk ? ink(of: weight) : Cell(" ", style))
      if index == lit { light(x: field.x, y: field.y, style: style, of: &cells) }
      var english = NumberText.value(weight)
      // Within the frame there is room for a digit less.
      if index == lit, weight.magnitude < 1, english.count > field.width - 2, !english.contains("e")
      {
        english = NumberText.fixed(Double(weight), 3)
      }
      let text = words?.number(english) ?? english
      // In ink a number needs a line of its own to be read, but for the frame's ends.
      if drawsInk {
        let inset = index == lit ? 1 : 0
        cells.fill(field.inset(inset).row(field.y + field.height / 2), Cell(" ", style))
      }
      cells.write(
        text, x: field.x + max(0, (field.width - text.count + 1) / 2),
        y: field.y + field.height / 2,
        style: style, maxWidth: field.width)
    }
  }

  /// Black or white on the colour of `weight`, whichever is read better.
  private func style(of weight: Float, _ capabilities: Capabilities) -> Style {
    let position = reach > 0 ? Double(weight / reach + 1) / 2 : 0.5
    let color = ColorMap.diverging.color(
      at: position, capabilities.colors, onLight: capabilities.scheme.isLight)
    let inks = [Color(0, 0, 0), Color(255, 255, 255)]
    return Style(
      foreground: inks.max { $0.contrast(to: color) < $1.contrast(to: color) }, background: color)
  }

  /// Among few colours, as much ink as `weight` is large, in the colour of its sign.
  private func ink(of weight: Float) -> Cell {
    let color = HeatScale.ink(reach > 0 ? Double(weight / reach) : 0)
    return Cell("▀", Style(foreground: color, background: color))
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
