import Cells
import Research

extension WeightsScreen {
  static let bindings: [Binding] = [
    Binding(
      steps: [.up, .down, .character("k"), .character("j")], "↑↓", label: "weights",
      help: "Go to the weights before or after."
    ) { step, _ in .weights(.moved(by: step)) },
    Binding(
      steps: [.left, .right], "←→", label: "resolution",
      help: "Take a smaller or larger input side."
    ) { step, _ in .weights(.resolutionMoved(by: step)) },
    Binding(
      [.enter], "Enter", label: "take", help: "Look at the photo through these weights.",
      action: .weights(.chosen)),
    Binding(
      [.character("f")], "f", label: "file", help: "Take weights from a file.",
      action: .weights(.browsed)),
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    guard Layout.isRoomy(core.size) else {
      let (list, facts) = area.columns(.fixed(min(40, area.width * 2 / 5)), .fill, gap: 2)
      drawList(core, in: frame.pane(list, title: listTitle(core)), of: &frame)
      drawFacts(of: selected(core)?.name, core, in: facts.rows(.fixed(1), .fill).1, of: &frame)
      return
    }
    let (list, own, other) = area.columns(.ratio(1, 3), .fill, .fill)
    drawList(core, in: frame.pane(list, title: listTitle(core), hasArrows: true), of: &frame)
    let source = core.model.source
    drawFacts(of: source, core, in: frame.pane(own, title: "in use: \(source)"), of: &frame)
    let name = selected(core)?.name
    let inside = frame.pane(other, title: name ?? "another file")
    if name == source {
      Paragraph.draw(
        "These are in use. Go to others, and they stand here beside them.", in: inside,
        style: Theme.quiet, of: &frame.cells)
    } else {
      drawFacts(of: name, core, in: inside, of: &frame)
    }
  }

  private func drawFacts(
    of name: String?, _ core: Core, in area: Rect, of frame: inout Frame
  ) {
    guard let name else { return }
    WeightsFactsView(facts: core.answers[FactsQuestion(name)]).draw(in: area, of: &frame.cells)
  }

  /// At which side the weights under the cursor are taken.
  func listTitle(_ core: Core) -> String {
    "weights, at \(side(core).map { "\($0)×\($0)" } ?? "their own side")"
  }

  private func drawList(_ core: Core, in area: Rect, of frame: inout Frame) {
    guard let choices = choices(core) else {
      frame.cells.write("…", x: area.x + 1, y: area.y, style: Theme.quiet)
      return
    }
    let lines =
      choices.map { (name: $0.name, origin: $0.origin) }
      + [(name: "another file …", origin: "")]
    let cursor = cursor(core)
    ScrollingList(count: lines.count, selected: cursor).draw(
      in: area, of: &frame,
      click: { .weights(.pointed($0)) }, wheel: { .weights(.moved(by: $0)) }
    ) { index, row, frame in
      let line = lines[index]
      frame.cells.write(
        (index == cursor ? "▸" : " ") + line.name, x: row.x, y: row.y,
        style: index == cursor ? Theme.selected : Theme.plain,
        maxWidth: row.width - line.origin.count - 2)
      frame.cells.write(
        line.origin, x: row.maxX - line.origin.count, y: row.y, style: Theme.quiet)
    }
  }
}

/// What is known about a checkpoint: a name, what there is to say, and who says so.
struct WeightsFactsView {
  /// Nil while it is being looked into.
  let facts: FactsQuestion.Answer?

  private static let nameWidth = 14

  func draw(in area: Rect, of cells: inout CellBuffer) {
    switch facts {
    case nil: cells.write("…", x: area.x, y: area.y, style: Theme.quiet)
    case .problem(let reason): Paragraph.draw(reason, in: area, style: Theme.error, of: &cells)
    case .known(let facts):
      var y = area.y
      for fact in facts { y += draw(fact, y: y, in: area, of: &cells) }
    }
  }

  /// Draws one fact; answers how many rows it took.
  ///
  /// A source that does not fit behind its value is left out, unless it is an assumption.
  private func draw(
    _ fact: WeightsFact, y: Int, in area: Rect, of cells: inout CellBuffer
  ) -> Int {
    guard y < area.maxY else { return 0 }
    let x = area.x + Self.nameWidth
    var value = Rect(
      x: x, y: y, width: area.width - Self.nameWidth, height: min(3, area.maxY - y))
    cells.write(fact.name, x: area.x, y: y, style: Theme.quiet, maxWidth: Self.nameWidth - 1)
    let rows = max(1, Paragraph.draw(fact.value, in: value, of: &cells))
    guard let source = fact.source else { return rows }
    let style = fact.isAssumption ? Theme.question : Theme.quiet
    if rows == 1, fact.value.count + 2 + source.count <= value.width {
      cells.write(source, x: x + fact.value.count + 2, y: y, style: style)
      return rows
    }
    guard fact.isAssumption else { return rows }
    value = Rect(
      x: x, y: y + rows, width: value.width, height: max(0, min(2, area.maxY - y - rows)))
    return rows + Paragraph.draw(source, in: value, style: style, of: &cells)
  }
}
