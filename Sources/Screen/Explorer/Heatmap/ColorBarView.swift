import Cells
import Reports

/// A heatmap's colour bar: the colours between the values at its ends, and the name of the range.
struct ColorBarView {
  let scale: HeatScale
  /// The name of the range; empty to write none.
  let range: String
  /// Whether the heatmap tints the photo beneath.
  var isOverlaid = false
  /// The meaning of its two sides, and, where there is room, the part of the values that they span.
  var meaning = ""
  var basis = ""

  func draw(in area: Rect, of cells: inout CellBuffer) {
    let curve = scale.curve == .linear ? "" : ", √"
    let lower = NumberText.value(scale.lower) + " "
    let upper = " " + NumberText.value(scale.upper)
    let room = area.width - lower.count - upper.count
    let names =
      range.isEmpty
      ? meaning.isEmpty ? [] : [" \(meaning), \(basis)", " " + meaning]
      : [" scale: \(range)\(curve)"]
    // The meaning is worth a short bar, what it spans is not.
    let name =
      names.enumerated().first { room - $1.count >= ($0 < names.count - 1 ? 12 : 4) }?.element ?? ""
    let width = room - name.count
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
