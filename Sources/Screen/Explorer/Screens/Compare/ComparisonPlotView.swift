import Cells
import Comparison
import Reports

/// Accuracy against cost as a picture: a letter for each network, small where another one is as cheap
/// and as good, and a line along the others.
struct ComparisonPlotView {
  let plot: ComparisonPlot
  /// The letter and the style of the network at an index in its list.
  let sign: (_ index: Int) -> (letter: String, style: Style)
  /// The label of the axes.
  let axes: String
  /// The name written beside a point, if there is room.
  let name: (_ index: Int) -> String
  /// The columns between a point and its name.
  var gap = 0
  /// A cost as text.
  let text: (_ cost: Double) -> String
  /// The index of the network under the cursor.
  var selected: Int?

  /// The columns left of the plot, for the percentages.
  private static let margin = 6

  func draw(in area: Rect, of frame: inout Frame) {
    let room = area.rows(.fill, .fixed(2)).0.columns(.fixed(Self.margin), .fill, .fixed(2)).1
    guard room.width >= 10, room.height >= 3, let costs = plot.costs,
      let accuracies = plot.accuracies
    else {
      frame.cells.write(
        "Nothing to show yet.", x: area.x + 1, y: area.y, style: Theme.quiet,
        maxWidth: area.width - 1)
      return
    }
    let ticks = ticks(accuracies, room)
    // As many rows between two percentages as between any other two.
    let inner = room.rows(.fill, .fixed((room.height - 1) / ticks.steps * ticks.steps + 1)).1
    drawAxes(in: inner, costs, accuracies, ticks.step, &frame)
    drawFrontier(in: inner, &frame.cells)
    drawBeaten(in: inner, &frame.cells)
    // What is beaten lies below the frontier, and all below the point under the cursor.
    let frontier = plot.frontier
    let beaten = plot.points.filter { !frontier.contains($0) }
    let all = beaten + frontier
    let ordered = all.filter { $0.index != selected } + all.filter { $0.index == selected }
    for point in ordered { draw(point, isBeaten: beaten.contains(point), in: inner, &frame) }
    for point in ordered.reversed() { drawName(of: point, in: inner, &frame.cells) }
  }

  /// The percentages from one line to the next, and the number of steps, as many as there are rows for.
  private func ticks(_ accuracies: ClosedRange<Double>, _ room: Rect) -> (step: Double, steps: Int)
  {
    let span = accuracies.upperBound - accuracies.lowerBound
    let step = Int(span / 5) < room.height ? 5 : span
    return (step, Int(span / step))
  }

  private func place(_ point: ComparisonPlot.Point, in area: Rect) -> (x: Int, y: Int) {
    let (x, y) = plot.position(of: point)
    return (
      area.x + Int((x * Double(area.width - 1)).rounded()),
      area.maxY - 1 - Int((y * Double(area.height - 1)).rounded())
    )
  }

  private func draw(
    _ point: ComparisonPlot.Point, isBeaten: Bool, in area: Rect, _ frame: inout Frame
  ) {
    let (x, y) = place(point, in: area)
    let (letter, style) = sign(point.index)
    let index = point.index
    clear([x - 1, x + 1], y, in: area, &frame.cells)
    frame.cells.write(
      isBeaten ? letter.lowercased() : letter, x: x, y: y,
      style: index == selected ? Theme.selected : style, maxWidth: 1)
    frame.answer(in: area.row(y, from: x).columns(.fixed(1), .fill).0) { _, _ in
      .compare(.pointed(index))
    }
  }

  /// Writes a point's name beside it, if nothing else stands there.
  private func drawName(
    of point: ComparisonPlot.Point, in area: Rect, _ cells: inout CellBuffer
  ) {
    let name = name(point.index)
    let (x, y) = place(point, in: area)
    for left in [x + 1 + gap, x - gap - name.count]
    where left >= area.x && left + name.count <= area.maxX {
      let isFree = (left - 1..<left + name.count + 1).allSatisfy {
        $0 == x || !cells.contains(x: $0, y: y)
          || ([" ", "─"] + Self.ground).contains(cells[$0, y].text)
      }
      guard isFree else { continue }
      clear([left - 1, left + name.count].filter { $0 != x }, y, in: area, &cells)
      cells.write(name, x: left, y: y, style: point.index == selected ? Theme.key : Theme.quiet)
      return
    }
  }

  /// The signs behind letters and names: the line of a percentage, and the dots of what is beaten.
  private static let ground = ["┄", "·", "."]

  /// Leaves cells beside a letter or a name blank, so that nothing touches it.
  private func clear(_ columns: [Int], _ y: Int, in area: Rect, _ cells: inout CellBuffer) {
    for x in columns where area.contains(x: x, y: y) && Self.ground.contains(cells[x, y].text) {
      cells.write(" ", x: x, y: y)
    }
  }

