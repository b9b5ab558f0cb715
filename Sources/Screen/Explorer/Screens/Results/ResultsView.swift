import Cells
import Evaluation
import MobileNet
import Reports
import Research

extension ResultsScreen {
  static let shortcuts: [Binding] = [
    shortcut("(", help: "Show where the network goes wrong, over the folder of this photo.")
  ]

  static let bindings: [Binding] = [
    Binding(
      steps: [.up, .down], "↑↓", label: "line", help: "Go to the line before or after."
    ) { step, _ in .results(.moved(by: step)) }.only { $0.hasResults },
    Binding(
      steps: [.pageUp, .pageDown, .control("u"), .control("d")], "PgUp PgDn",
      help: "Go a page back or forth (also Ctrl-U and Ctrl-D)."
    ) { step, _ in .results(.paged(step)) }.only { $0.hasResults },
    Binding(
      [.home, .end], "Home End", help: "Go to the first or the last line."
    ) { key, _ in .results(.moved(by: key == .home ? -Int(Int32.max) : Int(Int32.max))) }.only {
      $0.hasResults
    },
    Binding(
      [.enter], "Enter", label: "images",
      help: "List the images of the line under the cursor.", action: .results(.chosen)
    ).only { $0.hasResults && !$0[ResultsScreen.self].listsImages },
    Binding(
      [.enter], "Enter", label: "open",
      help: "Open the image under the cursor: why this answer and not the right one.",
      action: .results(.chosen)
    ).only { $0.hasResults && $0[ResultsScreen.self].listsImages },
    Binding(
      steps: [.backTab, .tab], "Tab", label: "list",
      help: "List what was taken for what, the classes, or the wrong images."
    ) { step, _ in .results(.listMoved(by: step)) }.only { $0.hasResults },
    Binding(
      [.escape, .left, .character("q")], "Esc", label: "back", rank: .last,
      help: "Go back from the images to the list (also ← and q).", action: .results(.groupLeft)
    ).only { $0[ResultsScreen.self].group != nil },
  ]

  /// Whether the listed lines are images.
  var listsImages: Bool { group != nil || list == .wrong }

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    guard let results = results(core) else {
      Paragraph.draw(nothing(core), in: area.inset(1), style: Theme.quiet, of: &frame.cells)
      return
    }
    ResultsView(screen: self, core: core, results: results).draw(in: area, of: &frame)
  }
}

extension ExplorerState {
  /// Whether there are results to go through.
  fileprivate var hasResults: Bool { self[ResultsScreen.self].results(core) != nil }
}

/// Where the list, the calibration and the images stand.
struct ResultsLayout {
  /// The area of the list.
  let list: Rect
  /// The area of the reliability diagram.
  let calibration: Rect
  /// The area of the images.
  let images: Rect

  init(_ core: Core) {
    size = core.size
    let (_, body) = Layout.body(of: core).rows(.fixed(2), .fill)
    let (list, right) = body.columns(.ratio(3, 5), .fill, gap: 2)
    self.list = list
    let rows = Layout.isRoomy(core.size) ? Self.diagramRows + 2 : right.height / 2
    (calibration, images) = right.rows(.fixed(rows), .fill)
  }

  /// The number of rows of the diagram: one for each bin, and one for the legend.
  private static let diagramRows = 16

  private let size: Size

  /// The lines of a page.
  var page: Int { max(1, list.height - 4) }

  /// How many images there is room for; a single one takes all of it.
  func mostImages(isSingle: Bool) -> Int {
    isSingle ? 1 : PhotoTiles(Layout.inside(images, size)).count
  }
}

/// The lists beside the reliability diagram and the images.
struct ResultsView {
  let screen: ResultsScreen
  let core: Core
  let results: FolderResults

