import Cells

extension Frame {
  /// Draws a frame around `area` with `title`, in thick lines if the arrows move within it; returns
  /// the inside.
  ///
  /// In a small terminal only a line with the title is drawn.
  @discardableResult
  mutating func pane(_ area: Rect, title: String, hasArrows: Bool = false) -> Rect {
    let inside = Layout.inside(area, cells.size)
    guard inside != area else { return area }
    guard Layout.isRoomy(cells.size) else {
      let line = area.x == 0 ? Layout.margined(area, cells.size) : area
      cells.write(
        title, x: line.x, y: line.y, style: hasArrows ? Theme.key : Theme.title,
        maxWidth: line.width)
      return inside
    }
    let style = hasArrows ? Theme.key : Theme.quiet
    func line(_ left: String, _ middle: String, _ right: String) -> String {
      left + String(repeating: middle, count: area.width - 2) + right
    }
    let side = hasArrows ? "┃" : "│"
    cells.write(
      hasArrows ? line("┏", "━", "┓") : line("╭", "─", "╮"), x: area.x, y: area.y, style: style)
    for y in area.y + 1..<area.maxY - 1 {
      cells.write(side, x: area.x, y: y, style: style)
      cells.write(side, x: area.maxX - 1, y: y, style: style)
    }
    cells.write(
      hasArrows ? line("┗", "━", "┛") : line("╰", "─", "╯"), x: area.x, y: area.maxY - 1,
      style: style)
    cells.write(
      " \(title) ", x: area.x + 2, y: area.y, style: hasArrows ? Theme.key : Theme.title,
      maxWidth: area.width - 4)
    return inside
  }

  /// Draws a box over a screen; in a small terminal it clears all of its rows, so that no words are cut in
  /// two.
  mutating func box(_ box: Rect, over area: Rect, title: String) {
    if !Layout.isRoomy(cells.size) {
      cells.fill(Rect(x: area.x, y: box.y, width: area.width, height: box.height), Cell(" "))
    }
    cells.box(box, title: title, style: Theme.title)
  }
}
