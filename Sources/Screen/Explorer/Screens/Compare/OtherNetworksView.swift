import Cells
import Comparison
import Reports

/// MobileNet beside other networks: published figures, computed costs and measured times.
struct OtherNetworksView {
  let times: [ComparedNetwork: Double]

  /// From so many columns on the notes stand beside the table.
  private static let wide = 150
  /// The columns of the table with its letters.
  private static let width = (NetworksReport.header.map(\.count).max() ?? 0) + 2
  /// The letters of the networks.
  private static let signs = NetworkSigns(ComparedNetwork.all.map(\.name))

  func draw(in area: Rect, of frame: inout Frame) {
    let report = NetworksReport(milliseconds: times)
    let rows = NetworksReport.header.count + ComparedNetwork.all.count
    guard Layout.isRoomy(frame.cells.size) else {
      let (table, rest) = area.rows(.fixed(rows), .fill)
      drawTable(report, in: table, of: &frame)
      let notes = drawVerdict(report, in: rest.rows(.fixed(1), .fill).1.inset(1), of: &frame)
      return Notes.draw(NetworksReport.notes, in: notes, of: &frame)
    }
    guard area.width >= Self.wide else { return drawStacked(report, in: area, of: &frame) }
    let (left, right) = area.columns(.fixed(max(Self.width + 3, area.width / 2)), .fill)
    let verdict = report.verdict.map { $0.wrapped(to: left.width - 2).count } ?? 0
    let (table, plot) = left.rows(.fixed(rows + verdict + 2), .fill)
    let below = drawTable(report, in: frame.pane(table, title: "networks"), of: &frame)
    _ = drawVerdict(report, in: below, of: &frame)
    drawPlot(by: "multiply-adds", \.multiplyAdds, in: plot, of: &frame)
    let notes = notesRows(width: right.width - 2)
    let (upper, words) = right.rows(.fill, .fixed(notes + 2))
    let paired = Self.figureRows + 3
    if right.width >= Self.widePaired, upper.height >= paired + Self.fewestOfPlot {
      let (figures, second) = upper.rows(.fixed(paired), .fill)
      drawFigures(in: figures, across: 2, of: &frame)
      drawPlot(by: "parameters", \.parameters, in: second, of: &frame)
    } else {
      drawFigures(in: upper, of: &frame)
    }
    drawNotes(in: frame.pane(words, title: "what the networks and the numbers are"), of: &frame)
  }

  /// Draws the table with its notes above the plot and the figures.
  private func drawStacked(_ report: NetworksReport, in area: Rect, of frame: inout Frame) {
    let rows = NetworksReport.header.count + ComparedNetwork.all.count
    let words = [report.verdict].compactMap(\.self) + NetworksReport.notes
    let below = words.reduce(0) { $0 + $1.wrapped(to: area.width - 2).count }
    let (table, lower) = area.rows(.fixed(rows + below + 2), .fill)
    var rest = drawTable(report, in: frame.pane(table, title: "networks"), of: &frame)
    rest = drawVerdict(report, in: rest, of: &frame)
    for note in NetworksReport.notes {
      rest = rest.from(
        y: rest.y + Paragraph.draw(note, in: rest, style: Theme.quiet, of: &frame.cells))
    }
    let (plot, figures) = lower.columns(.fill, .ratio(3, 5))
    drawPlot(by: "multiply-adds", \.multiplyAdds, in: plot, of: &frame)
    drawFigures(in: figures, of: &frame)
  }

  /// What each network is made of, and what the numbers are.
  private static let notes =
    ComparedNetwork.all.map { ("\($0.name): \($0.form).", Theme.plain) }
    + NetworksReport.notes.map { ($0, Theme.quiet) }

  /// The rows of the notes in `width` columns.
  private func notesRows(width: Int) -> Int {
    Self.notes.reduce(0) { $0 + $1.0.wrapped(to: width).count }
  }

  private func drawNotes(in area: Rect, of frame: inout Frame) {
    _ = Self.notes.reduce(area.y) { y, note in
      y + Paragraph.draw(note.0, in: area.from(y: y), style: note.1, of: &frame.cells)
    }
  }

