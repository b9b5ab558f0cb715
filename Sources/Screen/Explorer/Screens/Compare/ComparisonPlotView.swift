import Cells
import Comparison
import Reports

/// The plot of the candidates, a letter for each network, and the line of the one under the cursor.
struct ComparisonPlotView {
  let screen: CompareScreen
  let core: Core

  /// The columns left of the plot, for percentages.
  private static let margin = 6

  func draw(in area: Rect, of frame: inout Frame) {
    let plot = ComparisonPlot(screen, core)
    drawSelected(plot, in: Rect(x: area.x, y: area.maxY - 2, width: area.width, height: 2), &frame)
    let inner = Rect(
      x: area.x + Self.margin, y: area.y + 1, width: area.width - Self.margin - 2,
      height: area.height - 5)
    guard inner.width >= 10, inner.height >= 3, let costs = plot.costs,
      let accuracies = plot.accuracies
    else {
      frame.cells.write(
        "Nothing to show yet.", x: area.x + 1, y: area.y + 1, style: Theme.quiet,
        maxWidth: area.width - 1)
      return
    }
    drawLegend(in: Rect(x: area.x + 1, y: area.y, width: area.width - 1, height: 1), &frame)
    drawAxes(in: inner, costs, accuracies, &frame)
    for point in plot.points where point.index != screen.cursor(core) {
      draw(point, of: plot, in: inner, style: Theme.title, &frame)
    }
    // Last, so that it lies on top.
    for point in plot.points where point.index == screen.cursor(core) {
      draw(point, of: plot, in: inner, style: Theme.selected, &frame)
    }
  }

  private func draw(
    _ point: ComparisonPlot.Point, of plot: ComparisonPlot, in area: Rect, style: Style,
    _ frame: inout Frame
  ) {
    let (x, y) = plot.position(of: point)
    let column = area.x + Int((x * Double(area.width - 1)).rounded())
    let row = area.maxY - 1 - Int((y * Double(area.height - 1)).rounded())
    frame.cells.write(letter(of: point.index), x: column, y: row, style: style, maxWidth: 1)
    let index = point.index
    frame.answer(in: Rect(x: column, y: row, width: 1, height: 1)) { _, _ in
      .compare(.pointed(index))
    }
  }

  /// The networks without their resolutions, in the order of the list.
  private var names: [String] {
    screen.candidates(core).reduce(into: []) { names, candidate in
      if !names.contains(candidate.name) { names.append(candidate.name) }
    }
  }

  private func letter(of index: Int) -> String {
    let name = screen.candidates(core)[index].name
    let place = names.firstIndex(of: name) ?? 0
    return String(UnicodeScalar(UInt8(65 + place % 26)))
  }

  private func drawLegend(in area: Rect, _ frame: inout Frame) {
    let entries = names.enumerated().map { "\(UnicodeScalar(UInt8(65 + $0 % 26))) \($1)" }
    frame.cells.write(
      entries.joined(separator: "  "), x: area.x, y: area.y, style: Theme.quiet,
      maxWidth: area.width)
  }

  private func drawAxes(
    in area: Rect, _ costs: ClosedRange<Double>, _ accuracies: ClosedRange<Double>,
    _ frame: inout Frame
  ) {
    let span = accuracies.upperBound - accuracies.lowerBound
    for percent in stride(from: accuracies.lowerBound, through: accuracies.upperBound, by: 5) {
      let share = (percent - accuracies.lowerBound) / span
      let row = area.maxY - 1 - Int((share * Double(area.height - 1)).rounded())
      frame.cells.write(
        NumberText.percent(percent / 100).padded(left: Self.margin - 2), x: area.x - Self.margin,
        y: row, style: Theme.quiet)
      frame.cells.write(
        String(repeating: "┄", count: area.width), x: area.x, y: row, style: Theme.quiet)
    }
    for row in area.y..<area.maxY {
      frame.cells.write("│", x: area.x - 1, y: row, style: Theme.quiet)
    }
    frame.cells.write(
      "└" + String(repeating: "─", count: area.width), x: area.x - 1, y: area.maxY,
      style: Theme.quiet)
    let upper = text(of: costs.upperBound)
    frame.cells.write(text(of: costs.lowerBound), x: area.x, y: area.maxY + 1, style: Theme.quiet)
    frame.cells.write(
      upper, x: area.maxX - upper.count, y: area.maxY + 1, style: Theme.quiet)
    let name = "\(screen.cost.rawValue), log scale; \(accuracyName)"
    let room = area.width - 2 * upper.count - 4
    frame.cells.write(
      name, x: area.x + upper.count + 2 + max(0, (room - name.count) / 2), y: area.maxY + 1,
      style: Theme.quiet, maxWidth: max(0, room))
  }

  private var accuracyName: String {
    screen.showsPublished ? "published top-1" : "measured top-1"
  }

  private func text(of cost: Double) -> String {
    screen.cost == .milliseconds
      ? NumberText.fixed(cost, 2) + " ms" : NumberText.short(Int(cost))
  }

  private func drawSelected(_ plot: ComparisonPlot, in area: Rect, _ frame: inout Frame) {
    guard let candidate = screen.selected(core) else { return }
    frame.cells.write(
      " " + MeasurementTable.header, x: area.x, y: area.y, style: Theme.quiet,
      maxWidth: area.width)
    var line = MeasurementTable(screen.known(core)).line(of: candidate)
    let isMeasured = screen.costs(of: candidate, core) != nil
    if isMeasured, !plot.points.contains(where: { $0.index == screen.cursor(core) }) {
      line += "  (no accuracy)"
    }
    frame.cells.write(
      "▸" + line, x: area.x, y: area.y + 1, style: Theme.selected, maxWidth: area.width)
  }
}
