import Cells
import Comparison
import Reports

/// Accuracy against cost as a picture: a letter for each network, small where another one is as cheap
/// and as good, and a line along the others.
struct ComparisonPlotView {
  let plot: ComparisonPlot
  /// The letter and the style of the network at an index in its list.
  let sign: (_ index: Int) -> (letter: String, style: Style)
  /// The label of the axes, and shorter ones for less room.
  let axes: [String]
  /// The name written beside a point, if there is room.
  let name: (_ index: Int) -> String
  /// The columns between a point and its name.
  var gap = 0
  /// A cost as text.
  let text: (_ cost: Double) -> String
  /// The index of the network under the cursor.
  var selected: Int?
  /// Lines for the corner above the frontier, where nothing else stands: as many as fit.
  var notes: [String] = []

  /// The columns left of the plot, for the percentages.
  private static let margin = 6

  func draw(in area: Rect, of frame: inout Frame) {
    let room = area.rows(.fill, .fixed(2)).0.columns(.fixed(Self.margin), .fill, .fixed(2)).1
    guard room.width >= 10, room.height >= 3, let costs = plot.costs,
      let axis = axis(rows: room.height - 1)
    else {
      frame.cells.write(
        "Nothing to show yet.", x: area.x + 1, y: area.y, style: Theme.quiet,
        maxWidth: area.width - 1)
      return
    }
    let inner = Inner(
      area: room.rows(.fill, .fixed(axis.rows + 1)).1, accuracies: axis.accuracies)
    drawAxes(in: inner, costs, axis.step, &frame)
    drawFrontier(in: inner, &frame.cells)
    drawBeaten(in: inner, &frame.cells)
    // What is beaten lies below the frontier, and all below the point under the cursor.
    let frontier = plot.frontier
    let beaten = plot.points.filter { !frontier.contains($0) }
    let all = beaten + frontier
    let ordered = all.filter { $0.index != selected } + all.filter { $0.index == selected }
    drawNotes(in: inner, &frame.cells)
    for point in ordered { draw(point, isBeaten: beaten.contains(point), in: inner, &frame) }
    for point in ordered.reversed() { drawName(of: point, in: inner, &frame.cells) }
  }

  /// The part of the plot between the axes.
  private struct Inner {
    let area: Rect
    let accuracies: ClosedRange<Double>
  }

  /// Returns the percentages from one line to the next, their range, and the rows that it takes of so
  /// many `rows`: as many between two lines as between any other two.
  private func axis(rows: Int) -> (step: Double, accuracies: ClosedRange<Double>, rows: Int)? {
    let axes = [5.0, 10, 20, 50].compactMap { step in
      plot.accuracies(by: step).map { range in
        let steps = Int((range.upperBound - range.lowerBound) / step)
        return (step: step, accuracies: range, rows: rows / steps * steps)
      }
    }
    func perRow(_ range: ClosedRange<Double>, _ rows: Int) -> Double {
      (range.upperBound - range.lowerBound) / Double(rows)
    }
    let possible = axes.filter { $0.rows > 0 }
    // Finer steps are better, unless they leave many rows over.
    let least = possible.map { perRow($0.accuracies, $0.rows) }.min() ?? 0
    return possible.first { perRow($0.accuracies, $0.rows) <= 4 / 3 * least }
  }

  private func place(_ point: ComparisonPlot.Point, in inner: Inner) -> (x: Int, y: Int) {
    let (x, y) = plot.position(of: point, between: inner.accuracies)
    let area = inner.area
    return (
      area.x + Int((x * Double(area.width - 1)).rounded()),
      area.maxY - 1 - Int((y * Double(area.height - 1)).rounded())
    )
  }

