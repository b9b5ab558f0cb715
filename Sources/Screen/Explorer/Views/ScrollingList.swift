import Cells

/// A list that scrolls so that the selected line stays in view, in the middle if possible; where not
/// all of it fits, its last row says how much is above and below.
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

  /// The fewest rows that leave one for what is above and below.
  private static let fewestRows = 3

  /// Returns how many lines are above and below the `shown` ones.
  private func rest(of shown: Range<Int>) -> String {
    let parts = [(shown.lowerBound, "above"), (count - shown.upperBound, "below")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "  … " + parts.joined(separator: ", ")
  }

  /// Calls `line` to draw each visible line in a row of `area`.
  ///
  /// `click` returns the intent of a click on a line, and `wheel` that of turning the wheel by
  /// steps, positive downward.
  func draw(
    in area: Rect, of frame: inout Frame,
    click: @escaping @Sendable (_ index: Int) -> Intent?,
    wheel: @escaping @Sendable (_ steps: Int) -> Intent?,
    line: (_ index: Int, _ row: Rect, _ frame: inout Frame) -> Void
  ) {
    let isWhole = count * height <= area.height || area.height < Self.fewestRows * height
    let (lines, more) = area.rows(.fill, .fixed(isWhole ? 0 : 1))
    let shown = shown(rows: lines.height / height)
    for index in shown {
      let above = (index - shown.lowerBound) * height
      line(index, lines.rows(.fixed(above), .fixed(height), .fill).1, &frame)
    }
    if more.height > 0 {
      frame.cells.write(
        rest(of: shown), x: more.x, y: more.y, style: Theme.quiet, maxWidth: more.width)
    }
    frame.answer(
      in: lines,
      click: { [height] _, y in
        let index = shown.lowerBound + y / height
        return shown.contains(index) ? click(index) : nil
      }, wheel: wheel)
  }
}
