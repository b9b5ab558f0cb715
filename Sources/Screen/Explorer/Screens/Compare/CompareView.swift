import Cells
import Comparison
import Reports

extension CompareScreen {
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
      [.character("x")], "x", label: "cost",
      help: "Spread the plot by multiply-adds, milliseconds or parameters."
    ) { _, state in
      state[CompareScreen.self].tab == .plot ? .compare(.costCycled) : nil
    },
    Binding(
      [.character("a")], "a", label: "accuracy",
      help: "Plot the checkpoints' own accuracies, or those published for ImageNet."
    ) { _, state in
      state[CompareScreen.self].tab == .plot ? .compare(.accuracySwitched) : nil
    },
    Binding(
      [.enter], "Enter", label: "explore", help: "Explore this network, at this resolution."
    ) { _, state in
      state[CompareScreen.self].tab == .networks ? nil : .compare(.chosen)
    },
    Binding(
      [.character("v")], "v", label: "beside",
      help: "Set this network and the explored one side by side."
    ) { _, state in
      state[CompareScreen.self].tab == .networks ? nil : .compare(.besideAsked)
    },
    Binding(
      [.character("p")], "p", label: "photos",
      help: "Set another photo beside this one, in the explored network.",
      action: .compare(.photoAsked)),
    Binding(
      [.character("r")], "r", label: "again",
      help: "Measure again what could not be measured.", action: .retried
    ).only { $0[CompareScreen.self].hasFailures($0.core) },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    CompareView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The tabs, and what the chosen one shows.
struct CompareView {
  let screen: CompareScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    drawTabs(in: Rect(x: area.x, y: area.y, width: area.width, height: 1), of: &frame)
    var top = area.y + 1
    if let summary = core.switches.summary {
      frame.cells.write(
        "\(summary) in the explored network, nothing in these.", x: area.x + 1, y: top,
        style: Theme.question, maxWidth: area.width - 1)
      top += 1
    }
    let body = Rect(x: area.x, y: top, width: area.width, height: area.maxY - top)
    switch screen.tab {
    case .table: drawTable(in: body, of: &frame)
    case .plot: ComparisonPlotView(screen: screen, core: core).draw(in: body, of: &frame)
    case .networks: OtherNetworksView(times: screen.times(core)).draw(in: body, of: &frame)
    }
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

  /// How far the measuring is, and whether some of it failed; nil when all is measured.
  private var progress: String? {
    let all = screen.measurements(core)
    let missing = all.filter { !core.answers.isKnown($0) }
    if missing.contains(where: { !core.answers.hasFailed($0) }) {
      return "measured \(all.count - missing.count) of \(all.count) …"
    }
    return missing.isEmpty ? nil : "\(missing.count) not measured, r tries again"
  }

  private func drawTable(in area: Rect, of frame: inout Frame) {
    let candidates = screen.candidates(core)
    guard !candidates.isEmpty else {
      frame.cells.write("…", x: area.x + 1, y: area.y, style: Theme.quiet)
      return
    }
    frame.cells.write(
      " " + MeasurementTable.header, x: area.x, y: area.y, style: Theme.quiet,
      maxWidth: area.width)
    // The signs in the table are explained, and the table scrolls if need be.
    let legend = MeasurementTable.notes.first?.wrapped(to: area.width - 2).count ?? 0
    let rows = min(candidates.count, max(1, area.height - 1 - legend))
    let cursor = screen.cursor(core)
    let table = MeasurementTable(screen.known(core))
    ScrollingList(count: candidates.count, selected: cursor).draw(
      in: Rect(x: area.x, y: area.y + 1, width: area.width, height: rows), of: &frame,
      click: { .compare(.pointed($0)) }, wheel: { .compare(.moved(x: 0, y: $0)) }
    ) { index, row, frame in
      let isSelected = index == cursor
      frame.cells.write(
        (isSelected ? "▸" : " ") + table.line(of: candidates[index]), x: row.x, y: row.y,
        style: isSelected ? Theme.selected : Theme.plain, maxWidth: row.width)
    }
    Notes.draw(
      MeasurementTable.notes,
      in: Rect(
        x: area.x + 1, y: area.y + rows + 1, width: area.width - 2,
        height: area.height - rows - 1), of: &frame)
  }
}

/// MobileNet beside other networks: published, added up, measured.
struct OtherNetworksView {
  let times: [ComparedNetwork: Double]

  func draw(in area: Rect, of frame: inout Frame) {
    let report = NetworksReport(milliseconds: times)
    var y = area.y
    for line in NetworksReport.header {
      frame.cells.write(" " + line, x: area.x, y: y, style: Theme.quiet, maxWidth: area.width)
      y += 1
    }
    for network in ComparedNetwork.all where y < area.maxY {
      frame.cells.write(
        " " + report.line(of: network), x: area.x, y: y,
        style: network.body == .mobileNet ? Theme.title : Theme.plain, maxWidth: area.width)
      y += 1
    }
    if let verdict = report.verdict {
      y += Paragraph.draw(
        verdict,
        in: Rect(x: area.x + 1, y: y + 1, width: area.width - 2, height: area.maxY - y - 1),
        style: Theme.best, of: &frame.cells)
      y += 1
    }
    Notes.draw(
      NetworksReport.notes,
      in: Rect(x: area.x + 1, y: y, width: area.width - 2, height: area.maxY - y), of: &frame)
  }
}

/// Quiet paragraphs below a table, as many as there is room for, an empty line before them if they
/// leave one.
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
        note, in: Rect(x: area.x, y: y, width: area.width, height: area.maxY - y),
        style: Theme.quiet, of: &frame.cells)
    }
  }
}
