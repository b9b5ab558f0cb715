import Cells
import Explanation
import Images
import MobileNet
import Reports
import Research

extension ExplanationScreen {
  static let shortcuts: [Binding] = [
    shortcut(
      "G", label: "why", help: "Show which parts of the photo made the answer, by several methods.")
  ]

  static let bindings: [Binding] =
    [
      Binding(
        steps: [.up, .down], "↑↓", label: "method", help: "Take the method before or after."
      ) { step, _ in .explanation(.methodMoved(by: step)) }.only(Self.hasMethods),
      Binding(
        [.tab], "Tab", label: "what",
        help: "Explain the answer, the selected channel, or the place under its cursor.",
        action: .explanation(.targetCycled)),
      Binding(
        [.character("L")], "L", label: "where",
        help: "Look at the selected layer in place of the photo, or back.",
        action: .explanation(.levelSwitched)
      ).only(Self.hasMethods),
      Binding(
        [.character("U")], "U", label: "where it goes",
        help: "Follow the channel, or a place, through the layers behind it.",
        action: .opened(.flow)),
      Binding(
        [.character("V")], "V", label: "wants to see",
        help: "Draw what the channel, the place or the class wants to see.",
        action: .explanation(.drawingSwitched)),
      Bindings.again("Draw it again from other noise.", .explanation(.drawnAgain)).only {
        $0[ExplanationScreen.self].isDrawing
      },
      Binding(
        steps: [.character("<"), .character(">")], "< >", label: "class",
        help: "Take the class before or after in the list; / finds any other."
      ) { step, _ in .evidence(.classMoved(by: step)) }.only(Self.asksAboutClass),
      Binding(
        [.character("d")], "d", label: "difference",
        help: "Compare with another class of the list: why this one and not that.",
        action: .evidence(.rivalCycled)
      ).only(Self.asksAboutClass),
    ] + [
      Binding(
        steps: [.left, .right], "←→", label: "channel", help: "Show the channel before or after."
      ) { step, _ in .channelMoved(by: step) }.only { !asksAboutClass($0) },
      Bindings.layerByLayer.only {
        !asksAboutClass($0) || hasMethods($0) && $0[ExplanationScreen.self].isAtLayer
      },
    ]

  @Sendable private static func hasMethods(_ state: ExplorerState) -> Bool {
    !state[ExplanationScreen.self].isDrawing
  }

  @Sendable private static func asksAboutClass(_ state: ExplorerState) -> Bool {
    state[ExplanationScreen.self].targetKind == .answer
  }

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    ExplanationView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The photo with the explanation as a tint, the methods beside each other, and their curves.
struct ExplanationView {
  let screen: ExplanationScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    if core.model.checkpoint.architecture.classes == nil, screen.targetKind == .answer {
      frame.cells.write(
        "No classifier in this checkpoint: Tab explains a channel.", x: area.x, y: area.y,
        maxWidth: area.width)
      return
    }
    guard core.run != nil, let target = screen.target(core) else {
      Paragraph.draw(
        core.waitingText, in: Layout.margined(area, core.size), style: Theme.quiet,
        of: &frame.cells)
      return
    }
    let what = target.text(core.layers, core.model.checkpoint)
    let (top, body) = area.rows(.fixed(1), .fill)
    frame.cells.write(
      (screen.isDrawing ? "What it wants to see: " : "Why: ") + what, x: top.x + 1, y: top.y,
      style: Theme.title, maxWidth: top.width - 1)
    if screen.isDrawing {
      drawDrawing(in: body, of: &frame)
    } else {
      drawMethods(in: Layout.margined(body, core.size), what, of: &frame)
    }
  }

  // MARK: The picture that maximises the target

  private func drawDrawing(in area: Rect, of frame: inout Frame) {
    if let reason = screen.failure(core) {
      Paragraph.draw("No picture: \(reason).", in: area, style: Theme.quiet, of: &frame.cells)
      return
    }
    guard let question = screen.drawing(core), let found = core.answers.soFar(question) else {
      frame.cells.write("Drawing …", x: area.x, y: area.y, style: Theme.quiet)
      return
    }
    let steps = VisualizationQuestion.steps
    let note =
      found.step < steps
      ? "step \(found.step) of \(steps)"
      : "\(steps) steps from noise \(screen.seed); Z takes other noise"
    guard Layout.isRoomy(core.size) else {
      frame.cells.write(
        note, x: area.x + 1, y: area.y, style: Theme.quiet, maxWidth: area.width - 1)
      PhotoView(pixels: found.pixels).draw(
        in: area.rows(.fixed(1), .fill).1, of: &frame.cells)
      return
    }
    // Beside it what there is to see in the photo.
    let side = 2 * area.height - 2
    let (drawing, seen) = area.columns(.fixed(min(side, area.width * 2 / 3)), .fill)
    PhotoView(pixels: found.pixels).draw(
      in: frame.pane(drawing, title: note, hasArrows: true), of: &frame.cells)
    let (photo, channel) = seen.rows(.ratio(1, 2), .fill)
    // A class has neither a cell nor a channel of the selected layer.
    if screen.targetKind == .answer, let run = core.run {
      PhotoView(core.photo.prepared.pixels).draw(
        in: frame.pane(photo, title: "the photo"), of: &frame.cells)
      PredictionsView(trace: run.trace, checkpoint: core.model.checkpoint).draw(
        in: frame.pane(channel, title: "what the photo is taken for"), of: &frame)
      return
    }
    SeenPhoto(core: core).draw(in: photo, of: &frame)
    ChannelPane(core: core).draw(
      in: frame.pane(channel, title: "\(core.channelName) in the photo"), of: &frame
    ) { y, x in .zoom(.entered(x: x, y: y)) }
  }

