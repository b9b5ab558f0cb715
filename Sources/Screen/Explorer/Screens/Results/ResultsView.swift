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
    ).only { $0.hasResults && $0[ResultsScreen.self].listsGroups },
    Binding(
      [.enter], "Enter", label: "open",
      help: "Open the image under the cursor: why this answer and not the right one.",
      action: .results(.chosen)
    ).only { $0.hasResults && $0[ResultsScreen.self].listsImages },
    Binding(
      steps: [.backTab, .tab], "Tab", label: "list",
      help: "List what was taken for what, the classes, or the wrong or unreadable images."
    ) { step, _ in .results(.listMoved(by: step)) }.only { $0.hasResults },
    Binding(
      [.escape, .left, .character("q")], "Esc", label: "back", rank: .last,
      help: "Go back from the images to the list (also ← and q).", action: .results(.groupLeft)
    ).only { $0[ResultsScreen.self].group != nil },
  ]

  /// Whether each listed line is a group of images.
  fileprivate var listsGroups: Bool { !listsImages && list != .unreadable }

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

/// The lists beside the confusion matrix, the reliability diagram and the images.
struct ResultsView {
  let screen: ResultsScreen
  let core: Core
  let results: FolderResults

  func draw(in area: Rect, of frame: inout Frame) {
    let (head, tabs, _) = area.rows(.fixed(1), .fixed(1), .fill)
    frame.cells.write(
      screen.title(results), x: head.x + 1, y: head.y, style: Theme.title,
      maxWidth: head.width - 1)
    TabLine.draw(
      ResultsScreen.List.allCases, selected: screen.list, gap: 1, in: tabs, of: &frame
    ) {
      $0.rawValue
    } action: {
      .results(.listSelected($0))
    }
    let layout = screen.layout(core, results)
    drawRows(in: layout.list, of: &frame)
    let error = NumberText.fixed(results.calibration.error, 3)
    ReliabilityView(evaluation: results.evaluation).draw(
      in: frame.pane(layout.calibration, title: "calibration error \(error)"), of: &frame.cells)
    drawImages(in: layout.images, of: &frame)
    if let matrix = layout.matrix { drawMatrix(in: matrix, of: &frame) }
    if let words = layout.words { drawWords(in: words, of: &frame) }
    if let below = layout.below { drawBelow(in: below, of: &frame) }
  }

  private func name(_ index: Int) -> String { core.model.checkpoint.shortLabel(index) }

  private func drawRows(in area: Rect, of frame: inout Frame) {
    let rows = screen.rows(results)
    let title = screen.group.map { screen.name(of: $0, core) } ?? screen.list.rawValue
    let lines = drawHead(
      of: screen.listsImages ? .wrong : screen.list,
      in: frame.pane(area, title: title, hasArrows: true), of: &frame)
    guard !rows.isEmpty else { return drawNone(in: lines, of: &frame) }
    ScrollingList(count: rows.count, selected: screen.cursor).draw(
      in: lines, of: &frame, click: { .results(.pointed($0)) },
      wheel: { .results(.moved(by: $0)) }
    ) { index, row, frame in
      draw(
        rows[index], style: index == screen.cursor ? Theme.selected : Theme.plain, in: row,
        of: &frame)
    }
  }

  /// The classes below a list of confusions or images, and the confusions below the classes.
  private func drawBelow(in area: Rect, of frame: inout Frame) {
    let list = screen.list == .classes ? ResultsScreen.List.confusions : .classes
    let rows =
      list == .classes
      ? results.classes.map(ResultsScreen.Row.classResult)
      : results.confusions.map(ResultsScreen.Row.confusion)
    let lines = drawHead(of: list, in: frame.pane(area, title: list.rawValue), of: &frame)
    guard !rows.isEmpty else { return drawNone(in: lines, of: &frame) }
    ScrollingList(count: rows.count, selected: 0).draw(
      in: lines, of: &frame, click: { .results(.linePointed($0, of: list)) }, wheel: { _ in nil }
    ) { index, row, frame in
      draw(rows[index], style: Theme.plain, in: row, of: &frame)
    }
  }

