import Cells
import Reports

/// A heatmap's colour bar: the colours between the values at its ends, and the name of the range.
struct ColorBarView {
  let scale: HeatScale
  /// The name of the range; empty to write none.
  let range: String
  /// Whether the heatmap tints the photo beneath.
  var isOverlaid = false
  /// The meaning of its two sides, where nothing is said of how they are chosen.
  var meaning = ""

  func draw(in area: Rect, of cells: inout CellBuffer) {
    let curve = scale.curve == .linear ? "" : ", √"
    let name =
      range.isEmpty ? meaning.isEmpty ? "" : " " + meaning : " scale: \(range)\(curve)"
    let lower = NumberText.value(scale.lower) + " "
    let upper = " " + NumberText.value(scale.upper)
    let room = area.width - lower.count - upper.count
    let width = room - name.count >= 4 ? room - name.count : room
    guard width >= 4 else { return }
    let hasColors = cells.capabilities.pictureColors != .none
    var x = cells.write(lower, x: area.x, y: area.y)
    for column in 0..<width {
      let position = Double(column) / Double(width - 1)
      let value = scale.lower + (scale.upper - scale.lower) * Float(position)
      let amount = scale.amount(of: value)
      let color =
        isOverlaid
        ? OverlayView.ofBar(amount, cells.capabilities) : scale.color(of: value)
      let sign = isOverlaid && !hasColors ? OverlayView.sign(of: amount) : nil
      cells[x + column, area.y] =
        sign.map { Cell($0, Style()) }
        ?? Cell("▀", Style(foreground: color, background: color))
    }
    x = cells.write(upper, x: x + width, y: area.y)
    if width < room { cells.write(name, x: x, y: area.y, style: Theme.quiet) }
  }
}
