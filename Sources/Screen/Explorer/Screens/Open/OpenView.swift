import Cells
import MobileNet
import Reports
import Research

extension OpenScreen {
  static let shortcuts: [Binding] = [
    Binding([.character("o")], "o", label: "open", help: "Open another image.") { _, state in
      state.live == nil ? .open(.began(.image)) : nil
    }
  ]

  static let bindings: [Binding] = [
    Binding(steps: [.up, .down], "↑↓", label: "file", help: "Go to the file before or after.") {
      step, _ in .open(.moved(by: step))
    }.only { !$0[OpenScreen.self].shown($0.core).isEmpty },
    Binding(steps: [.pageUp, .pageDown], "PgUp PgDn", help: "Go ten files back or forth.") {
      step, _ in .open(.moved(by: 10 * step))
    },
    Binding(
      [.enter], "Enter", label: "open", help: "Open the file or folder.", action: .open(.chosen)
    ).named { $0[OpenScreen.self].hasChoice($0.core) },
    Binding(
      [.tab], "Tab", label: "complete",
      help: "Complete the name that is typed; go on among those that begin so."
    ) { _, state in
      state[OpenScreen.self].typed.isEmpty ? nil : .open(.completed)
    },
    Binding(
      [.tab], "Tab", label: "recent",
      help: "With nothing typed: show the images opened last, or the folder again."
    ) { _, state in
      state[OpenScreen.self].typed.isEmpty && state[OpenScreen.self].kind == .images
        ? .open(.sourceSwitched) : nil
    },
    Binding(
      [.backspace], "Bksp", label: "up",
      help: "Take the last letter away; without one, go to the folder above.",
      action: .open(.erased)
    ).named { $0[OpenScreen.self].canErase },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    guard Layout.isRoomy(core.size) else {
      let (left, side) = area.columns(.ratio(1, 2), .fill, gap: 1)
      drawList(core, in: left, of: &frame)
      drawPreview(core, in: side.rows(.fixed(1), .fill).1, of: &frame)
      return
    }
    let layout = OpenLayout(self, core)
    let files = kind == .checkpoints ? "checkpoints" : "images"
    drawList(core, in: frame.pane(layout.list, title: files, hasArrows: true), of: &frame)
    if layout.sheet != layout.preview {
      drawPreview(core, in: frame.pane(layout.preview, title: "preview"), of: &frame)
    }
    if let place = layout.used { drawUsed(core, in: place, of: &frame) }
    guard let place = layout.sheet else { return }
    let sheet = sheet(core)
    let hasOwn = contents(core)?.entries.contains { !$0.isFolder } ?? false
    let folder = hasOwn ? selected(core)?.name : nil
    let inside = frame.pane(place, title: "images of \(folder ?? "this folder")")
    let tiles = PhotoTiles(inside, of: sheet.count)
    for (offset, entry) in sheet.enumerated() {
      tiles.draw(core.preview(of: entry.path), caption: entry.name, at: offset, of: &frame)
    }
  }

  /// Draws the weights in use, to compare those under the cursor with.
  private func drawUsed(_ core: Core, in area: Rect, of frame: inout Frame) {
    let title = "in use: "
    let name = core.model.source.ending(columns: max(2, area.width - title.count - 6))
    CheckpointView(
      facts: core.answers.latest(usedFacts(core)),
      contents: CheckpointContents(core.model.checkpoint), resolution: core.model.resolution,
      view: core.view
    ).draw(in: frame.pane(area, title: title + name), of: &frame)
  }

  /// The images of the folder, as many as there is room for.
  func sheet(_ core: Core) -> [FolderEntry] {
    guard Layout.isRoomy(core.size), let pane = OpenLayout(self, core).sheet else { return [] }
    let most = PhotoTiles(Layout.inside(pane, core.size)).count
    return Array(images(core).prefix(most))
  }

