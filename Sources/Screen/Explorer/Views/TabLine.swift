import Cells

/// A line of tabs, one of which is selected.
enum TabLine {
  /// Draws `tabs` with their names, `gap` columns apart; returns the column behind the last.
  ///
  /// `action` returns the intent of a click on a tab.
  @discardableResult
  static func draw<Tab: Equatable & Sendable>(
    _ tabs: [Tab], selected: Tab, gap: Int = 1, in area: Rect, of frame: inout Frame,
    name: (Tab) -> String, action: @escaping @Sendable (Tab) -> Intent
  ) -> Int {
    var x = area.x + gap
    for tab in tabs {
      let style = tab == selected ? Theme.selected : Theme.quiet
      let end = frame.cells.write(
        " \(name(tab)) ", x: x, y: area.y, style: style, maxWidth: area.maxX - x)
      frame.answer(
        in: area.row(area.y, x..<max(x, end)), click: { _, _ in action(tab) })
      x = end + gap
      if x >= area.maxX { break }
    }
    return x
  }
}
