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
      Paragraph.draw(
        nothing(core).asSentence, in: area.inset(1), style: Theme.quiet, of: &frame.cells)
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
    let title = screen.group.map { screen.name(of: $0, core) } ?? screen.list.rawValue
    let inside = frame.pane(area, title: title, hasArrows: true)
    drawList(
      screen.listsImages ? .wrong : screen.list, screen.rows(results), selected: screen.cursor,
      in: inside, of: &frame, click: { .results(.pointed($0)) },
      wheel: { .results(.moved(by: $0)) })
  }

  /// The other lists below the shown one, as many as there is room for.
  private func drawBelow(in area: Rect, of frame: inout Frame) {
    guard !screen.hasOthers(results) else { return drawGroup(in: area, of: &frame) }
    var rest = area
    for list in [ResultsScreen.List.classes, .confusions, .wrong]
    where list != screen.list && rest.height >= ResultsLayout.fewestBelow {
      let rows = ResultsScreen.rows(of: list, results)
      let wanted = rows.count + ResultsLayout.listHead
      let isLast = rest.height - wanted < ResultsLayout.fewestBelow
      let place = rest.rows(.fixed(isLast ? rest.height : wanted), .fill).0
      drawList(
        list, rows, in: frame.pane(place, title: list.rawValue), of: &frame,
        click: { .results(.linePointed($0, of: list)) }, wheel: { _ in nil })
      rest = rest.from(y: place.maxY)
    }
  }

  /// The images of the group but the one under the cursor.
  private func drawGroup(in area: Rect, of frame: inout Frame) {
    guard let tiles = screen.tiles(core, results), tiles.count > 0 else { return }
    frame.pane(area, title: "the others, and how sure it was")
    for (offset, image) in screen.groupImages(core).enumerated() {
      tiles.draw(
        core.preview(of: image.path), caption: caption(of: image.answer), at: offset, of: &frame,
        click: .results(.pointed(image.line)))
    }
  }

  private func caption(of answer: ImageResult) -> String {
    // Right ones are there to compare with.
    if screen.group == nil, screen.list == .confusions, answer.isRight {
      return "\(NumberText.percent(Double(answer.confidence))) \(self.name(answer.answer)): right"
    }
    let name = answer.image.split(separator: "/").last.map(String.init) ?? ""
    return "\(NumberText.percent(Double(answer.confidence))) \(name)"
  }

  /// Draws a list with its heading.
  private func drawList(
    _ list: ResultsScreen.List, _ rows: [ResultsScreen.Row], selected: Int? = nil, in area: Rect,
    of frame: inout Frame, click: @escaping @Sendable (Int) -> Intent?,
    wheel: @escaping @Sendable (Int) -> Intent?
  ) {
    let lines = drawHead(of: list, in: area, of: &frame)
    guard !rows.isEmpty else { return drawNone(of: list, in: lines, of: &frame) }
    let height = list == .unreadable ? screen.lineHeight : 1
    let scrolling = ScrollingList(count: rows.count, selected: selected ?? 0, height: height)
    // Bars begin behind the longest of the lines that are seen.
    let texts = scrolling.shown(rows: lines.height / height).map { text(of: rows[$0]).columns }
    let width = (texts.max() ?? 0) + 1
    scrolling.draw(in: lines, of: &frame, click: click, wheel: wheel) { index, row, frame in
      draw(
        rows[index], style: index == selected ? Theme.selected : Theme.plain, width: width, in: row,
        of: &frame)
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
      case .classes: "  right     images     called  class"
      case .confusions: "    images  truth → answer"
      case .unreadable: "  image, and why it could not be read"
      }
    frame.cells.write(heading, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
    return lines
  }

  private func drawNone(of list: ResultsScreen.List, in lines: Rect, of frame: inout Frame) {
    frame.cells.write(
      results.done < results.total
        ? "  none so far" : list == .unreadable ? "  none: all images could be read" : "  none",
      x: lines.x, y: lines.y,
      style: Theme.quiet, maxWidth: lines.width)
  }

  /// Draws a line of a list, with a bar where its text leaves room.
  private func draw(
    _ row: ResultsScreen.Row, style: Style, width: Int, in area: Rect, of frame: inout Frame
  ) {
    if case .unreadable(let found) = row {
      let (image, reason) = area.rows(.fixed(1), .fill)
      frame.cells.write(
        "  \(found.image)", x: image.x, y: image.y, style: style, maxWidth: image.width)
      frame.cells.write(
        found.shortReason, x: reason.x + 4, y: reason.y, style: Theme.quiet,
        maxWidth: reason.width - 4)
      return
    }
    let hasBar = area.width - width >= Self.fewestOfBar
    let (line, bar) = area.columns(.fixed(hasBar ? width : area.width), .fill)
    frame.cells.write(
      text(of: row, columns: line.width), x: line.x, y: line.y, style: style, maxWidth: line.width)
    if hasBar { frame.cells.bar(share(of: row), in: bar, style: Theme.bar, isDotted: true) }
  }

  /// The fewest columns of an image's name.
  private static let fewestOfName = 8
  /// The fewest columns of a bar.
  private static let fewestOfBar = 8

  /// The share of a line's bar: of a class' images, or of certainty.
  private func share(of row: ResultsScreen.Row) -> Double {
    switch row {
    case .confusion(let found):
      Double(found.images) / Double(max(1, images(of: found.truth)))
    case .classResult(let found): found.recall
    case .image(let answer): Double(answer.confidence)
    case .unreadable: 0
    }
  }

  /// The number of images of a class.
  private func images(of classIndex: Int) -> Int {
    results.classes.first { $0.classIndex == classIndex }?.images ?? 0
  }

  /// A line as text; of a path that does not fit the end is shown, which tells images apart.
  private func text(of row: ResultsScreen.Row, columns: Int = .max) -> String {
    switch row {
    case .confusion(let found):
      return "\(found.images) of \(images(of: found.truth))".padded(left: 10)
        + "  \(name(found.truth)) → \(name(found.answer))"
    case .classResult(let found):
      return NumberText.percent(found.recall, digits: 1).padded(left: 7) + "  "
        + "\(found.right) of \(found.images)".padded(left: 9)
        + "\(found.answered)".padded(left: 11) + "  \(name(found.classIndex))"
    case .image(let answer):
      let head =
        NumberText.percent(Double(answer.confidence), digits: 1).padded(left: 7)
        + (answer.isRight ? "right" : "ranks \(answer.truthRank)").padded(left: 10)
        + "  \(name(answer.answer)), "
      return head + answer.image.ending(columns: max(Self.fewestOfName, columns - head.columns))
    case .unreadable(let found): return "  \(found.image)"
    }
  }

  private func drawMatrix(in area: Rect, of frame: inout Frame) {
    guard !results.classes.isEmpty else { return }
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
      in: frame.pane(area, title: "row: truth; column: answer"),
      of: &frame.cells)
  }

  private func drawImages(in area: Rect, of frame: inout Frame) {
    let shown = screen.shownImages(core)
    guard let first = shown.first else { return }
    let title =
      screen.listsImages ? "truth: \(name(first.answer.truth))" : "images, and how sure it was"
    let inside = frame.pane(area, title: title)
    if shown.count == 1 {
      let (caption, photo) = inside.rows(.fixed(1), .fill)
      frame.cells.write(
        first.answer.image.ending(columns: caption.width), x: caption.x, y: caption.y,
        style: Theme.quiet)
      guard
        case .picture(let pixels, let width, let height) = core.answers[
          PreviewQuestion(first.path, .images)]
      else { return }
      guard Layout.isRoomy(core.size) else {
        PhotoView(pixels).draw(in: photo, of: &frame.cells)
        return
      }
      PicturePreview(pixels: pixels, width: width, height: height, model: core.model.value).draw(
        in: photo, of: &frame)
      return
    }
    let tiles = PhotoTiles(inside, of: shown.count)
    for (offset, (answer, path)) in shown.enumerated() {
      tiles.draw(core.preview(of: path), caption: caption(of: answer), at: offset, of: &frame)
    }
  }

  /// Draws why an image was answered wrong, what the images of its class were taken for, and of which
  /// classes those are that were called so.
  private func drawWords(in area: Rect, of frame: inout Frame) {
    guard let first = screen.shownImages(core).first?.answer else { return }
    let inside = frame.pane(area, title: name(first.truth))
    var rest = screen.listsImages ? drawReason(of: first, in: inside, of: &frame) : inside
    let answers = results.evaluation.answers(to: first.truth)
    let all = "its \(answers.count) image\(answers.count == 1 ? "" : "s"), by answer"
    rest = drawCounts(answers.map(\.answer), title: all, best: first.truth, in: rest, of: &frame)
    rest = drawSureness(of: answers, truth: first.truth, in: rest, of: &frame)
    let called = results.evaluation.answers.filter { $0.answer == first.answer }.map(\.truth)
    let title = "what was called \(name(first.answer)), by truth"
    _ = drawCounts(called, title: title, best: first.answer, in: rest, of: &frame)
  }

  /// Draws how often each class is among `classes`, the most frequent first, `best` in another colour;
  /// returns what is left of the area.
  private func drawCounts(
    _ classes: [Int], title: String, best: Int, in area: Rect, of frame: inout Frame
  ) -> Rect {
    let counts = classes.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let sorted = counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
    let (head, lines, rest) = area.rows(.fixed(1), .fixed(2 * sorted.count + 1), .fill)
    guard lines.height > 1 else { return lines }
    frame.cells.write(title, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
    ScrollingList(count: sorted.count, selected: 0, height: 2).draw(
      in: lines, of: &frame, click: { _ in nil }, wheel: { _ in nil }
    ) { index, rows, frame in
      let (line, bar) = rows.rows(.fill, .fill)
      let (found, count) = sorted[index]
      frame.cells.write("\(count) \(name(found))", x: line.x, y: line.y, maxWidth: line.width)
      frame.cells.bar(
        Double(count) / Double(classes.count), in: bar,
        style: found == best ? Theme.best : Theme.against, isDotted: true)
    }
    return rest
  }

  /// Draws how sure each answer was, the surest first; returns what is left of the area.
  private func drawSureness(
    of answers: [ImageResult], truth: Int, in area: Rect, of frame: inout Frame
  ) -> Rect {
    let (head, lines, rest) = area.rows(.fixed(1), .fixed(answers.count), .fill)
    guard lines.height > 1 else { return lines }
    frame.cells.write(
      "how sure each answer was", x: head.x, y: head.y, style: Theme.quiet,
      maxWidth: head.width)
    let sorted = answers.sorted { $0.confidence > $1.confidence }
    let width = min((sorted.map { name($0.answer).count }.max() ?? 0), lines.width / 2) + 6
    ScrollingList(count: sorted.count, selected: 0).draw(
      in: lines, of: &frame, click: { _ in nil }, wheel: { _ in nil }
    ) { index, row, frame in
      let answer = sorted[index]
      let (text, bar) = row.columns(.fixed(width), .fill, gap: 1)
      let percent = NumberText.percent(Double(answer.confidence)).padded(left: 5)
      frame.cells.write("\(percent) \(name(answer.answer))", x: text.x, y: text.y, maxWidth: width)
      frame.cells.bar(
        Double(answer.confidence), in: bar,
        style: answer.answer == truth ? Theme.best : Theme.against, isDotted: true)
    }
    return rest.rows(.fixed(1), .fill).1
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
      frame.cells.bar(
        Double(share), in: rest.row(rest.y + 1, from: rest.x), style: style, isDotted: true)
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

extension Evaluation.Unreadable {
  /// The reason without the path before it.
  fileprivate var shortReason: String {
    reason.firstRange(of: image + ": ").map { String(reason[$0.upperBound...]) } ?? reason
  }
}
