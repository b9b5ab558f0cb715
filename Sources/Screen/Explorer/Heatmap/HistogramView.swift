import Cells
import Reports

/// A histogram of values over the range of a scale.
///
/// Exact zeros are left out and counted in words: behind a ReLU they would dwarf the rest. Values
/// that are not finite are ignored, unless there are no others.
struct HistogramView {
  private let values: [Float]
  private let zeros: Int
  /// Whether there are values that are not finite.
  private let hasOthers: Bool
  private let scale: HeatScale

  init(_ values: [Float], scale: HeatScale) {
    self.values = values.filter { $0 != 0 && $0.isFinite }
    zeros = values.count { $0 == 0 }
    hasOthers = values.contains { !$0.isFinite }
    self.scale = scale
  }

  /// Returns the number of values in each of `count` equal parts of the scale's range; values
  /// beyond the ends count in the outermost parts.
  func counts(_ count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    // In float32 the span of the largest numbers would be infinite.
    let (lower, span) = (Double(scale.lower), Double(scale.upper) - Double(scale.lower))
    guard span > 0, count > 0 else { return counts }
    for value in values {
      let position = (Double(value) - lower) / span * Double(count)
      counts[min(max(Int(min(max(position, -1), Double(count))), 0), count - 1)] += 1
    }
    return counts
  }

  /// Draws the histogram above a line with the ends of the range and the share of zeros.
  func draw(in area: Rect, of cells: inout CellBuffer) {
    guard area.height >= 2, area.width >= 12 else { return }
    guard !values.isEmpty else {
      cells.write(
        hasOthers ? "every value is too large" + (zeros > 0 ? ", or 0" : "") : "every value is 0",
        x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
      return
    }
    let counts = counts(area.width)
    let most = max(counts.max() ?? 0, 1)
    let rows = area.height - 1
    let (first, span) = (Double(scale.lower), Double(scale.upper) - Double(scale.lower))
    for (column, count) in counts.enumerated() where count > 0 {
      // A single value is at least an eighth of a cell high.
      let eighths = max(1, count * rows * 8 / most)
      let middle = (Double(column) + 0.5) / Double(area.width)
      let style = Style(foreground: scale.color(of: Float(first + span * middle)))
      cells.column(eighths, on: area.maxY - 2, x: area.x + column, style: style)
    }
    let lower = NumberText.value(scale.lower)
    let upper = NumberText.value(scale.upper)
    let y = area.maxY - 1
    cells.write(lower, x: area.x, y: y)
    cells.write(upper, x: area.maxX - upper.count, y: y)
    let share = Double(zeros) / Double(max(1, zeros + values.count))
    let text = zeros > 0 ? "and \(NumberText.percent(share)) are 0" : ""
    let room = area.width - lower.count - upper.count - 2
    if text.count <= room {
      cells.write(
        text, x: area.x + lower.count + 1 + (room - text.count) / 2, y: y, style: Theme.quiet)
    }
  }
}

extension CellBuffer {
  private static let blocks: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// Draws a bar of so many `eighths` of a row that stands on row `y`.
  mutating func column(_ eighths: Int, on y: Int, x: Int, style: Style) {
    for row in 0..<(eighths + 7) / 8 {
      self[x, y - row] = Cell(Self.blocks[min(eighths - 8 * row, 8) - 1], style)
    }
  }
}
