import Cells
import MobileNet
import Reports
import Research

extension WeightsScreen {
  static let shortcuts: [Binding] = [
    shortcut("w", label: "weights", help: "Take other weights or another resolution.")
  ]

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
    let (left, own, other) = area.columns(.ratio(1, 4), .fill, .fill)
    let lines = (choices(core)?.count ?? 0) + 1
    let (list, labels) = left.rows(.fixed(min(lines + 2, area.height / 2)), .fill)
    drawList(core, in: frame.pane(list, title: listTitle(core), hasArrows: true), of: &frame)

    let source = core.model.source
    let used = CheckpointContents(core.model.checkpoint)
    draw(
      source, used, core, in: frame.pane(own, title: "in use: \(source)"), of: &frame)
    let name = self.other(core)
    let contents = name.flatMap { core.answers[ContentsQuestion($0)] ?? nil }
    let inside = frame.pane(
      other, title: name ?? (selected(core) == nil ? "another file" : "layers of \(source)"))
    if let name {
      draw(name, contents, core, in: inside, of: &frame)
    } else {
      drawLayers(of: used, in: inside, of: &frame)
    }
    drawLabels(
      of: name == nil ? used : contents, in: frame.pane(labels, title: "classes"), of: &frame)
  }

  /// Draws the facts of a checkpoint, and below them its first kernels and costs; `contents` is nil
  /// until read.
  private func draw(
    _ name: String, _ contents: CheckpointContents?, _ core: Core, in area: Rect,
    of frame: inout Frame
  ) {
    let end = drawFacts(of: name, core, in: area, of: &frame)
    guard let contents else { return }
    let (kernels, costs) = Rect(
      x: area.x, y: end + 1, width: area.width, height: max(0, area.maxY - end - 1)
    ).rows(.fill, .fixed(KindCosts.rows), gap: 1)
    guard kernels.height >= 5 else { return }
    frame.cells.write(
      "what its first layer looks for: 3×3 kernels as colours", x: kernels.x, y: kernels.y,
      style: Theme.quiet, maxWidth: kernels.width)
    let below = KernelSheet(contents, view: core.view).draw(
      in: kernels.rows(.fixed(1), .fill).1, of: &frame)
    KindCosts(layers: contents.layers).draw(
      in: Rect(x: costs.x, y: below + 1, width: costs.width, height: area.maxY - below - 1),
      of: &frame.cells)
  }

  /// Draws the layers with their parameters as bars.
  private func drawLayers(
    of contents: CheckpointContents?, in area: Rect, of frame: inout Frame
  ) {
    guard let contents else { return }
    let most = contents.layers.map(\.parameters).max() ?? 1
    frame.cells.write(
      "layer             output  parameters", x: area.x, y: area.y, style: Theme.quiet,
      maxWidth: area.width)
    for (row, layer) in contents.layers.enumerated() where row + 1 < area.height {
      let y = area.y + 1 + row
      let end = frame.cells.write(
        layer.name.padded(right: 12) + "\(layer.output)".padded(left: 12)
          + NumberText.short(layer.parameters).padded(left: 12) + " ", x: area.x, y: y,
        maxWidth: area.width)
      frame.cells.bar(
        Double(layer.parameters) / Double(max(most, 1)),
        in: Rect(x: end, y: y, width: max(0, area.maxX - end), height: 1), style: Theme.bar)
    }
    Paragraph.draw(
      "Go to other weights, and they stand here beside these.",
      in: area.rows(.fixed(contents.layers.count + 2), .fill).1, style: Theme.quiet,
      of: &frame.cells)
  }

  /// Writes the names of the network's classes.
  private func drawLabels(
    of contents: CheckpointContents?, in area: Rect, of frame: inout Frame
  ) {
    guard let contents else { return }
    Paragraph.draw(
      contents.labels.isEmpty
        ? "The checkpoint does not name its classes." : contents.labels.joined(separator: ", "),
      in: area, style: Theme.quiet, of: &frame.cells)
  }

  /// Draws the facts of a checkpoint; returns the row below.
  @discardableResult
  private func drawFacts(
    of name: String?, _ core: Core, in area: Rect, of frame: inout Frame
  ) -> Int {
    guard let name else { return area.y }
    return WeightsFactsView(facts: core.answers[FactsQuestion(name)]).draw(
      in: area, of: &frame.cells)
  }

  /// Returns the title of the list, with the resolution at which the weights are taken.
  func listTitle(_ core: Core) -> String {
    "weights, at \(resolution(core)?.rowsByColumns ?? "their own side")"
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
      let room = max(2, row.width - line.origin.count - 3)
      // Names differ mostly at their ends.
      let name = line.name.count > room ? "…" + line.name.suffix(room - 1) : line.name
      frame.cells.write(
        (index == cursor ? "▸" : " ") + name, x: row.x, y: row.y,
        style: index == cursor ? Theme.selected : Theme.plain,
        maxWidth: row.width - line.origin.count - 2)
      frame.cells.write(
        line.origin, x: row.maxX - line.origin.count, y: row.y, style: Theme.quiet)
    }
  }
}
