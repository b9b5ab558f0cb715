import Cells
import MobileNet
import Reports

extension EvidenceScreen {
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
      frame.cells.write(core.waitingText, x: area.x, y: area.y, style: Theme.quiet)
      return
    }
    let name = core.model.checkpoint.label(index)
    let rival = core.rival.map { core.model.checkpoint.label($0) }
    let title = rival.map { "Why \(name) and not \($0)" } ?? "What spoke for \(name)"
    frame.cells.write(title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    frame.cells.write(
      "places \(number(split.placesSum)) + bias \(number(split.bias)) = "
        + "\(number(split.placesSum + split.bias))   fc7 recorded \(number(split.recorded)) "
        + (rival == nil ? "above the mean class" : "between them"),
      x: area.x, y: area.y + 1, maxWidth: area.width)

    let half = area.width / 2
    let left = Rect(x: area.x, y: area.y + 2, width: half, height: area.height - 2)
    let cursor = screen.position(in: split)
    let grid = OverlayView(
      pixels: core.photo.prepared.pixels, plane: split.places,
      scale: HeatScale(core.view, reach: split.reach),
      outline: (cursor.y..<cursor.y + 1, cursor.x..<cursor.x + 1)
    ).draw(in: left, of: &frame.cells)
    frame.answer(in: grid.area) { x, y in
      let place = grid.source(cellX: x, cellY: y)
      return .evidence(.pointed(x: place.x, y: place.y))
    }
    let right = Rect(
      x: grid.area.maxX + 2, y: left.y, width: area.maxX - grid.area.maxX - 2, height: left.height)
    let classes = drawClasses(in: right, of: &frame)
    drawPlace(
      split, cursor,
      in: Rect(
        x: right.x, y: right.y + classes + 1, width: right.width,
        height: right.height - classes - 1),
      of: &frame)
  }

  /// The classes to choose from with their probability and their sum; answers how many rows.
  private func drawClasses(in area: Rect, of frame: inout Frame) -> Int {
    guard let trace = core.run?.trace, let sums = trace.layers.classifier else { return 0 }
    let classes = Array(core.evidenceClasses.prefix(max(0, area.height - 1)))
    let width = max(0, area.width - 17)
    frame.cells.write(
      " class".padded(right: width + 1) + "prob".padded(left: 6)
        + "\(trace.layers[sums].name)−mean".padded(left: 10), x: area.x, y: area.y,
      style: Theme.quiet, maxWidth: area.width)
    let probabilities = trace.output(at: trace.layers.count - 1)
    for (line, index) in classes.enumerated() {
      let isSelected = index == core.selectedClass
      let sign = isSelected ? "▸" : index == core.rival ? "−" : " "
      let percent = NumberText.percent(Double(probabilities[0, 0, index])).padded(left: 6)
      let sum = number(trace.output(at: sums).centred(index)).padded(left: 10)
      let label = core.model.checkpoint.label(index)
      frame.cells.write(
        sign + String(label.prefix(width)).padded(right: width) + percent + sum, x: area.x,
        y: area.y + 1 + line, style: isSelected ? Theme.selected : Theme.plain, maxWidth: area.width
      )
    }
    frame.answer(
      in: Rect(x: area.x, y: area.y + 1, width: area.width, height: classes.count),
      click: { _, y in .classChosen(classes[y]) },
      wheel: { .evidence(.classMoved(by: $0)) })
    return classes.count + 1
  }

  /// The place under the cursor, and what every place adds where there is room.
  private func drawPlace(
    _ split: EvidenceSplit, _ cursor: (y: Int, x: Int), in area: Rect, of frame: inout Frame
  ) {
    guard area.height > 0 else { return }
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
        let style = isCursor ? Theme.selected : number < 0 ? Theme.below : Theme.above
        let text = NumberText.fixed(Double(number), 2)
        // Where columns are narrow a 0 before the point is left out.
        let short = isWide ? text : text.replacing("0.", with: ".", maxReplacements: 1)
        frame.cells.write(
          (number.magnitude < 1 ? short : text).padded(left: width), x: area.x + x * width,
          y: area.y + 2 + y, style: style)
      }
    }
  }

  private func number(_ value: Double) -> String { NumberText.value(Float(value)) }
}