  // MARK: Methods

  private func drawMethods(in area: Rect, _ what: String, of frame: inout Frame) {
    // The strip of small pictures takes as many rows as it needs, if the large picture keeps
    // enough.
    let methods = ExplanationMethod.allCases
    let stripWidth = area.width / methods.count
    let stripHeight = min(stripWidth / 2, area.height / 3)
    let hasStrip = stripHeight >= 6 && area.height - stripHeight >= 16
    let (top, strip) = area.rows(.fill, .fixed(hasStrip ? stripHeight + 1 : 0))
    let width = min(2 * top.height, max(area.width - 43, area.width / 2 - 3))
    let isRoomy = Layout.isRoomy(core.size)
    func framed(_ area: Rect, _ title: String, isSelected: Bool = false) -> Rect {
      isRoomy ? frame.pane(area, title: title, hasArrows: isSelected) : area
    }
    let (large, table) = top.columns(
      .fixed(isRoomy ? min(width + 2, 2 * top.height - 2) : width), .fill, gap: isRoomy ? 0 : 2)
    drawPicture(
      screen.method,
      in: framed(large, screen.method.rawValue + progress(of: screen.method), isSelected: true),
      isLarge: true, of: &frame)
    drawTable(in: framed(table, "methods"), what, of: &frame)
    guard hasStrip else { return }
    for (index, method) in methods.enumerated() {
      let isLast = index == methods.count - 1
      let place = strip.columns(
        .fixed(index * stripWidth), isLast ? .fill : .fixed(stripWidth)
      ).1
      let titles = [method.rawValue, method.shortName].map { $0 + progress(of: method) }
      let title = titles.first { $0.count <= place.width - 6 }
      let inside = frame.pane(
        place, title: title ?? method.shortName, hasArrows: method == screen.method)
      drawPicture(method, in: inside, of: &frame)
      frame.answer(in: place, click: { _, _ in .explanation(.methodChosen(method)) })
    }
  }

  /// How far a method has come, behind its name; empty once it is done.
  private func progress(of method: ExplanationMethod) -> String {
    let part = screen.question(method, core).flatMap { core.answers.soFar($0)?.part } ?? 1
    return part < 1 ? ", \(NumberText.percent(part)) …" : ""
  }

