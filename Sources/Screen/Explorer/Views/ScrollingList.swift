import Cells

/// A list of which as many lines are shown as there is room for, the selected one in the middle
/// where possible.
struct ScrollingList {
  /// The number of lines.
  let count: Int
  /// The line that is kept in view.
  let selected: Int

  /// The lines that `rows` rows show.
  func shown(rows: Int) -> Range<Int> {
    let first = min(max(0, selected - rows / 2), max(0, count - rows))
    return first..<max(first, min(first + rows, count))
  }

  /// Lets `line` draw each line that is shown, in a row of `area`.
  ///
  /// A click on a line asks for what `click` says of it, and the wheel for what `wheel` says of steps
  /// down.
  func draw(
    in area: Rect, of frame: inout Frame,
    click: @escaping @Sendable (_ index: Int) -> Intent?,
    wheel: @escaping @Sendable (_ steps: Int) -> Intent?,
    line: (_ index: Int, _ row: Rect, _ frame: inout Frame) -> Void
  ) {
    let shown = shown(rows: area.height)
    for index in shown {
      let row = Rect(
        x: area.x, y: area.y + index - shown.lowerBound, width: area.width, height: 1)
      line(index, row, &frame)
    }
    frame.answer(
      in: area,
      click: { _, y in
        let index = shown.lowerBound + y
        return shown.contains(index) ? click(index) : nil
      }, wheel: wheel)
  }
}
