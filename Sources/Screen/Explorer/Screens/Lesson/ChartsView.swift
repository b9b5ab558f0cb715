import Cells
import Lessons
import Reports

/// Charts one below the other, in several columns if there is no room below.
struct ChartsView {
  let charts: [Chart]
  /// The words for what is above and below, in the language of the lesson.
  let words: StageWords
  /// The chart of the network that the pictures show, if that can be switched.
  var chosen: Chart?

  /// The number of rows of a chart of the five most likely classes.
  static let answerRows = 6

  /// The number of columns between two charts.
  private static let gap = 3

  func draw(in area: Rect, of cells: inout CellBuffer) {
    let columns = columns(height: area.height)
    let width = (area.width - Self.gap * (columns.count - 1)) / max(columns.count, 1)
    for (index, column) in columns.enumerated() {
      var y = area.y
      let scale = scale(of: column, height: area.height)
      let rows = column.flatMap(\.rows)
      // The bars of charts one below the other begin in one column, so that they can be compared.
      let widths = Widths(
        names: min(rows.map { cells.spelled($0.name).count }.max() ?? 0, width * 3 / 5),
        texts: rows.map(\.text.count).max() ?? 0)
      for chart in column {
        let rows = min(scale * chart.rows.count + 1, area.maxY - y)
        draw(
          chart,
          in: area.from(y: y).rows(.fixed(rows), .fill).0
            .columns(.fixed(index * (width + Self.gap)), .fixed(width)).1,
          scale: scale, widths, of: &cells)
        y += rows + 1
      }
    }
  }

  /// Returns the charts of each column, with an empty row between two.
  private func columns(height: Int) -> [[Chart]] {
    var columns: [[Chart]] = []
    var used = 0
    for chart in charts {
      let rows = chart.rows.count + 1
      if columns.isEmpty || used + 1 + rows > height {
        columns.append([chart])
        used = rows
      } else {
        columns[columns.count - 1].append(chart)
        used += 1 + rows
      }
    }
    return columns
  }

  /// The columns of names and of numbers.
  private struct Widths {
    let names: Int
    let texts: Int
  }

  /// The largest number of rows per bar.
  static let highest = 4

  /// Returns the number of rows for each value of `column`: more if there is room.
  private func scale(of column: [Chart], height: Int) -> Int {
    let numbers = column.reduce(0) { $0 + $1.rows.count }
    let room = height - 2 * column.count + 1
    return min(max(1, room / max(1, numbers)), Self.highest)
  }

  private func draw(
    _ chart: Chart, in area: Rect, scale: Int, _ widths: Widths, of cells: inout CellBuffer
  ) {
    let isChosen = chart == chosen
    cells.write(
      isChosen ? " \(chart.title) " : chart.title, x: area.x, y: area.y,
      style: isChosen ? Theme.selected : Theme.title, maxWidth: area.width)
    let (names, texts) = (widths.names, widths.texts)
    let left = area.x + names + texts + 4
    // The row that the step speaks of stays in view; the last row says what is left out.
    let room = max(0, area.height - 1)
    let isWhole = chart.rows.count * scale <= room || room < 3
    let shown = ScrollingList(count: chart.rows.count, selected: chart.lit ?? 0)
      .shown(rows: (room - (isWhole ? 0 : 1)) / scale)
    if !isWhole {
      cells.write(
        words.rest(of: shown, among: chart.rows.count), x: area.x + 1, y: area.maxY - 1,
        style: Theme.quiet, maxWidth: area.width - 1)
    }
    for index in shown {
      let row = chart.rows[index]
      let y = area.y + 1 + scale * (index - shown.lowerBound)
      // Beside the middle of a tall bar.
      let middle = y + max(0, scale - 2) / 2
      let plain = index == chart.lit ? Theme.best : Theme.plain
      cells.write(row.name, x: area.x + 1, y: middle, style: plain, maxWidth: names)
      cells.write(
        row.text.padded(left: texts), x: area.x + names + 3, y: middle, style: plain,
        maxWidth: max(0, area.maxX - area.x - names - 3))
      guard let value = row.value, chart.reach > 0, left < area.maxX else { continue }
      let style = index == chart.lit ? Theme.best : Theme.bar
      // The last row of a tall bar stays empty, as a gap.
      for row in 0..<max(1, scale - 1) {
        let place = area.row(y + row, from: left)
        if chart.rows.contains(where: { $0.value ?? 0 < 0 }) {
          cells.signedBar(
            value / chart.reach, in: place, below: Theme.below,
            above: index == chart.lit ? Theme.best : Theme.above)
        } else {
          cells.bar(value / chart.reach, in: place, style: style)
        }
      }
    }
  }
}

extension StageWords {
  /// Says how many of `count` lines are above and below the `shown` ones.
  func rest(of shown: Range<Int>, among count: Int) -> String {
    "… "
      + [("above", shown.lowerBound), ("below", count - shown.upperBound)].filter { $0.1 > 0 }
      .map { self($0.0, ["count": NumberText.grouped($0.1)]) }.joined(separator: ", ")
  }
}