  private func draw(
    _ point: ComparisonPlot.Point, isBeaten: Bool, in inner: Inner, _ frame: inout Frame
  ) {
    let area = inner.area
    let (x, y) = place(point, in: inner)
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

  /// Writes a point's name beside it, or else above or below it, where nothing else stands and no other
  /// point is so near that the name might be that one's.
  private func drawName(
    of point: ComparisonPlot.Point, in inner: Inner, _ cells: inout CellBuffer
  ) {
    let area = inner.area
    let name = name(point.index)
    let (x, y) = place(point, in: inner)
    let others = plot.points.filter { $0 != point }.map { place($0, in: inner) }
    let sites = sites(ofName: name.count, x, y)
    // A name in the row above or below may be near to another point rather than be left out.
    for (index, (left, row)) in (sites + sites).enumerated() {
      let isStrict = index < sites.count
      let columns = left..<left + name.count
      guard columns.lowerBound >= area.x, columns.upperBound <= area.maxX,
        area.contains(x: x, y: row)
      else { continue }
      let margin = max(1, Self.betweenNames * gap)
      let isFree = (left - margin..<columns.upperBound + margin).allSatisfy {
        $0 == x && row == y || !area.contains(x: $0, y: row)
          || ([" ", "─"] + Self.ground).contains(cells[$0, row].text)
      }
      let isClear = others.allSatisfy {
        (isStrict ? abs($0.y - row) > abs(y - row) : $0.y != row)
          || !(left - Self.apart * gap..<columns.upperBound + Self.apart * gap).contains($0.x)
      }
      guard isFree, isClear else { continue }
      clear([left - 1, columns.upperBound].filter { $0 != x || row != y }, row, in: area, &cells)
      cells.write(name, x: left, y: row, style: point.index == selected ? Theme.key : Theme.quiet)
      return
    }
  }

  /// The fewest gaps between a name and the point of another network.
  private static let apart = 4
  /// The fewest gaps between two names.
  private static let betweenNames = 2

  /// Returns where a name of so many columns can begin, the best place first: beside its point at `x`, `y`;
  /// where there is a gap between them, also in the row above and below.
  private func sites(ofName columns: Int, _ x: Int, _ y: Int) -> [(x: Int, y: Int)] {
    let beside = [x + 1 + gap, x - gap - columns].map { ($0, y) }
    let near = gap > 0 ? [x - columns / 2, x - columns + 1, x] : []
    return beside + near.flatMap { left in [(left, y - 1), (left, y + 1)] }
  }

  /// The signs behind letters and names: the line of a percentage, and the dots of what is beaten.
  private static let ground = ["┄", "·", "."]

  /// Leaves cells beside a letter or a name blank, so that nothing touches it.
  private func clear(_ columns: [Int], _ y: Int, in area: Rect, _ cells: inout CellBuffer) {
    for x in columns where area.contains(x: x, y: y) && Self.ground.contains(cells[x, y].text) {
      cells.write(" ", x: x, y: y)
    }
  }

  /// The fewest lines of notes.
  private static let fewestNotes = 3

  /// Writes the notes below the highest percentage, above all points that are as cheap.
  private func drawNotes(in inner: Inner, _ cells: inout CellBuffer) {
    let area = inner.area
    let width = (notes.map(\.count).max() ?? 0) + 2
    let below = plot.points.map { place($0, in: inner) }.filter { $0.x <= area.x + width }
    let room = (below.map(\.y).min() ?? area.maxY) - area.y - 2
    guard width < area.width, room >= min(Self.fewestNotes, notes.count) else { return }
    let shown = notes.count <= room ? notes.count : room - 1
    let more = shown < notes.count ? ["… \(notes.count - shown) more"] : []
    for (line, text) in (notes.prefix(shown) + more).enumerated() {
      cells.write(
        " " + text.padded(right: width - 1), x: area.x, y: area.y + 1 + line, style: Theme.quiet)
    }
  }

  /// Dots what lies below the stair: networks there are beaten.
  private func drawBeaten(in inner: Inner, _ cells: inout CellBuffer) {
    let area = inner.area
    let places = plot.frontier.map { place($0, in: inner) }
    for (index, place) in places.enumerated() {
      let end = index + 1 < places.count ? places[index + 1].x : area.maxX
      cells.dot(
        Rect(x: place.x, y: place.y + 1, width: end - place.x, height: area.maxY - place.y - 1))
    }
  }

  /// A stair through the frontier: what is to be had for a cost.
  private func drawFrontier(in inner: Inner, _ cells: inout CellBuffer) {
    let places = plot.frontier.map { place($0, in: inner) }
    for (from, to) in zip(places, places.dropFirst()) {
      if to.x > from.x {
        let line = String(repeating: "─", count: to.x - from.x)
        cells.write(line + (to.y < from.y ? "╯" : ""), x: from.x, y: from.y, style: Theme.best)
      }
      for y in to.y..<from.y { cells.write("│", x: to.x, y: y, style: Theme.best) }
    }
  }

  private func drawAxes(
    in inner: Inner, _ costs: ClosedRange<Double>, _ step: Double, _ frame: inout Frame
  ) {
    let (area, accuracies) = (inner.area, inner.accuracies)
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
    guard let label = axes.first(where: { $0.count <= room }) else { return }
    frame.cells.write(
      label, x: area.x + upper.count + 2 + (room - label.count) / 2, y: area.maxY + 1,
      style: Theme.quiet)
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

  /// Different tones for as many networks as are compared.
  ///
  /// With sixteen colours some look alike: it is letters that tell networks apart.
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

  /// Draws the letters and names unless they stand elsewhere, and what the line and small letters mean,
  /// in as many lines of `area` as they need; answers what is left below.
  func drawLegend(
    in area: Rect, namesToo hasNames: Bool = true, of cells: inout CellBuffer
  ) -> Rect {
    let names = hasNames ? names : []
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