  /// Draws the heading of a list; returns the area of its lines.
  private func drawHead(
    of list: ResultsScreen.List, in area: Rect, of frame: inout Frame
  ) -> Rect {
    let (head, lines) = area.rows(.fixed(1), .fill)
    let heading =
      switch list {
      case .wrong: "   sure     truth  answer, image"
      case .classes: "  right     images   answered  class"
      case .confusions: " images  truth → answer"
      case .unreadable: "  image: reason"
      }
    frame.cells.write(heading, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
    return lines
  }

  private func drawNone(in lines: Rect, of frame: inout Frame) {
    frame.cells.write(
      results.done == results.total ? "  none" : "  none so far", x: lines.x, y: lines.y,
      style: Theme.quiet, maxWidth: lines.width)
  }

  /// Draws a line of a list, with a bar where there is room.
  private func draw(
    _ row: ResultsScreen.Row, style: Style, in area: Rect, of frame: inout Frame
  ) {
    let hasBar = area.width >= Self.widthWithBar
    let (line, bar) = area.columns(.fill, hasBar ? .ratio(1, 4) : .fixed(0), gap: hasBar ? 1 : 0)
    frame.cells.write(text(of: row), x: line.x, y: line.y, style: style, maxWidth: line.width)
    frame.cells.bar(share(of: row), in: bar, style: Theme.bar)
  }

  /// From so many columns on a line has a bar.
  private static let widthWithBar = 60

  /// The share of a line's bar: of the most frequent confusion, of a class' images, of certainty.
  private func share(of row: ResultsScreen.Row) -> Double {
    switch row {
    case .confusion(let found):
      Double(found.images) / Double(max(1, results.confusions.first?.images ?? 1))
    case .classResult(let found): found.recall
    case .image(let answer): Double(answer.confidence)
    case .unreadable: 0
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
    case .unreadable(let found): return "  \(found.reason)"
    }
  }

  private func drawMatrix(in area: Rect, of frame: inout Frame) {
    let rows = screen.rows(results)
    var selected: (Int, Int?)?
    if rows.indices.contains(screen.cursor) {
      switch rows[screen.cursor] {
      case .confusion(let found): selected = (found.truth, found.answer)
      case .classResult(let found): selected = (found.classIndex, nil)
      case .image(let answer): selected = (answer.truth, answer.answer)
      case .unreadable: break
      }
    }
    ConfusionMatrixView(
      evaluation: results.evaluation, classes: results.classes.map(\.classIndex).sorted(),
      view: core.view, name: name, selected: selected
    ).draw(
      in: frame.pane(area, title: "answers by truth; last: others"), of: &frame.cells)
  }

  private func drawImages(in area: Rect, of frame: inout Frame) {
    let shown = screen.shownImages(core)
    guard let first = shown.first else { return }
    let title = screen.listsImages ? "truth: \(name(first.answer.truth))" : "images"
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

  /// Draws why an image was answered wrong, and what the images of its class were taken for.
  private func drawWords(in area: Rect, of frame: inout Frame) {
    guard let first = screen.shownImages(core).first?.answer else { return }
    let inside = frame.pane(area, title: name(first.truth))
    let rest = screen.listsImages ? drawReason(of: first, in: inside, of: &frame) : inside
    var counts: [Int: Int] = [:]
    for answer in results.evaluation.answers(to: first.truth) {
      counts[answer.answer, default: 0] += 1
    }
    let sorted = counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
    let all = max(1, counts.values.reduce(0, +))
    let (head, lines) = rest.rows(.fixed(1), .fill)
    frame.cells.write(
      "its \(all) image\(all == 1 ? "" : "s"), by answer", x: head.x, y: head.y, style: Theme.quiet,
      maxWidth: head.width)
    ScrollingList(count: sorted.count, selected: 0, height: 2).draw(
      in: lines, of: &frame, click: { _ in nil }, wheel: { _ in nil }
    ) { index, rows, frame in
      let (answer, count) = sorted[index]
      let (line, bar) = rows.rows(.fill, .fill)
      frame.cells.write("\(count) \(name(answer))", x: line.x, y: line.y, maxWidth: line.width)
      frame.cells.bar(
        Double(count) / Double(all), in: bar,
        style: answer == first.truth ? Theme.best : Theme.against)
    }
  }

  /// Draws how likely the answer and the truth were; returns what is left of the area.
  private func drawReason(
    of answer: ImageResult, in area: Rect, of frame: inout Frame
  ) -> Rect {
    var rest = area
    let style = answer.isRight ? Theme.best : Theme.against
    var shares = [("answer", answer.answer, answer.confidence, style)]
    if !answer.isRight {
      shares.append(("truth", answer.truth, answer.truthProbability, Theme.best))
    }
    for (role, index, share, style) in shares where rest.height > 2 {
      let percent = NumberText.percent(Double(share), digits: 1)
      frame.cells.write(
        "\(role) \(percent): \(name(index))", x: rest.x, y: rest.y, maxWidth: rest.width)
      frame.cells.bar(Double(share), in: rest.row(rest.y + 1, from: rest.x), style: style)
      rest = rest.rows(.fixed(3), .fill).1
    }
    for text in reasons(of: answer) {
      let rows = Paragraph.draw(text, in: rest, of: &frame.cells)
      rest = rest.rows(.fixed(rows), .fill).1
    }
    return rest.rows(.fixed(1), .fill).1
  }

  /// The sentences about an answer beside its numbers.
  private func reasons(of answer: ImageResult) -> [String] {
    guard !answer.isRight else { return [] }
    return [
      "The truth ranks \(answer.truthRank).",
      "Enter shows which places speak for \(name(answer.answer)) and not for "
        + "\(name(answer.truth)).",
    ]
  }
}
