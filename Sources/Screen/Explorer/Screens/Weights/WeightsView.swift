import Cells
import Comparison
import Images
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
      help: "Take a smaller or larger input."
    ) { step, _ in .weights(.resolutionMoved(by: step)) },
    Binding(
      [.enter], "Enter", label: "take", help: "Explore the photo with these weights.",
      action: .weights(.chosen)
    ).named { $0[WeightsScreen.self].choices($0.core) != nil },
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
    let (left, own, right) = area.columns(.ratio(1, 4), .fill, .fill)
    let resolution = resolution(core)
    drawLeft(core, in: left, of: &frame)

    let source = core.model.source
    let used = CheckpointContents(core.model.checkpoint)
    let chosen = other(core).flatMap { core.answers[ContentsQuestion($0)] } ?? nil
    let chosenLayers = other(core).flatMap { name in
      chosen.map { $0.layers(at: facts(name, core).resolution) }
    }
    draw(
      source, used, beside: chosenLayers ?? [], core,
      in: frame.pane(own, title: "in use: \(source)"), of: &frame)
    guard let name = other(core) else {
      let layers = used?.layers(at: resolution ?? core.model.resolution) ?? []
      let (list, classes) = right.rows(.fixed(layers.count + 3), .fill)
      LayerCosts(layers: layers).draw(
        in: frame.pane(list, title: "layers of \(source)"), of: &frame)
      drawLabels(of: used, in: frame.pane(classes, title: "classes"), of: &frame)
      return
    }
    draw(
      name, chosen, beside: used?.layers(at: facts(source, core).resolution) ?? [], core,
      in: frame.pane(right, title: name), of: &frame)
  }

  /// The weights there are; below them what the photo becomes at the side that is chosen, and the
  /// classes of weights whose layers are not shown.
  private func drawLeft(_ core: Core, in area: Rect, of frame: inout Frame) {
    let lines = (choices(core)?.count ?? 0) + 1
    let (list, rest) = area.rows(.fixed(min(lines + 2, area.height / 2)), .fill)
    drawList(core, in: frame.pane(list, title: listTitle(core), hasArrows: true), of: &frame)
    let resolution = resolution(core) ?? core.model.resolution
    // A cell is twice as high as wide.
    let rows = (rest.width - 2) * resolution.height / resolution.width / 2 + 2
    let (photo, labels) = rest.rows(.fixed(min(rows, rest.height)), .fill)
    PhotoView(core.photo.prepared.pixels.seen(at: resolution)).draw(
      in: frame.pane(photo, title: "the photo at \(resolution.rowsByColumns)"), of: &frame.cells)
    guard let name = other(core), labels.height > 2 else { return }
    drawLabels(
      of: core.answers[ContentsQuestion(name)] ?? nil,
      in: frame.pane(labels, title: "classes of \(name)"), of: &frame)
  }

  /// Draws the facts of a checkpoint, and below them its first kernels and costs; `contents` is nil
  /// until read, and `compared` are the layers of the network beside it.
  private func draw(
    _ name: String, _ contents: CheckpointContents?, beside compared: [Layer], _ core: Core,
    in area: Rect, of frame: inout Frame
  ) {
    let end = drawFacts(of: name, core, in: area, of: &frame)
    guard let contents else { return }
    let (kernels, _) = area.from(y: end + 1).rows(.fill, .fixed(KindCosts.rows), gap: 1)
    guard kernels.height >= 5 else { return }
    frame.cells.write(
      "what its first layer looks for: 3×3 kernels as colours", x: kernels.x, y: kernels.y,
      style: Theme.quiet, maxWidth: kernels.width)
    let below = KernelSheet(contents, view: core.view).draw(
      in: kernels.rows(.fixed(1), .fill).1, of: &frame)
    KindCosts(layers: contents.layers(at: facts(name, core).resolution), compared: compared).draw(
      in: area.from(y: below + 1), of: &frame.cells)
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
    return WeightsFactsView(facts: core.answers.latest(facts(name, core))).draw(
      in: area, of: &frame.cells)
  }

  /// Returns the title of the list, with the resolution at which the weights are taken.
  func listTitle(_ core: Core) -> String {
    "weights, at \(resolution(core)?.rowsByColumns ?? "their own size")"
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
    // Where one name is too long, all are shortened in the same way.
    let isNarrow = choices.contains { $0.name.count > area.width - $0.origin.count - 3 }
    ScrollingList(count: lines.count, selected: cursor).draw(
      in: area, of: &frame,
      click: { .weights(.pointed($0)) }, wheel: { .weights(.moved(by: $0)) }
    ) { index, row, frame in
      let line = lines[index]
      let room = max(2, row.width - line.origin.count - 3)
      // Names differ in their ends.
      let name = (isNarrow ? Candidate.short(line.name) : line.name).ending(columns: room)
      frame.cells.write(
        (index == cursor ? "▸" : " ") + name, x: row.x, y: row.y,
        style: index == cursor ? Theme.selected : Theme.plain,
        maxWidth: row.width - line.origin.count - 2)
      frame.cells.write(
        line.origin, x: row.maxX - line.origin.count, y: row.y, style: Theme.quiet)
    }
  }
}

extension Pixels {
  /// As an input of `resolution` shows it; one of other proportions shows another part of the photo, and
  /// can't be made of these.
  fileprivate func seen(at resolution: Resolution) -> Pixels {
    let isSame = width == resolution.width && height == resolution.height
    guard !isSame, width * resolution.height == height * resolution.width else { return self }
    return resampled(to: Size(width: resolution.width, height: resolution.height))
  }
}