  /// Dots what lies below the stair: networks there are beaten.
  private func drawBeaten(in area: Rect, _ cells: inout CellBuffer) {
    let places = plot.frontier.map { place($0, in: area) }
    for (index, place) in places.enumerated() {
      let end = index + 1 < places.count ? places[index + 1].x : area.maxX
      cells.dot(
        Rect(x: place.x, y: place.y + 1, width: end - place.x, height: area.maxY - place.y - 1))
    }
  }

  /// A stair through the frontier: what is to be had for a cost.
  private func drawFrontier(in area: Rect, _ cells: inout CellBuffer) {
    let places = plot.frontier.map { place($0, in: area) }
    for (from, to) in zip(places, places.dropFirst()) {
      guard to.x > from.x else { continue }
      let line = String(repeating: "─", count: to.x - from.x)
      cells.write(line + (to.y < from.y ? "╯" : ""), x: from.x, y: from.y, style: Theme.best)
      for y in to.y..<from.y { cells.write("│", x: to.x, y: y, style: Theme.best) }
    }
  }

  private func drawAxes(
    in area: Rect, _ costs: ClosedRange<Double>, _ accuracies: ClosedRange<Double>, _ step: Double,
    _ frame: inout Frame
  ) {
    let span = accuracies.upperBound - accuracies.lowerBound
    for percent in stride(from: accuracies.lowerBound, through: accuracies.upperBound, by: step) {
      let share = (percent - accuracies.lowerBound) / span
      let row = area.maxY - 1 - Int((share * Double(area.height - 1)).rounded())
      frame.cells.write(
        NumberText.percent(percent / 100).padded(left: Self.margin - 2), x: area.x - Self.margin,
        y: row, style: Theme.quiet)
      frame.cells.write(
        String(repeating: "┄", count: area.width), x: area.x, y: row, style: Theme.quiet)
    }
    for row in area.y..<area.maxY {
      frame.cells.write("│", x: area.x - 1, y: row, style: Theme.quiet)
    }
    frame.cells.write(
      "└" + String(repeating: "─", count: area.width), x: area.x - 1, y: area.maxY,
      style: Theme.quiet)
    let (lower, upper) = (text(costs.lowerBound), text(costs.upperBound))
    frame.cells.write(lower, x: area.x, y: area.maxY + 1, style: Theme.quiet)
    frame.cells.write(
      upper, x: area.maxX - upper.count, y: area.maxY + 1, style: Theme.quiet)
    let room = area.width - 2 * upper.count - 4
    frame.cells.write(
      axes, x: area.x + upper.count + 2 + max(0, (room - axes.count) / 2), y: area.maxY + 1,
      style: Theme.quiet, maxWidth: max(0, room))
  }
}

/// The letters and colours of networks in a plot.
struct NetworkSigns {
  /// The names, in the order of their letters.
  let names: [String]

  /// Gives each different name a letter.
  init(_ names: [String]) {
    self.names = names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Different tones for as many networks as are compared; on a dark ground the first five differ with
  /// sixteen colours too.
  private static let tones: [Tone] = [
    .key, .question, .positive, .best, .other, .against, .negative,
  ]

  /// Returns the letter and the style of the network called `name`.
  func sign(of name: String) -> (letter: String, style: Style) {
    let place = names.firstIndex(of: name) ?? 0
    return (
      String(UnicodeScalar(UInt8(65 + place % 26))),
      Style(tone: Self.tones[place % Self.tones.count], bold: true)
    )
  }

  /// Draws the letters and names, and what the line and small letters mean, in as many lines of `area`
  /// as they need; answers what is left below.
  func drawLegend(in area: Rect, of cells: inout CellBuffer) -> Rect {
    let meanings = [
      ("── best for its cost; else small letters", Theme.best),
      ("·· beaten: as dear and no better", Theme.quiet),
    ]
    let entries = names.map { "\(sign(of: $0).letter) \($0)" }
    let isLong =
      (entries + meanings.map(\.0)).reduce(-2) { $0 + $1.count + 2 } > area.width - 1
    var (x, y) = (area.x + 1, area.y)
    func write(_ text: String, _ style: Style, letter: (String, Style)? = nil) {
      if x > area.x + 1, x + text.count > area.maxX { (x, y) = (area.x + 1, y + 1) }
      let end = cells.write(text, x: x, y: y, style: style, maxWidth: area.maxX - x)
      if let letter { cells.write(letter.0, x: x, y: y, style: letter.1) }
      x = end + 2
    }
    for (name, entry) in zip(names, entries) {
      let (letter, style) = sign(of: name)
      let text = isLong ? "\(letter) \(Candidate.short(name))" : entry
      write(text, Theme.quiet, letter: (letter, style))
    }
    for (text, style) in meanings { write(text, style) }
    return area.rows(.fixed(y + 1 - area.y), .fill).1
  }
}
