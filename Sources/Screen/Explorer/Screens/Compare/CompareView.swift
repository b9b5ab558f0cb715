import Cells
import Comparison
import Reports

extension CompareScreen {
  static let shortcuts: [Binding] = [
    shortcut(
      "c", label: "compare",
      help: "Compare widths and resolutions on this photo, and other networks.")
  ]

  static let bindings: [Binding] = [
    Binding([.tab, .backTab], "Tab", label: "view", help: "Take the next view.") { key, _ in
      .compare(.tabMoved(by: key == .tab ? 1 : -1))
    },
    Binding(
      [.up, .down, .left, .right], "↑↓←→", label: "network",
      help: "Go to the network above or below; in the plot, also to the next cheaper or dearer."
    ) { key, state in
      guard state[CompareScreen.self].tab != .networks else { return nil }
      return switch key {
      case .up: .compare(.moved(x: 0, y: -1))
      case .down: .compare(.moved(x: 0, y: 1))
      case .left: .compare(.moved(x: -1, y: 0))
      default: .compare(.moved(x: 1, y: 0))
      }
    },
    Binding(
      [.character("O")], "O", label: "order",
      help: "Order the plot by multiply-adds, milliseconds or parameters."
    ) { _, state in state.showsPlot ? .compare(.costCycled) : nil },
    Binding(
      [.character("F")], "F", label: "figures",
      help: "Plot the checkpoints' own accuracies, or those published for ImageNet."
    ) { _, state in state.showsPlot ? .compare(.accuracySwitched) : nil },
    Binding(
      [.enter], "Enter", label: "explore", help: "Explore this network, at this resolution."
    ) { _, state in
      state[CompareScreen.self].tab == .networks ? nil : .compare(.chosen)
    },
    Binding(
      [.character("J")], "J", label: "beside",
      help: "Set this network and the explored one side by side."
    ) { _, state in
      state[CompareScreen.self].tab == .networks ? nil : .compare(.besideAsked)
    },
    Bindings.otherPhoto(.compare(.photoAsked)),
    Bindings.again("Measure again what could not be measured.", .retried).only {
      $0[CompareScreen.self].hasFailures($0.core)
    },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    CompareView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

extension ExplorerState {
  /// Whether the plot is visible: in its tab, and beside the table if there is room.
  fileprivate var showsPlot: Bool {
    let tab = self[CompareScreen.self].tab
    return tab == .plot || tab == .table && Layout.isRoomy(core.size)
  }
}

/// The tabs with the content of the selected one.
struct CompareView {
  let screen: CompareScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    let (tabs, rest) = area.rows(.fixed(1), .fill)
    var body = rest
    drawTabs(in: tabs, of: &frame)
    if let summary = core.patches.summary {
      frame.cells.write(
        "\(summary) in the explored network; these are whole.", x: body.x + 1, y: body.y,
        style: Theme.question, maxWidth: body.width - 1)
      body = body.rows(.fixed(1), .fill).1
    }
    switch screen.tab {
    case .networks: OtherNetworksView(times: screen.times(core)).draw(in: body, of: &frame)
    case _ where Layout.isRoomy(core.size): drawPanes(in: body, of: &frame)
    case .table: drawTable(in: body, of: &frame)
    case .plot:
      let (upper, line) = body.rows(.fill, .fixed(3))
      drawPlot(in: upper, of: &frame)
      drawSelected(in: line.rows(.fixed(1), .fill).1, of: &frame)
    }
  }

  /// The rows of the table's frame, heading and notes.
  private static let tableHead = 6
  /// The fewest rows below the table.
  private static let fewestBelow = 11
  /// The fewest rows of a plot in which points can be told apart.
  private static let fewestOfPlot = 20
  /// From so many columns on the photo stands beside the plot.
  private static let wide = 180

  /// The plot beside what there is to say of the network under the cursor; or the table above the plot,
  /// and where that has no room above the photo.
  private func drawPanes(in area: Rect, of frame: inout Frame) {
    guard screen.tab == .table else {
      let (plot, chosen) = area.columns(.ratio(5, 8), .fill)
      drawPlot(in: frame.pane(plot, title: "accuracy by cost", hasArrows: true), of: &frame)
      return drawChosen(in: chosen, of: &frame)
    }
    let (table, lower) = area.rows(
      .fixed(
        min(screen.candidates(core).count + Self.tableHead, area.height - Self.fewestBelow)), .fill)
    drawTable(
      in: frame.pane(table, title: "widths and resolutions on this photo", hasArrows: true),
      of: &frame)
    guard lower.height >= Self.fewestOfPlot else { return drawChosen(in: lower, of: &frame) }
    let isWide = lower.width >= Self.wide
    let (plot, frontier, chosen) = lower.columns(
      .fill, .ratio(isWide ? 3 : 4, 10), .ratio(isWide ? 1 : 0, 4))
    if isWide { drawChosen(in: chosen, of: &frame) }
    drawFrontier(in: frame.pane(frontier, title: "best for their cost"), of: &frame)
    drawPlot(in: frame.pane(plot, title: "accuracy by cost"), of: &frame)
  }

  /// Draws the network under the cursor with the photo as it gets that.
  private func drawChosen(in area: Rect, of frame: inout Frame) {
    guard let candidate = screen.selected(core) else { return }
    let inside = frame.pane(area, title: "the photo for \(text(of: candidate))")
    ChosenNetworkView(
      photo: PhotoView(core.photo.prepared.pixels.seen(at: candidate.resolution)),
      sentences: screen.figures(core) + screen.comparison(core),
      measurement: screen.known(core).first { $0.candidate == candidate }
    ).draw(in: inside, of: &frame)
  }

  /// The networks on the plot's line, the cheapest first, with their costs and accuracies as bars.
  private func drawFrontier(in area: Rect, of frame: inout Frame) {
    let candidates = screen.candidates(core)
    let points = ComparisonPlot(screen, core).frontier
    let dearest = points.last?.cost ?? 1
    let names = (points.map { text(of: candidates[$0.index]).count }.max() ?? 0) + 1
    let cursor = screen.cursor(core)
    ScrollingList(
      count: points.count, selected: points.firstIndex { $0.index == cursor } ?? 0, height: 2
    ).draw(
      in: area, of: &frame, click: { .compare(.pointed(points[$0].index)) },
      wheel: { .compare(.moved(x: $0, y: 0)) }
    ) { index, rows, frame in
      let point = points[index]
      let (head, value, bar) = rows.columns(.fixed(names), .fixed(10), .fill)
      frame.cells.write(
        text(of: candidates[point.index]), x: head.x, y: head.y,
        style: point.index == cursor ? Theme.selected : Theme.plain, maxWidth: head.width)
      let lines = [
        (text(ofCost: point.cost), point.cost / dearest, Theme.bar, false),
        (
          NumberText.percent(point.accuracy / 100, digits: 1), point.accuracy / 100, Theme.best,
          true
        ),
      ]
      for (line, (number, share, style, isWhole)) in lines.enumerated() {
        frame.cells.write(
          number.padded(left: value.width - 1), x: value.x, y: value.y + line,
          maxWidth: value.width)
        frame.cells.bar(
          share, in: bar.row(bar.y + line, from: bar.x), style: style, isDotted: isWhole)
      }
    }
  }

  private func text(of candidate: Candidate) -> String {
    "\(Candidate.short(candidate.name)) \(candidate.resolution)"
  }

  private func text(ofCost cost: Double) -> String {
    screen.cost == .milliseconds
      ? NumberText.fixed(cost, 2) + " ms" : NumberText.short(Int(cost))
  }

  private func drawPlot(in area: Rect, of frame: inout Frame) {
    let candidates = screen.candidates(core)
    let signs = signs
    let below = candidates.isEmpty ? area : signs.drawLegend(in: area, of: &frame.cells)
    let accuracy = screen.showsPublished ? "published top-1" : "measured top-1"
    ComparisonPlotView(
      plot: ComparisonPlot(screen, core), sign: { signs.sign(of: candidates[$0].name) },
      axes: ["\(screen.cost.rawValue), log scale; \(accuracy)", "\(screen.cost.rawValue)"],
      name: { "\(candidates[$0].resolution)" },
      text: text(ofCost:), selected: screen.cursor(core), notes: beaten
    ).draw(in: below, of: &frame)
  }

  /// The networks that are beaten with those that beat them, the most accurate first.
  private var beaten: [String] {
    let candidates = screen.candidates(core)
    let plot = ComparisonPlot(screen, core)
    func name(_ point: ComparisonPlot.Point) -> String {
      signs.sign(of: candidates[point.index].name).letter
        + "\(candidates[point.index].resolution)"
    }
    let lines = plot.points.sorted { $0.accuracy > $1.accuracy }.compactMap { point in
      plot.winner(over: point).map {
        "\(name(point).lowercased()) by \(name($0)): × \(NumberText.fixed($0.cost / point.cost, 2)), "
          + "+ \(NumberText.fixed($0.accuracy - point.accuracy, 1))"
      }
    }
    return lines.isEmpty ? [] : ["beaten by: × cost, + top-1"] + lines
  }

  private var signs: NetworkSigns { NetworkSigns(screen.candidates(core).map(\.name)) }

  /// Draws the line of the candidate under the plot's cursor.
  private func drawSelected(in area: Rect, of frame: inout Frame) {
    guard let candidate = screen.selected(core) else { return }
    let table = MeasurementTable(screen.known(core), of: screen.candidates(core))
    frame.cells.write(
      " " + table.header, x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    let isMeasured = screen.costs(of: candidate, core) != nil
    let points = ComparisonPlot(screen, core).points
    let isMissing = isMeasured && !points.contains { $0.index == screen.cursor(core) }
    let note = isMissing ? " no accuracy" : ""
    let (line, end) = area.from(y: area.y + 1).columns(.fill, .fixed(note.count))
    frame.cells.write(
      "▸" + table.line(of: candidate), x: line.x, y: line.y, style: Theme.selected,
      maxWidth: line.width)
    frame.cells.write(note, x: end.x, y: end.y, style: Theme.quiet)
  }

  private func drawTabs(in area: Rect, of frame: inout Frame) {
    let end = TabLine.draw(
      CompareScreen.Tab.allCases, selected: screen.tab, in: area, of: &frame,
      name: \.rawValue, action: { .compare(.tabSelected($0)) })
    guard let progress else { return }
    let width = frame.cells.spelled(progress).count
    frame.cells.write(
      progress, x: max(end + 1, area.maxX - width - 1), y: area.y, style: Theme.quiet)
  }

  /// The progress of the measurements, or the number that failed; nil when all are made.
  private var progress: String? {
    let all = screen.measurements(core)
    let missing = all.filter { !core.answers.isKnown($0) }
    if missing.contains(where: { !core.answers.hasFailed($0) }) {
      return "measured \(all.count - missing.count) of \(all.count) …"
    }
    return missing.isEmpty ? nil : "\(missing.count) not measured, Z tries again"
  }

  /// The columns of an answer, where bars stand beside it.
  private static let answerWidth = 34

  private func drawTable(in area: Rect, of frame: inout Frame) {
    let candidates = screen.candidates(core)
    guard !candidates.isEmpty else {
      frame.cells.write("…", x: area.x + 1, y: area.y, style: Theme.quiet)
      return
    }
    let known = screen.known(core)
    let table = MeasurementTable(known, of: candidates)
    frame.cells.write(
      "  " + table.header, x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    // The signs in the table are explained, and the table scrolls if need be.
    let legend = MeasurementTable.notes.first?.wrapped(to: area.width - 2).count ?? 0
    let rows = min(candidates.count, max(1, area.height - 1 - legend))
    let cursor = screen.cursor(core)
    let bars = MeasurementBars(known, in: area, besides: table.width + Self.answerWidth)
    bars.drawHeader(y: area.y, of: &frame.cells)
    let signs = signs
    ScrollingList(count: candidates.count, selected: cursor).draw(
      in: area.rows(.fixed(1), .fixed(rows), .fill).1, of: &frame,
      click: { .compare(.pointed($0)) }, wheel: { .compare(.moved(x: 0, y: $0)) }
    ) { index, row, frame in
      let isSelected = index == cursor
      frame.cells.write(
        (isSelected ? "▸ " : "  ") + table.line(of: candidates[index]), x: row.x, y: row.y,
        style: isSelected ? Theme.selected : Theme.plain, maxWidth: row.width)
      if !isSelected {
        let (letter, style) = signs.sign(of: candidates[index].name)
        frame.cells.write(letter, x: row.x, y: row.y, style: style)
      }
      bars.draw(candidates[index], y: row.y, of: &frame.cells)
    }
    Notes.draw(
      MeasurementTable.notes,
      in: area.inset(1).from(y: area.y + 1 + rows), of: &frame)
  }
}

/// The time and the accuracy of each candidate as bars beside the table, if there is room.
struct MeasurementBars {
  private let measurements: [Measurement]
  private let times: Rect
  private let accuracies: Rect
  private let slowest: Double

  /// The fewest columns of a bar.
  private static let fewest = 10

  /// Shows `measurements` in what a table of `width` columns leaves of `area`.
  init(_ measurements: [Measurement], in area: Rect, besides width: Int) {
    self.measurements = measurements
    slowest = max(measurements.map(\.milliseconds).max() ?? 0, .leastNormalMagnitude)
    let (_, rest) = area.columns(.fixed(width), .fill)
    (times, accuracies) = rest.columns(.fill, .fill, gap: 2)
  }

  func drawHeader(y: Int, of cells: inout CellBuffer) {
    guard times.width >= Self.fewest else { return }
    cells.write("ms", x: times.x, y: y, style: Theme.quiet)
    cells.write("top-1", x: accuracies.x, y: y, style: Theme.quiet)
  }

  func draw(_ candidate: Candidate, y: Int, of cells: inout CellBuffer) {
    guard times.width >= Self.fewest,
      let found = measurements.first(where: { $0.candidate == candidate })
    else { return }
    cells.bar(
      found.milliseconds / slowest, in: times.row(y, from: times.x), style: Theme.bar)
    guard let accuracy = found.accuracy else { return }
    cells.bar(
      accuracy.top1 / 100, in: accuracies.row(y, from: accuracies.x),
      style: Theme.best, isDotted: true)
  }
}

/// Quiet paragraphs below a table, as many as fit, after an empty line if there is room for one.
enum Notes {
  static func draw(_ notes: [String], in area: Rect, of frame: inout Frame) {
    func rows(_ note: String) -> Int {
      frame.cells.spelled(note).wrapped(to: area.width).count
    }
    let first = notes.first.map(rows) ?? 0
    var y = area.y + (first < area.height ? 1 : 0)
    for note in notes {
      guard y + rows(note) <= area.maxY else { return }
      y += Paragraph.draw(
        note, in: area.from(y: y),
        style: Theme.quiet, of: &frame.cells)
    }
  }
}
