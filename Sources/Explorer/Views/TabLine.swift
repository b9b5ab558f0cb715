import Cells

/// A line of words, one of which is chosen.
enum TabLine {
  /// Draws `tabs` by their names; answers the column behind the last.
  ///
  /// A click on one means what `action` says.
  @discardableResult
  static func draw<Tab: RawRepresentable & Equatable & Sendable>(
    _ tabs: [Tab], selected: Tab, in area: Rect, of frame: inout Frame,
    action: @escaping @Sendable (Tab) -> Action
  ) -> Int where Tab.RawValue == String {
    var x = area.x + 1
    for tab in tabs {
      let style = tab == selected ? Theme.selected : Theme.quiet
      let end = frame.cells.write(
        " \(tab.rawValue) ", x: x, y: area.y, style: style, maxWidth: area.maxX - x)
      frame.answer(
        in: Rect(x: x, y: area.y, width: end - x, height: 1), click: { _, _ in action(tab) })
      x = end + 1
      if x >= area.maxX { break }
    }
    return x
  }
}
