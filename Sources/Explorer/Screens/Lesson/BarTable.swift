import Cells
import Reports

/// Numbers under a title, each with a bar that says how large it is among them.
struct BarTable {
  /// One number.
  struct Row {
    let name: String
    let value: Double
    let text: String
  }

  let title: String
  let rows: [Row]

  /// The rows that it takes, and one below it.
  var height: Int { rows.count + 2 }

  func draw(in area: Rect, of cells: inout CellBuffer) {
    cells.write(title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    let names = rows.map(\.name.count).max() ?? 0
    let texts = rows.map(\.text.count).max() ?? 0
    let largest = rows.map(\.value).max() ?? 0
    let left = area.x + names + texts + 4
    for (index, row) in rows.enumerated() where index + 1 < area.height {
      let y = area.y + 1 + index
      cells.write(
        " " + row.name.padded(right: names) + "  " + row.text.padded(left: texts), x: area.x,
        y: y, maxWidth: area.width)
      cells.bar(
        largest > 0 ? row.value / largest : 0,
        in: Rect(x: left, y: y, width: area.maxX - left, height: 1), style: Theme.bar)
    }
  }
}
