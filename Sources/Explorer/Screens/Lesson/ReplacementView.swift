import Cells
import Lessons
import MobileNet
import Reports

/// A pair of layers against the standard convolution that it replaced, as bars that appear with
/// the steps.
struct ReplacementView {
  let replacement: Replacement
  let times: ReplacementTimes?
  let step: Int

  func draw(in area: Rect, of frame: inout Frame) {
    let first = replacement.depthwise
    let last = replacement.pointwise
    frame.cells.write(
      "\(first.input) → \(last.output)   M = \(first.input.channels) channels in, "
        + "N = \(last.output.channels) out, F = \(last.output.height)",
      x: area.x, y: area.y, maxWidth: area.width)
    var y = area.y + 2
    for table in tables {
      guard y + table.height - 1 <= area.maxY else { break }
      table.draw(
        in: Rect(x: area.x, y: y, width: area.width, height: table.height), of: &frame.cells)
      y += table.height
    }
  }

  /// Multiply-adds, parameters and times, as far as the steps have told them.
  private var tables: [BarTable] {
    var tables: [BarTable] = []
    if step >= 1 {
      tables.append(
        table(
          "multiply-adds", replacement.standardMultiplyAdds,
          step >= 3 ? replacement.multiplyAdds : nil))
    }
    if step >= 4 {
      tables.append(
        table("parameters", replacement.standardParameters, replacement.parameters))
    }
    if step >= 6, let times {
      tables.append(
        BarTable(
          title: "milliseconds, measured",
          rows: [
            row("standard 3×3", times.standard, NumberText.fixed(times.standard, 3)),
            row("the pair", times.separable, NumberText.fixed(times.separable, 3)),
          ]))
    }
    return tables
  }

  private func table(_ title: String, _ standard: Int, _ pair: Int?) -> BarTable {
    let first = row("standard 3×3", Double(standard), NumberText.grouped(standard))
    guard let pair else {
      return BarTable(title: title, rows: [first, row("the pair", 0, "?")])
    }
    return BarTable(
      title: title,
      rows: [
        first, row("the pair", Double(pair), NumberText.grouped(pair)),
      ])
  }

  private func row(_ name: String, _ value: Double, _ text: String) -> BarTable.Row {
    BarTable.Row(name: name, value: value, text: text)
  }
}
