import Cells
import MobileNet
import Reports

extension EvidenceScreen {
  static let shortcuts: [Binding] = [
    shortcut("e", label: "evidence", help: "Show which places spoke for a class.")
  ]

  static let bindings: [Binding] = [
    Bindings.arrows("place") { .evidence(.moved(x: $0, y: $1)) },
    Binding(
      steps: [.character("<"), .character(">")], "< >", label: "class",
      help: "Take the class before or after in the list; / finds any other."
    ) { step, _ in .evidence(.classMoved(by: step)) },
    Binding(
      [.character("d")], "d", label: "difference",
      help: "Compare with another class of the list: why this one and not that.",
      action: .evidence(.rivalCycled)),
    Binding(
      [.character("K")], "K", label: "kernel",
      help: "Show the weights of this class, and walk back from there.",
      action: .evidence(.kernelsOpened)),
  ].map { $0.only { $0.model.checkpoint.architecture.classes != nil } }

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    EvidenceView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The tinted photo beside the classes and the numbers.
struct EvidenceView {
  let screen: EvidenceScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    guard core.model.checkpoint.architecture.classes != nil else {
      frame.cells.write(
        "No classifier in this checkpoint, so no class to ask about.", x: area.x, y: area.y,
        maxWidth: area.width)
      return
    }
    guard let split = core.split, let index = core.selectedClass else {
      Paragraph.draw(
        core.waitingText, in: Layout.margined(area, core.size), style: Theme.quiet,
        of: &frame.cells)
      return
    }
    let name = core.model.checkpoint.label(index)
    let rival = core.rival.map { core.model.checkpoint.label($0) }
    let title = rival.map { "Why \(name) and not \($0)" } ?? "What spoke for \(name)"
    let numbers = screen.numbers(of: split, isDifference: rival != nil, width: area.width - 1)
    if Layout.isRoomy(core.size) {
      drawPanes(split, title, numbers, in: area, of: &frame)
    } else {
      drawNarrow(split, title, numbers, in: area, of: &frame)
    }
  }

  /// Draws the photo, and beside it the classes above the evidence of each place.
  private func drawPanes(
    _ split: EvidenceSplit, _ title: String, _ numbers: String, in area: Rect, of frame: inout Frame
  ) {
    frame.cells.write(numbers, x: area.x + 1, y: area.y, maxWidth: area.width - 1)
    let (_, below) = area.rows(.fixed(1), .fill)
    // Square, since a cell is twice as high as wide.
    let (photo, right) = below.columns(
      .fixed(min(2 * below.height - 2, area.width - Self.listWidth)), .fill)
    let (classes, places) = right.rows(.fill, .fixed(split.places.height + 4))
    drawPhoto(split, in: frame.pane(photo, title: title, hasArrows: true), of: &frame)
    drawPlace(split, in: frame.pane(places, title: "what each place adds"), of: &frame)
    EvidenceClasses(core: core).draw(in: frame.pane(classes, title: "classes"), of: &frame)
  }

  /// The smallest width of the list of classes, in columns.
  private static let listWidth = 54

  private func drawNarrow(
    _ split: EvidenceSplit, _ title: String, _ numbers: String, in area: Rect, of frame: inout Frame
  ) {
    frame.cells.write(
      title, x: area.x + 1, y: area.y, style: Theme.title, maxWidth: area.width - 1)
    frame.cells.write(numbers, x: area.x + 1, y: area.y + 1, maxWidth: area.width - 1)
    let (_, below) = Layout.margined(area, core.size).rows(.fixed(2), .fill)
    let photo = drawPhoto(split, in: below.columns(.ratio(1, 2), .fill).0, of: &frame)
    let (_, right) = below.columns(.fixed(photo.maxX - below.x), .fill, gap: 2)
    let (list, rest) = right.rows(
      .fixed(min(core.evidenceClasses.count + 1, right.height)), .fill, gap: 1)
    EvidenceClasses(core: core).draw(in: list, of: &frame)
    drawPlace(split, in: rest, of: &frame)
  }

  /// Draws the tinted photo with the cursor's place outlined; returns the area that it covers.
  @discardableResult
  private func drawPhoto(
    _ split: EvidenceSplit, in area: Rect, of frame: inout Frame
  ) -> Rect {
    let cursor = screen.position(in: split)
    let grid = OverlayView(
      pixels: core.photo.prepared.pixels, plane: split.places,
      tints: .shown(core.view),
      outline: (cursor.y..<cursor.y + 1, cursor.x..<cursor.x + 1)
    ).draw(
      in: area,
      meaning: OverlayView.meaning(
        above: "for it", below: "against", frame.cells.capabilities),
      of: &frame.cells)
    frame.answer(in: grid.area) { x, y in
      let place = grid.source(cellX: x, cellY: y)
      return .evidence(.pointed(x: place.x, y: place.y))
    }
    return grid.area
  }