  private func drawList(_ core: Core, in area: Rect, of frame: inout Frame) {
    let source = showsRecent ? "opened last" : shownFolder(core)
    let hint = "  (type a name or a path)"
    // A long path is shortened to make room for the hint, unless the hint takes more than half of
    // the line.
    let hasRoom = area.width >= min(2 * hint.count, source.count + hint.count + 1)
    let place =
      hasRoom ? source.ending(columns: area.width - 1 - hint.count) + hint : source
    frame.cells.write(
      (typed.isEmpty ? place : typed + "▏").ending(columns: area.width - 1),
      x: area.x + 1, y: area.y, style: typed.isEmpty ? Theme.quiet : Theme.title)
    let entries = shown(core)
    if entries.isEmpty {
      let files = kind == .checkpoints ? "checkpoints" : "PNG or JPEG files"
      let text = typed.isEmpty ? "no \(files)" : "Enter opens what lies there."
      frame.cells.write(
        text, x: area.x + 1, y: area.y + 1, style: Theme.quiet, maxWidth: area.width - 1)
    }
    let selected = selected(core) == nil ? nil : cursor
    ScrollingList(count: entries.count, selected: cursor).draw(
      in: area.rows(.fixed(1), .fill).1, of: &frame,
      click: { .open(.pointed($0)) }, wheel: { .open(.moved(by: $0)) }
    ) { index, row, frame in
      let name = entries[index].name + (entries[index].isFolder ? "/" : "")
      // A long name is shortened at the beginning, since its end says most.
      frame.cells.write(
        (index == selected ? "▸" : " ") + name.ending(columns: row.width - 1), x: row.x, y: row.y,
        style: index == selected ? Theme.selected : Theme.plain, maxWidth: row.width)
    }
  }

  private func drawPreview(_ core: Core, in area: Rect, of frame: inout Frame) {
    if meansFolder, !shown(core).isEmpty {
      Paragraph.draw(
        "Enter goes into the folder, ↓ into its list.", in: area, style: Theme.quiet,
        of: &frame.cells)
    }
    guard let entry = selected(core) else { return }
    guard !entry.isFolder else { return drawContents(of: entry, core, in: area, of: &frame) }
    switch core.answers[PreviewQuestion(entry.path, kind)] {
    case nil:
      frame.cells.write("…", x: area.x, y: area.y, style: Theme.quiet)
    case .problem(let reason):
      Paragraph.draw(reason, in: area, style: Theme.error, of: &frame.cells)
    case .weights(let facts):
      drawWeights(.known(facts), of: entry, core, in: area, of: &frame)
    case .picture(let pixels, let width, let height):
      let asks = tried(core) != nil
      let rest = PicturePreview(
        pixels: pixels, width: width, height: height, model: core.model.value
      ).draw(in: area, leaving: asks ? Self.answerRows : 0, of: &frame)
      if asks { drawAnswers(core, in: rest, of: &frame) }
    }
  }

  /// The rows of a heading and the likely classes, and one between them and the picture.
  private static let answerRows = 7

  /// Draws why there is no answer, or that it is still to come.
  private func drawAwaited(_ core: Core, in area: Rect, of frame: inout Frame) {
    let failure = trialFailure(core)
    Paragraph.draw(
      failure ?? "…", in: area, style: failure == nil ? Theme.quiet : Theme.error, of: &frame.cells)
  }

  /// Draws what the network under the cursor, or the one in use on the picture under the cursor, answers.
  private func drawAnswers(_ core: Core, in area: Rect, of frame: inout Frame) {
    let (head, list) = area.rows(.fixed(1), .fill)
    guard let found = trial(core) else { return drawAwaited(core, in: area, of: &frame) }
    let name = found.model.checkpoint.name
    frame.cells.write(
      "\(name.ending(columns: max(8, head.width - 12))) answers", x: head.x, y: head.y,
      style: Theme.quiet, maxWidth: head.width)
    let (trace, checkpoint) = (found.run.trace, found.model.checkpoint)
    // Names have lines of their own where bars would be short beside them.
    guard list.width < Self.narrow, trace.problem == nil else {
      let few = list.rows(.fixed(Self.mostAnswers), .fill).0
      return PredictionsView(trace: trace, checkpoint: checkpoint).draw(in: few, of: &frame)
    }
    ClassBarsView(
      classes: trace.predictions(top: Self.mostAnswers).map {
        (checkpoint.label($0.classIndex), Double($0.probability))
      }
    ).draw(in: list, of: &frame.cells)
  }

  /// Below so many columns bars would be short beside names.
  private static let narrow = 50
  /// The most likely classes that are shown.
  private static let mostAnswers = 12