  private func drawPicture(
    _ method: ExplanationMethod, in area: Rect, isLarge: Bool = false, of frame: inout Frame
  ) {
    guard let question = screen.question(method, core) else {
      frame.cells.write(
        "no layer before it", x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
      return
    }
    let soFar = core.answers.soFar(question)
    if let map = soFar?.map ?? core.answers.latest(question)?.map {
      let overlay = OverlayView(
        pixels: core.photo.prepared.pixels, plane: map.plane,
        tints: .shown(core.view, hasSign: method.hasSign))
      if isLarge {
        let meaning =
          method.hasSign
          ? OverlayView.meaning(above: "for it", below: "against", frame.cells.capabilities)
          : "how much it matters"
        overlay.draw(in: area, meaning: meaning, of: &frame.cells)
      } else {
        overlay.draw(in: area, of: &frame.cells)
      }
    }
  }

  /// Draws the methods with the areas under their curves, and the curves of the selected one.
  private func drawTable(in area: Rect, _ what: String, of frame: inout Frame) {
    let titles = frame.cells.write(
      "method".padded(right: 22) + "deletion".padded(left: 9) + "insertion".padded(left: 10),
      x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    if let (deletion, insertion) = Self.bars(right: titles, of: area) {
      let words =
        deletion.width < 14 ? ("↓ better", "↑ better") : ("less is better", "more is better")
      frame.cells.write(words.0, x: deletion.x, y: area.y, style: Theme.quiet)
      frame.cells.write(words.1, x: insertion.x, y: area.y, style: Theme.quiet)
    }
    let methods = ExplanationMethod.allCases
    for (line, method) in methods.enumerated() {
      let curves = screen.curves(method, core)
      let end = frame.cells.write(
        row(method.rawValue, curves), x: area.x, y: area.y + 1 + line,
        style: method == screen.method ? Theme.selected : Theme.plain, maxWidth: area.width)
      if let curves, let (deletion, insertion) = Self.bars(right: end, of: area) {
        frame.cells.bar(
          curves.deletionArea, in: deletion.rows(.fixed(line + 1), .fixed(1)).1,
          style: Theme.against)
        frame.cells.bar(
          curves.insertionArea, in: insertion.rows(.fixed(line + 1), .fixed(1)).1,
          style: Theme.best)
      }
    }
    frame.answer(
      in: area.rows(.fixed(1), .fixed(methods.count)).1,
      click: { _, y in .explanation(.methodChosen(methods[y])) },
      wheel: { .explanation(.methodMoved(by: $0)) })
    frame.cells.write(
      row("chance", screen.curves(nil, core)), x: area.x, y: area.y + 1 + methods.count,
      style: Theme.quiet, maxWidth: area.width)
    drawExplanation(of: what, in: area.from(y: area.y + 3 + methods.count), of: &frame)
  }

  /// Where the areas under both curves are bars, right of `column`; nil where there is no room.
  private static func bars(right column: Int, of area: Rect) -> (Rect, Rect)? {
    let room = area.columns(.fixed(column + 2 - area.x), .fill).1
    let (deletion, insertion) = room.columns(.fill, .fill, gap: 2)
    return deletion.width >= 10 ? (deletion, insertion) : nil
  }

  private func row(_ name: String, _ curves: DeletionInsertion?) -> String {
    // Curves of few steps give an area to two digits only.
    func text(_ area: Double?) -> String {
      guard let area, let curves else { return "…" }
      return curves.isRough ? "≈ " + NumberText.fixed(area, 2) + " " : NumberText.fixed(area, 3)
    }
    return name.padded(right: 22) + text(curves?.deletionArea).padded(left: 9)
      + text(curves?.insertionArea).padded(left: 10)
  }

  /// Describes the selected method in words and numbers, with its curves beside those of chance.
  private func drawExplanation(of what: String, in area: Rect, of frame: inout Frame) {
    var y = area.y
    func write(_ text: String, _ style: Style = Theme.plain) {
      y += Paragraph.draw(text, in: area.from(y: y), style: style, of: &frame.cells)
    }
    write(screen.method.summary.capitalizedFirst.asSentence)
    if let found = screen.found(screen.method, core) {
      let position = found.position.map { core.layers[$0].name } ?? "the photo"
      write("It looks at \(position) and explains \(number(found.value.value)): \(what).")
      if let baseline = found.baseline {
        write(
          "Its parts add up to \(number(found.sum)) ≈ \(number(found.value.value)) "
            + "− \(number(baseline)) of a grey photo.")
      }
    }
    guard let curves = screen.curves(screen.method, core), area.maxY - y >= 5 else { return }
    let chance = screen.curves(nil, core)
    let note =
      "Squares go, or come, the most important first; dots are chance. Better is less under the left "
      + "curve and more under the right one."
    // Without room for both, the curves come first.
    let noteHeight = note.wrapped(to: area.width).count
    let left = area.maxY - y - 1
    let rows = min(left - noteHeight >= 6 ? left - noteHeight : left, area.width / 3)
    let charts = area.from(y: y + 1).rows(.fixed(rows), .fill).0
    let (first, second) = charts.columns(.fill, .fill, gap: 2)
    for (name, path, place) in [
      ("▼ greyed out", \DeletionInsertion.deletion, first), ("▲ uncovered", \.insertion, second),
    ] {
      let (curve, other) = (curves[keyPath: path], chance?[keyPath: path])
      let most = (curve + (other ?? [])).max() ?? 0
      let reach = ", up to \(NumberText.percent(most))"
      frame.cells.write(
        name + (name.count + reach.count <= place.width ? reach : ""), x: place.x, y: place.y,
        style: Theme.title, maxWidth: place.width)
      CurveChartView(curve: curve, other: other).draw(
        in: place.rows(.fixed(1), .fill, .fixed(1)).1,
        of: &frame.cells)
      frame.cells.write(
        place.width < 24 ? "0 %" : "0 % of the photo", x: place.x, y: place.maxY - 1,
        style: Theme.quiet, maxWidth: place.width)
      frame.cells.write(
        "100 %", x: place.maxX - 5, y: place.maxY - 1, style: Theme.quiet, maxWidth: 5)
    }
    y = charts.maxY
    write(note, Theme.quiet)
  }

  private func number(_ value: Double) -> String { NumberText.value(Float(value)) }
}
