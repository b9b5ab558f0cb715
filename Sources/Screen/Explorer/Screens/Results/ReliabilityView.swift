import Cells
import Evaluation
import Reports

/// A reliability diagram: for each bin of confidence, the highest on top, a bar for accuracy and a
/// line for mean confidence.
struct ReliabilityView {
  let evaluation: Evaluation

  func draw(in area: Rect, of cells: inout CellBuffer) {
    let (head, body, legend) = area.rows(.fixed(1), .fill, .fixed(1))
    cells.write("how sure", x: head.x + 1, y: head.y, style: Theme.quiet, maxWidth: head.width)
    cells.write(
      "images", x: max(head.x + 10, head.maxX - 7), y: head.y, style: Theme.quiet,
      maxWidth: head.width)
    // The fifteen bins of the calibration error, or fewer if there are fewer rows.
    let calibration = evaluation.calibration(bins: [15, 10].first { $0 <= body.height } ?? 5)
    let barWidth = max(0, body.width - 20)
    for (row, bin) in calibration.bins.reversed().prefix(body.height).enumerated() {
      let y = body.y + row
      let range =
        NumberText.percent(bin.lower).padded(left: 5) + "–" + NumberText.percent(bin.upper)
      cells.write(range, x: body.x, y: y, style: Theme.quiet, maxWidth: body.width)
      let bar = body.row(y, from: body.x + 12).columns(.fixed(barWidth), .fill).0
      guard bin.count > 0, barWidth > 0 else { continue }
      cells.bar(bin.accuracy, in: bar, style: Theme.bar, isDotted: true)
      let place = min(Int(bin.confidence * Double(barWidth)), barWidth - 1)
      cells.write("│", x: bar.x + place, y: y, style: Theme.key)
      cells.write(
        NumberText.grouped(bin.count).padded(left: 7), x: bar.maxX, y: y, style: Theme.plain,
        maxWidth: 8)
    }
    let tendency = calibration.confidence > calibration.accuracy ? "too sure" : "too modest"
    Legend([
      ("█ how often right", Theme.bar), ("│ how sure", Theme.key), ("so: \(tendency)", Theme.quiet),
    ]).draw(in: legend, of: &cells)
  }
}