  /// Writes the evidence of the cursor's place, and that of every place if there is room.
  private func drawPlace(_ split: EvidenceSplit, in area: Rect, of frame: inout Frame) {
    guard area.height > 0 else { return }
    let cursor = screen.position(in: split)
    let value = split.places[cursor.y, cursor.x]
    frame.cells.write(
      "row \(cursor.y), column \(cursor.x): \(value < 0 ? "" : "+")\(NumberText.value(value))",
      x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    let places = split.places
    let isWide = 7 * places.width <= area.width
    let width = isWide ? 7 : 5
    guard width * places.width <= area.width, places.height + 2 <= area.height else { return }
    for y in 0..<places.height {
      for x in 0..<places.width {
        let number = places[y, x]
        let isCursor = (y, x) == cursor
        let text = NumberText.fixed(Double(number), 2)
        let style = isCursor ? Theme.selected : Theme.sign(of: text)
        // In narrow columns the 0 before the point is left out.
        let short = isWide ? text : text.replacing("0.", with: ".", maxReplacements: 1)
        frame.cells.write(
          (number.magnitude < 1 ? short : text).padded(left: width), x: area.x + x * width,
          y: area.y + 2 + y, style: style)
      }
    }
  }
}

extension EvidenceScreen {
  /// Returns the sum of places and bias as an equation, beside the recorded value; in fewer words where
  /// that would be wider than `width`.
  func numbers(of split: EvidenceSplit, isDifference: Bool, width: Int = .max) -> String {
    func number(_ value: Double) -> String { NumberText.value(Float(value)) }
    let recorded = number(split.recorded)
    let own =
      isDifference
      ? "has a lead of \(recorded)" : "has \(recorded)" + (split.isCentred ? " above its mean" : "")
    let (places, bias) = (number(split.placesSum), number(split.bias))
    let sum = number(split.placesSum + split.bias)
    let text =
      "\(split.places.values.count) places add \(places), the bias \(bias): \(sum) in all; fc7 \(own)"
    guard text.count > width else { return text }
    return "places \(places), bias \(bias): \(sum) in all; fc7 \(own)"
  }
}

/// The classes to choose from with probability and logit, also as bars if there is room.
struct EvidenceClasses {
  let core: Core

  /// The widths of a probability and of a logit, in columns.
  private static let (percentWidth, sumWidth) = (7, 10)
  /// The smallest width at which bars are drawn.
  private static let fewestForBars = 48

  func draw(in area: Rect, of frame: inout Frame) {
    guard let trace = core.run?.trace, let sums = trace.layers.classifier else { return }
    let all = core.evidenceClasses
    // The last row says how many more there are, and how to get at them.
    let more = (core.model.checkpoint.architecture.classes ?? 0) - all.count
    let rows = max(0, area.height - (more > 0 || all.count >= area.height ? 2 : 1))
    let selected = core.selectedClass.flatMap { all.firstIndex(of: $0) } ?? 0
    let classes = Array(all[ScrollingList(count: all.count, selected: selected).shown(rows: rows)])
    let hasBars = area.width >= Self.fewestForBars
    let numbers = Self.percentWidth + Self.sumWidth + 1
    let names = classes.map { core.model.checkpoint.label($0) }
    let longest = names.map(\.count).max() ?? 0
    let labels =
      hasBars ? min(longest, (area.width - numbers) / 2) : max(0, area.width - numbers)
    let bars = hasBars ? (area.width - numbers - labels - 2) / 2 : 0
    frame.cells.write(
      " class".padded(right: labels + 1) + "prob".padded(left: Self.percentWidth)
        + String(repeating: " ", count: bars)
        + (trace.layers[sums].name + (trace.layers.hasSoftmax ? "−mean" : "")).padded(
          left: Self.sumWidth), x: area.x, y: area.y,
      style: Theme.quiet, maxWidth: area.width)
    let heights = classes.map {
      Target.logit(of: $0, in: trace.layers).value(of: trace.output(at: sums))
    }
    let reach = max(heights.map(\.magnitude).max() ?? 0, .leastNormalMagnitude)
    for (line, index) in classes.enumerated() {
      let y = area.y + 1 + line
      let isSelected = index == core.selectedClass
      let style = isSelected ? Theme.selected : Theme.plain
      let sign = isSelected ? "▸" : index == core.rival ? "−" : " "
      let share = Double(trace.output(at: trace.layers.count - 1)[0, 0, index])
      let name = names[line]
      let label = name.count <= labels ? name : name.prefix(max(0, labels - 1)) + "…"
      let sum = NumberText.fixed(heights[line], 2).padded(left: Self.sumWidth)
      let end = frame.cells.write(
        sign + label.padded(right: labels)
          + NumberText.percent(share, digits: 1).padded(left: Self.percentWidth)
          + (hasBars ? "" : sum),
        x: area.x, y: y, style: style, maxWidth: area.width)
      guard hasBars else { continue }
      // The selected line is marked up to its bar.
      let rest = area.row(y, from: end)
      let (bar, number, signed) = rest.columns(
        .fixed(bars), .fixed(Self.sumWidth), .fill)
      frame.cells.bar(
        share, in: bar.columns(.fixed(1), .fill).1, style: isSelected ? Theme.best : Theme.bar)
      frame.cells.write(
        sum, x: number.x, y: y, style: isSelected ? Theme.title : Theme.plain,
        maxWidth: number.width)
      frame.cells.signedBar(
        heights[line] / reach, in: signed.columns(.fixed(1), .fill).1, below: Theme.below,
        above: Theme.above)
    }
    let left = all.count + max(0, more) - classes.count
    if left > 0 {
      frame.cells.write(
        "  … \(NumberText.grouped(left)) more: / finds them", x: area.x,
        y: area.y + 1 + classes.count, style: Theme.quiet, maxWidth: area.width)
    }
    frame.answer(
      in: area.rows(.fixed(1), .fixed(classes.count)).1,
      click: { _, y in .classChosen(classes[y]) },
      wheel: { .evidence(.classMoved(by: $0)) })
  }
}
