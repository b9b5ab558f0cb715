import Cells

/// A list that scrolls so that the selected line stays in view, in the middle if possible.
struct ScrollingList {
  /// The number of lines.
  let count: Int
  /// The index of the line that stays in view.
  let selected: Int
  /// The rows of a line.
  var height = 1

  /// Returns the lines that fit into `rows`.
  func shown(rows: Int) -> Range<Int> {
    let first = min(max(0, selected - rows / 2), max(0, count - rows))
    return first..<max(first, min(first + rows, count))
  }

  /// Calls `line` to draw each visible line in a row of `area`; where more lines follow, the last row
  /// says how many.
  ///
  /// `click` returns the intent of a click on a line, and `wheel` that of turning the wheel by
  /// steps, positive downward.
  func draw(
    in area: Rect, of frame: inout Frame,
    click: @escaping @Sendable (_ index: Int) -> Intent?,
    wheel: @escaping @Sendable (_ steps: Int) -> Intent?,
    line: (_ index: Int, _ row: Rect, _ frame: inout Frame) -> Void
  ) {
    var shown = shown(rows: area.height / height)
    if shown.upperBound < count, shown.count > 2 {
      if shown.count * height == area.height { shown = shown.dropLast() }
      frame.cells.write(
        "  ↓ \(count - shown.upperBound) more", x: area.x, y: area.maxY - 1, style: Theme.quiet,
        maxWidth: area.width)
    }
    for index in shown {
      let row = area.rows(
        .fixed((index - shown.lowerBound) * height), .fixed(height), .fill
      ).1
      line(index, row, &frame)
    }
    frame.answer(
      in: area,
      click: { [shown, height] _, y in
        let index = shown.lowerBound + y / height
        return shown.contains(index) ? click(index) : nil
      }, wheel: wheel)
  }
}
