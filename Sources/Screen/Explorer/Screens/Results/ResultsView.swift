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
    ) { step, _ in .results(.moved(by: step)) },
    Binding(
      steps: [.pageUp, .pageDown, .control("u"), .control("d")], "PgUp PgDn",
      help: "Go a page back or forth (also Ctrl-U and Ctrl-D)."
    ) { step, _ in .results(.paged(step)) },
    Binding(
      [.home, .end], "Home End", help: "Go to the first or the last line."
    ) { key, _ in .results(.moved(by: key == .home ? -Int(Int32.max) : Int(Int32.max))) },
    Binding(
      [.enter], "Enter", label: "images",
      help: "List the images of the line under the cursor.", action: .results(.chosen)
    ).only { !$0[ResultsScreen.self].listsImages },
    Binding(
      [.enter], "Enter", label: "why",
      help: "Open the image under the cursor: why this answer and not the truth.",
      action: .results(.chosen)
    ).only { $0[ResultsScreen.self].listsImages },
    Binding(
      steps: [.backTab, .tab], "Tab", label: "list",
      help: "List what was taken for what, the classes, or the wrong images."
    ) { step, _ in .results(.listMoved(by: step)) },
    Binding(
      [.escape, .left, .character("q")], "Esc", label: "back", rank: .last,
      help: "Go back from the images to the list (also ← and q).", action: .results(.groupLeft)
    ).only { $0[ResultsScreen.self].group != nil },
  ]

  /// Whether the listed lines are images.
  var listsImages: Bool { group != nil || list == .wrong }

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    guard let results = results(core) else {
      Paragraph.draw(
        nothing(core),
        in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height),
        style: Theme.quiet, of: &frame.cells)
      return
    }
    ResultsView(screen: self, core: core, results: results).draw(in: area, of: &frame)
  }
}

/// The layout of the list, the calibration and the images.
struct ResultsLayout {
  /// The area of the list.
  let list: Rect
  /// The area of the reliability diagram.
  let calibration: Rect
  /// The area of the images.
  let images: Rect

  init(_ core: Core) {
    let (_, body) = Layout.body(of: core).rows(.fixed(2), .fill)
    let (list, right) = body.columns(.ratio(3, 5), .fill, gap: 2)
    self.list = list
    let rows = Layout.isRoomy(core.size) ? Self.diagramRows + 2 : right.height / 2
    (calibration, images) = right.rows(.fixed(rows), .fill)
  }

  /// The number of rows of the diagram: one for each bin, and one for the legend.
  private static let diagramRows = 16

  /// The number of lines on a page.
  var page: Int { max(1, list.height - 4) }

  /// The area of the pictures, inside their frame.
  private var inside: Rect {
    Rect(x: images.x + 1, y: images.y + 1, width: images.width - 2, height: images.height - 2)
  }

  /// Returns the number of images that fit; a single one takes all the room.
  func mostImages(isSingle: Bool) -> Int {
    isSingle ? 1 : PhotoTiles(inside).count
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
    let lists = Rect(x: area.x, y: area.y + 1, width: area.width, height: 1)
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
      ? "   sure  truth is  answer, image"
      : screen.list == .classes ? "  right     images  called so  class" : " images  truth → answer"
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
      frame.cells.write(
        text(of: rows[index]), x: row.x, y: row.y,
        style: index == screen.cursor ? Theme.selected : Theme.plain, maxWidth: row.width)
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
        + (answer.isRight ? "right" : "number \(answer.truthRank)").padded(left: 10)
        + "  \(name(answer.answer)), \(answer.image)"
    }
  }

  private func drawImages(in area: Rect, of frame: inout Frame) {
    let shown = screen.shownImages(core)
    guard let first = shown.first else { return }
    let isSingle = screen.listsImages
    let title = isSingle ? "\(name(first.answer.truth)), said the folder" : "images"
    let inside = frame.pane(area, title: title)
    if shown.count == 1 {
      core.preview(of: first.path)?.draw(in: inside, of: &frame.cells)
      return
    }
    let tiles = PhotoTiles(inside)
    for (offset, (answer, path)) in shown.enumerated() {
      let sure = NumberText.percent(Double(answer.confidence))
      let name = answer.image.split(separator: "/").last.map(String.init) ?? ""
      tiles.draw(core.preview(of: path), caption: "\(sure) \(name)", at: offset, of: &frame)
    }
  }
}