  /// From so many columns on, bars have room in two columns.
  private static let widePaired = 96
  /// The rows of the figures in two columns: a heading and a line for each network, twice.
  private static let figureRows = 2 * (ComparedNetwork.all.count + 1) + 1
  /// The fewest rows of a plot with its frame.
  private static let fewestOfPlot = 18

  /// Draws the published accuracy, and the costs, of each network as bars, so many figures beside each
  /// other.
  private func drawFigures(in area: Rect, across: Int = 1, of frame: inout Frame) {
    let networks = ComparedNetwork.all
    let names = (networks.map(\.name.count).max() ?? 0) + 2
    // An accuracy has an end, a cost has none.
    let figures: [(title: String, most: Double?, value: (ComparedNetwork) -> Double?)] = [
      ("top-1 in percent", 100, { $0.top1.value }),
      ("million parameters", nil, { $0.parameters.value }),
      ("million multiply-adds", nil, { $0.multiplyAdds.value }),
      ("milliseconds here", nil, { times[$0].map { ($0 * 10).rounded() / 10 } }),
    ]
    let shown = figures.map { figure in
      networks.compactMap { network in figure.value(network).map { (network, $0) } }
    }
    let rows = stride(from: 0, to: shown.count, by: across).reduce(0) { $0 + shown[$1].count + 1 }
    let height = Layout.inside(area, frame.cells.size).height
    let inside = frame.pane(
      area, title: height >= rows ? "as published, and the time here" : "as published")
    let gap = height >= rows + shown.count / across - 1 ? 1 : 0
    let size = Size(
      width: (inside.width + 1) / across - 1, height: networks.count + 1 + gap)
    for (index, lines) in shown.enumerated() {
      let place = inside.tile(index, across: across, size: size)
      guard !lines.isEmpty, place.y + lines.count < inside.maxY else { continue }
      let (head, bars) = place.rows(.fixed(1), .fill)
      frame.cells.write(
        figures[index].title, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
      let most = figures[index].most ?? lines.map(\.1).max() ?? 1
      for (line, (network, value)) in lines.enumerated() {
        let end = frame.cells.write(
          network.name.padded(right: names) + NumberText.trimmed(value).padded(left: 6) + " ",
          x: bars.x, y: bars.y + line, maxWidth: bars.width)
        frame.cells.bar(
          value / most, in: bars.row(bars.y + line, from: end),
          style: network.body == .mobileNet ? Theme.best : Theme.bar,
          isDotted: figures[index].most != nil)
      }
    }
  }

  /// Draws the table; returns what is left below.
  @discardableResult
  private func drawTable(_ report: NetworksReport, in area: Rect, of frame: inout Frame) -> Rect {
    // Where there is a plot, its letters stand before the names.
    let hasLetters = Layout.isRoomy(frame.cells.size)
    let (left, table) = area.columns(.fixed(hasLetters ? 2 : 1), .fill)
    let lines =
      NetworksReport.header.map { ($0, Theme.quiet) }
      + ComparedNetwork.all.map {
        (report.line(of: $0), $0.body == .mobileNet ? Theme.title : Theme.plain)
      }
    for (line, (text, style)) in lines.prefix(area.height).enumerated() {
      frame.cells.write(text, x: table.x, y: table.y + line, style: style, maxWidth: table.width)
    }
    for (line, name) in (hasLetters ? Self.signs.names : []).enumerated() {
      let (letter, style) = Self.signs.sign(of: name)
      frame.cells.write(
        letter, x: left.x, y: left.y + NetworksReport.header.count + line, style: style)
    }
    return area.from(y: area.y + lines.count)
  }

  /// Draws the published accuracies by a published cost.
  private func drawPlot(
    by name: String, _ cost: KeyPath<ComparedNetwork, PublishedFigure>, in area: Rect,
    of frame: inout Frame
  ) {
    let inside = frame.pane(area, title: "published accuracy by \(name)")
    let below = Self.signs.drawLegend(in: inside, namesToo: false, of: &frame.cells)
    ComparisonPlotView(
      plot: ComparisonPlot(ComparedNetwork.all, by: cost),
      sign: { Self.signs.sign(of: ComparedNetwork.all[$0].name) },
      axes: ["\(name), log scale; published top-1", "\(name), log scale", name],
      name: { ComparedNetwork.all[$0].name },
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
