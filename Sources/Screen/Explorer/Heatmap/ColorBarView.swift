import Cells
import Reports

/// The scale of a heatmap: its colours between the values at its ends, and how they are chosen.
struct ColorBarView {
  let scale: HeatScale
  /// What is said of how they are chosen.
  let range: String

  func draw(in area: Rect, of cells: inout CellBuffer) {
    let curve = scale.curve == .linear ? "" : ", √"
    let name = " scale: \(range)\(curve)"
    let lower = NumberText.value(scale.lower) + " "
    let upper = " " + NumberText.value(scale.upper)
    let width = area.width - lower.count - upper.count - name.count
    guard width >= 4 else { return }
    var x = cells.write(lower, x: area.x, y: area.y)
    var picture = PixelPicture(width: width, height: 2)
    for column in 0..<width {
      let position = Double(column) / Double(width - 1)
      let value = scale.lower + (scale.upper - scale.lower) * Float(position)
      picture[column, 0] = scale.color(of: value)
      picture[column, 1] = picture[column, 0]
    }
    cells.draw(picture, x: x, y: area.y)
    x = cells.write(upper, x: x + width, y: area.y)
    cells.write(name, x: x, y: area.y, style: Theme.quiet)
  }
}
