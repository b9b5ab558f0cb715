import Cells

/// A line of words, one of which is chosen.
enum TabLine {
  /// Draws `tabs`, each after `gap` columns and called what `name` says; answers the column behind
  /// the last.
  ///
  /// A click on one means what `action` says.
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
        in: Rect(x: x, y: area.y, width: end - x, height: 1), click: { _, _ in action(tab) })
      x = end + gap
      if x >= area.maxX { break }
    }
    return x
  }
}
