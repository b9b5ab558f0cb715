import Cells
import Comparison
import Reports

/// MobileNet beside other networks: published figures, computed costs and measured times.
struct OtherNetworksView {
  let times: [ComparedNetwork: Double]

  /// From so many columns on the notes stand beside the table.
  private static let wide = 150
  /// The columns of the table.
  private static let width = (NetworksReport.header.map(\.count).max() ?? 0) + 1

  func draw(in area: Rect, of frame: inout Frame) {
    let report = NetworksReport(milliseconds: times)
    let rows = NetworksReport.header.count + ComparedNetwork.all.count
    guard Layout.isRoomy(frame.cells.size) else {
      let (table, rest) = area.rows(.fixed(rows), .fill)
      drawTable(report, in: table, of: &frame)
      let notes = drawVerdict(report, in: rest.rows(.fixed(1), .fill).1.inset(1), of: &frame)
      return Notes.draw(NetworksReport.notes, in: notes, of: &frame)
    }
    // The notes stand beside the table, or below it where there are few columns.
    let isWide = area.width >= Self.wide
    let inner = isWide ? Self.width + 1 : area.width - 2
    let words = ([report.verdict].compactMap(\.self) + (isWide ? [] : NetworksReport.notes))
    let below = words.reduce(0) { $0 + $1.wrapped(to: inner).count }
    let (upper, lower) = area.rows(.fixed(rows + below + 2), .fill)
    let (table, notes) = upper.columns(.fixed(inner + 2), .fill)
    var rest = drawTable(report, in: frame.pane(table, title: "networks"), of: &frame)
    rest = drawVerdict(report, in: rest, of: &frame)
    if isWide {
      rest = frame.pane(notes, title: "what the numbers are")
    }
    for note in NetworksReport.notes {
      let rows = Paragraph.draw(note, in: rest, style: Theme.quiet, of: &frame.cells)
      rest = rest.rows(.fixed(rows), .fill).1
    }
    let (plot, figures) = lower.columns(.fill, .ratio(3, 5))
    drawPlot(
      in: frame.pane(plot, title: "published accuracy by multiply-adds"), of: &frame)
    drawFigures(in: figures, of: &frame)
  }

  /// Draws the published accuracy, and the costs, of each network as bars.
  private func drawFigures(in area: Rect, of frame: inout Frame) {
    let networks = ComparedNetwork.all
    let names = (networks.map(\.name.count).max() ?? 0) + 2
    let figures: [(title: String, value: (ComparedNetwork) -> Double?)] = [
      ("top-1 in percent", { $0.top1.value }),
      ("million parameters", { $0.parameters.value }),
      ("million multiply-adds", { $0.multiplyAdds.value }),
      ("milliseconds here", { times[$0].map { ($0 * 10).rounded() / 10 } }),
    ]
    let isWhole =
      Layout.inside(area, frame.cells.size).height >= figures.count * (networks.count + 1)
    var rest = frame.pane(
      area, title: isWhole ? "as published, and the time here" : "as published")
    let isLoose = rest.height >= figures.count * (networks.count + 2) - 1
    for (title, figure) in figures where rest.height > networks.count {
      let (head, lines, below) = rest.rows(.fixed(1), .fixed(networks.count), .fill)
      frame.cells.write(title, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
      let most = networks.compactMap(figure).max() ?? 1
      for (line, network) in networks.enumerated() {
        let value = figure(network)
        let text = value.map { NumberText.trimmed($0) } ?? "–"
        let end = frame.cells.write(
          network.name.padded(right: names) + text.padded(left: 6) + " ",
          x: lines.x, y: lines.y + line, maxWidth: lines.width)
        frame.cells.bar(
          (value ?? 0) / most, in: lines.row(lines.y + line, from: end),
          style: network.body == .mobileNet ? Theme.best : Theme.bar)
      }
      rest = isLoose ? below.rows(.fixed(1), .fill).1 : below
    }
  }

  /// Draws the table; returns what is left below.
  @discardableResult
  private func drawTable(_ report: NetworksReport, in area: Rect, of frame: inout Frame) -> Rect {
    let lines =
      NetworksReport.header.map { ($0, Theme.quiet) }
      + ComparedNetwork.all.map {
        (report.line(of: $0), $0.body == .mobileNet ? Theme.title : Theme.plain)
      }
    for (line, (text, style)) in lines.prefix(area.height).enumerated() {
      frame.cells.write(
        " " + text, x: area.x, y: area.y + line, style: style, maxWidth: area.width)
    }
    return area.from(y: area.y + lines.count)
  }

  private func drawPlot(in area: Rect, of frame: inout Frame) {
    let signs = NetworkSigns(ComparedNetwork.all.map(\.name))
    let below = signs.drawLegend(in: area, of: &frame.cells)
    ComparisonPlotView(
      plot: ComparisonPlot(ComparedNetwork.all),
      sign: { signs.sign(of: ComparedNetwork.all[$0].name) },
      axes: "multiply-adds, log scale; published top-1", name: { ComparedNetwork.all[$0].name },
      gap: 1, text: { NumberText.short(Int($0)) }
    ).draw(in: below, of: &frame)
  }

  /// Writes the conclusion from the times; returns what is left below.
  private func drawVerdict(
    _ report: NetworksReport, in area: Rect, of frame: inout Frame
  ) -> Rect {
    guard let verdict = report.verdict else { return area }
    let rows = Paragraph.draw(verdict, in: area, style: Theme.best, of: &frame.cells)
    return area.from(y: area.y + rows)
  }
}