  /// Draws a checkpoint, and where there is room its layers and classes.
  private func drawWeights(
    _ facts: FactsQuestion.Answer, of entry: FolderEntry, _ core: Core, in area: Rect,
    of frame: inout Frame
  ) {
    guard Layout.isRoomy(core.size), let found = core.answers[ContentsQuestion(entry.path)],
      let contents = found
    else {
      WeightsFactsView(facts: facts).draw(in: area, of: &frame.cells)
      return
    }
    let isWide = area.width >= Self.wide
    let (own, rest) = area.columns(isWide ? .ratio(1, 3) : .ratio(1, 2), .fill, gap: 2)
    let end = CheckpointView(facts: facts, contents: contents, resolution: nil, view: core.view)
      .draw(in: own, of: &frame)
    LabelsView(contents).drawBelowHeading(in: own.from(y: end + 1), of: &frame)
    let layers = LayerCosts(layers: contents.layers(at: nil))
    guard tried(core) != nil else { return layers.draw(in: rest, of: &frame) }
    guard isWide else { return drawTrial(core, or: layers, in: rest, of: &frame) }
    let (costs, trial) = rest.columns(.fill, .fill, gap: 2)
    let (list, labels) = costs.rows(.fixed(layers.layers.count + 1), .fill, gap: 1)
    layers.draw(in: list, of: &frame)
    LabelsView(contents).drawBelowHeading(in: labels, of: &frame)
    drawTrial(core, in: trial, of: &frame)
  }

  /// From so many columns on the layers of a checkpoint stand beside what it answers.
  private static let wide = 120

  /// Draws the photo as the checkpoint under the cursor gets it, above what that answers; of one without
  /// classes, above its `layers`.
  private func drawTrial(
    _ core: Core, or layers: LayerCosts? = nil, in area: Rect, of frame: inout Frame
  ) {
    guard let found = trial(core) else { return drawAwaited(core, in: area, of: &frame) }
    let photo = area.rows(.fill, .fixed(Self.answerRows)).0
    let grid = PhotoView(found.photo.prepared.pixels).draw(in: photo, of: &frame.cells)
    let below = area.from(y: grid.area.maxY + 1)
    guard found.model.checkpoint.architecture.classes == nil else {
      return drawAnswers(core, in: below, of: &frame)
    }
    layers?.draw(in: below, of: &frame)
  }

  /// The columns of a name among those in a folder.
  private static let nameWidth = 30

  /// Writes the names of what lies in a folder, as many as there is room for.
  private func drawContents(
    of entry: FolderEntry, _ core: Core, in area: Rect, of frame: inout Frame
  ) {
    guard let contents = contents(core) else { return }
    let entries = contents.entries.filter { $0.name != ".." }
    let (head, body) = area.rows(.fixed(1), .fill)
    let files = kind == .checkpoints ? "checkpoint" : "image"
    frame.cells.write(
      "in \(entry.name): " + Self.count(entries.count { !$0.isFolder }, files) + ", "
        + Self.count(entries.count { $0.isFolder }, "folder"), x: head.x, y: head.y,
      style: Theme.quiet, maxWidth: head.width)
    let across = max(1, body.width / Self.nameWidth)
    let size = Size(width: body.width / across - 1, height: 1)
    for (index, entry) in entries.prefix(across * body.height).enumerated() {
      let place = body.tile(index, across: across, size: size)
      frame.cells.write(
        (entry.name + (entry.isFolder ? "/" : "")).ending(columns: place.width), x: place.x,
        y: place.y)
    }
  }

  private static func count(_ number: Int, _ name: String) -> String {
    "\(NumberText.grouped(number)) \(name)\(number == 1 ? "" : "s")"
  }
}

/// Where the list, the preview and the images of the folder stand in a large terminal.
struct OpenLayout {
  let list: Rect
  let preview: Rect
  /// The area of the images of the folder: that of the preview while the cursor is on no image, else
  /// below a short list; nil where there are none or no room.
  let sheet: Rect?
  /// The area of the weights in use, below a short list of checkpoints; nil where there is no room.
  let used: Rect?

  /// The rows of the list's frame and heading.
  private static let listHead = 3
  /// The fewest rows of images below the list.
  private static let fewestRows = 12

  init(_ screen: OpenScreen, _ core: Core) {
    let area = Layout.body(of: core)
    let (left, right) = area.columns(.fixed(min(60, area.width / 2)), .fill)
    preview = right
    let entries = screen.shown(core)
    let (short, below) = left.rows(.fixed(entries.count + Self.listHead), .fill)
    guard screen.kind == .images else {
      let hasRoom = below.height >= Self.fewestRows
      (list, used, sheet) = (hasRoom ? short : left, hasRoom ? below : nil, nil)
      return
    }
    used = nil
    let hasImages = !screen.images(core).isEmpty
    let isOnImage = screen.selected(core)?.isFolder == false
    guard hasImages, isOnImage, below.height >= Self.fewestRows else {
      (list, sheet) = (left, hasImages && !isOnImage ? right : nil)
      return
    }
    (list, sheet) = (short, below)
  }
}