  func draw(in area: Rect, of frame: inout Frame) {
    frame.cells.write(
      screen.title(results), x: area.x + 1, y: area.y, style: Theme.title,
      maxWidth: area.width - 1)
    let lists = area.rows(.fixed(1), .fixed(1), .fill).1
    TabLine.draw(
      ResultsScreen.List.allCases, selected: screen.list, gap: 1, in: lists, of: &frame
    ) {
      $0.rawValue
    } action: {
      .results(.listSelected($0))
    }
    let layout = ResultsLayout(core)
    drawRows(in: layout.list, of: &frame)
    let error = NumberText.fixed(results.calibration.error, 3)
    ReliabilityView(evaluation: results.evaluation).draw(
      in: frame.pane(layout.calibration, title: "calibration error \(error)"), of: &frame.cells)
    drawImages(in: layout.images, of: &frame)
  }

  private func name(_ index: Int) -> String { core.model.checkpoint.shortLabel(index) }

  private func drawRows(in area: Rect, of frame: inout Frame) {
    let rows = screen.rows(results)
    let title = screen.group.map { screen.name(of: $0, core) } ?? screen.list.rawValue
    let inside = frame.pane(area, title: title, hasArrows: true)
    let (head, lines) = inside.rows(.fixed(1), .fill)
    let heading =
      screen.listsImages
      ? "   sure     truth  answer, image"
      : screen.list == .classes ? "  right     images   answered  class" : " images  truth → answer"
    frame.cells.write(heading, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
    guard !rows.isEmpty else {
      frame.cells.write(
        results.done == results.total ? "  none" : "  none so far", x: lines.x, y: lines.y,
        style: Theme.quiet, maxWidth: lines.width)
      return
    }
    ScrollingList(count: rows.count, selected: screen.cursor).draw(
      in: lines, of: &frame, click: { .results(.pointed($0)) },
      wheel: { .results(.moved(by: $0)) }
    ) { index, row, frame in
      let hasBars = row.width >= Self.widthWithBars
      let (line, bar) = row.columns(.fill, hasBars ? .ratio(1, 3) : .fixed(0), gap: hasBars ? 1 : 0)
      frame.cells.write(
        text(of: rows[index]), x: line.x, y: line.y,
        style: index == screen.cursor ? Theme.selected : Theme.plain, maxWidth: line.width)
      frame.cells.bar(share(of: rows[index]), in: bar, style: Theme.bar)
    }
  }

  /// From so many columns on a line has a bar.
  private static let widthWithBars = 80

  /// How much of a bar a line fills: of the most frequent confusion, of a class' images, of certainty.
  private func share(of row: ResultsScreen.Row) -> Double {
    switch row {
    case .confusion(let found):
      Double(found.images) / Double(max(1, results.confusions.first?.images ?? 1))
    case .classResult(let found): found.recall
    case .image(let answer): Double(answer.confidence)
    }
  }

  private func text(of row: ResultsScreen.Row) -> String {
    switch row {
    case .confusion(let found):
      return "\("\(found.images)".padded(left: 7))  \(name(found.truth)) → \(name(found.answer))"
    case .classResult(let found):
      return NumberText.percent(found.recall, digits: 1).padded(left: 7) + "  "
        + "\(found.right) of \(found.images)".padded(left: 9)
        + "\(found.answered)".padded(left: 11) + "  \(name(found.classIndex))"
    case .image(let answer):
      return NumberText.percent(Double(answer.confidence), digits: 1).padded(left: 7)
        + (answer.isRight ? "right" : "ranks \(answer.truthRank)").padded(left: 10)
        + "  \(name(answer.answer)), \(answer.image)"
    }
  }

  private func drawImages(in area: Rect, of frame: inout Frame) {
    let shown = screen.shownImages(core)
    guard let first = shown.first else { return }
    let isSingle = screen.listsImages
    let title = isSingle ? "truth: \(name(first.answer.truth))" : "images"
    let inside = frame.pane(area, title: title)
    if shown.count == 1 {
      core.preview(of: first.path)?.draw(in: inside, of: &frame.cells)
      return
    }
    let tiles = PhotoTiles(inside, of: shown.count)
    for (offset, (answer, path)) in shown.enumerated() {
      let sure = NumberText.percent(Double(answer.confidence))
      let name = answer.image.split(separator: "/").last.map(String.init) ?? ""
      tiles.draw(core.preview(of: path), caption: "\(sure) \(name)", at: offset, of: &frame)
    }
  }
}
