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

  /// The fewest columns of the list with its frame, enough for the bundled names.
  private static let fewest = 35

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    guard Layout.isRoomy(core.size) else {
      let (list, facts) = area.columns(.fixed(min(40, area.width * 2 / 5)), .fill, gap: 2)
      drawList(core, in: frame.pane(list, title: listTitle(core)), of: &frame)
      guard let choice = selected(core) else { return }
      WeightsFactsView(facts: core.answers.latest(self.facts(choice.name, core))).draw(
        in: facts.rows(.fixed(1), .fill).1, of: &frame.cells)
      return
    }
    let (left, own, right) = area.columns(.fixed(max(Self.fewest, area.width / 4)), .fill, .fill)
    let resolution = resolution(core)
    drawLeft(core, in: left, of: &frame)

    let source = core.model.source
    let used = CheckpointContents(core.model.checkpoint)
    let chosen = other(core).flatMap { core.answers[ContentsQuestion($0)] } ?? nil
    let chosenLayers = other(core).flatMap { name in
      chosen.map { $0.layers(at: facts(name, core).resolution) }
    }
    let inside = frame.pane(own, title: title("in use: ", source, of: own))
    let end = draw(source, used, beside: chosenLayers ?? [], core, in: inside, of: &frame)
    guard let name = other(core) else {
      let layers = used?.layers(at: resolution ?? core.model.resolution) ?? []
      let (list, classes) = right.rows(.fixed(layers.count + 3), .fill)
      LayerCosts(layers: layers).draw(
        in: frame.pane(list, title: title("layers of ", source, of: list)), of: &frame)
      LabelsView(used).draw(in: frame.pane(classes, title: "classes"), of: &frame)
      return
    }
    LabelsView(used).drawBelowHeading(in: inside.from(y: end + 1), of: &frame)
    draw(
      name, chosen, beside: used?.layers(at: facts(source, core).resolution) ?? [], core,
      in: frame.pane(right, title: title("", name, of: right)), of: &frame)
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
    guard labels.height > 2 else { return }
    guard let name = other(core) else { return drawAnswers(core, in: labels, of: &frame) }
    LabelsView(core.answers[ContentsQuestion(name)] ?? nil).draw(
      in: frame.pane(labels, title: title("classes of ", name, of: labels)), of: &frame)
  }

  /// Draws what the weights in use answer.
  private func drawAnswers(_ core: Core, in area: Rect, of frame: inout Frame) {
    let inside = frame.pane(area, title: title("", core.model.source, of: area))
    guard let trace = core.original?.trace else { return }
    PredictionsView(trace: trace, checkpoint: core.model.checkpoint).draw(in: inside, of: &frame)
  }

  /// Draws a checkpoint; returns the row below.
  ///
  /// `contents` is nil until read, and `compared` are the layers of the network beside it.
  @discardableResult
  private func draw(
    _ name: String, _ contents: CheckpointContents?, beside compared: [Layer], _ core: Core,
    in area: Rect, of frame: inout Frame
  ) -> Int {
    let question = facts(name, core)
    return CheckpointView(
      facts: core.answers.latest(question), contents: contents, resolution: question.resolution,
      compared: compared, view: core.view
    ).draw(in: area, of: &frame)
  }

  /// Returns a pane's title about the weights called `name`, shortened as they are in the list.
  private func title(_ beginning: String, _ name: String, of pane: Rect) -> String {
    beginning + name.ending(columns: max(2, pane.width - beginning.count - 6))
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
    let isNarrow = choices.contains { $0.name.count > area.width - $0.origin.count - 2 }
    ScrollingList(count: lines.count, selected: cursor).draw(
      in: area, of: &frame,
      click: { .weights(.pointed($0)) }, wheel: { .weights(.moved(by: $0)) }
    ) { index, row, frame in
      let line = lines[index]
      let room = max(2, row.width - line.origin.count - 2)
      // Names differ in their ends.
      let name = (isNarrow ? Candidate.short(line.name) : line.name).ending(columns: room)
      frame.cells.write(
        (index == cursor ? "▸" : " ") + name, x: row.x, y: row.y,
        style: index == cursor ? Theme.selected : Theme.plain,
        maxWidth: room + 1)
      frame.cells.write(
        line.origin, x: row.maxX - line.origin.count, y: row.y, style: Theme.quiet)
    }
  }
}

extension Pixels {
  /// As an input of `resolution` shows it; one of other proportions shows another part of the photo, and
  /// can't be made of these.
  func seen(at resolution: Resolution) -> Pixels {
    let isSame = width == resolution.width && height == resolution.height
    guard !isSame, width * resolution.height == height * resolution.width else { return self }
    return resampled(to: Size(width: resolution.width, height: resolution.height))
  }
}
