import Cells
import Comparison

import MobileNet
import Reports

extension RooflineScreen {
  static let shortcuts: [Binding] = [
    shortcut(
      "^",
      help: "Show what holds each layer back on this machine: arithmetic or memory (a roofline).")
  ]

  static let bindings: [Binding] = Bindings.layers

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    RooflineView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The layers in a list, and as points below the machine's roof.
struct RooflineView {
  let screen: RooflineScreen
  let core: Core

  /// The width of the list in a small terminal, in columns.
  private static let listWidth = 44
  /// The fewest rows below the list for what the chosen layer's time is made of.
  private static let fewestRows = 8

  func draw(in area: Rect, of frame: inout Frame) {
    let inner = area.inset(1)
    guard let line = screen.line(core) else {
      let text =
        core.live == nil
        ? "Measuring how fast this machine computes, and reads from its caches and from memory …"
        : "Stop the stream to measure."
      let rows = Paragraph.draw(text, in: inner, style: Theme.quiet, of: &frame.cells)
      FilmstripView(core: core).draw(in: inner.rows(.fixed(rows + 1), .fill).1, of: &frame)
      return
    }
    let title = Paragraph.draw(text(of: line), in: inner, style: Theme.title, of: &frame.cells)
    let below = inner.rows(.fixed(title), .fill).1
    let told = max(2, Paragraph.draw(sentence(line), in: below, of: &frame.cells))
    let isRoomy = Layout.isRoomy(core.size)
    // Beside a narrow plot there is no room for what its letters mean: that goes below both.
    let legend = isRoomy ? 0 : RooflinePlot.legend.rows(width: inner.width)
    let (_, body, meaning) = area.rows(.fixed(title + told), .fill, .fixed(legend))
    let (left, plot) = body.columns(
      isRoomy ? .ratio(1, 2) : .fixed(min(Self.listWidth, body.width)), .fill,
      gap: isRoomy ? 0 : 2)
    // A line of names and the frame come on top of the layers.
    let rest = left.height - core.layers.count - 3
    let (list, times) = left.rows(.fill, .fixed(rest >= Self.fewestRows ? rest : 0))
    drawList(
      line.points,
      in: frame.pane(list, title: "layers, and how near their limit", hasArrows: true), of: &frame)
    if times.height > 0 {
      drawTimes(
        line, in: frame.pane(times, title: "how long \(core.layer.name) and all layers take"),
        of: &frame)
    }
    let (roof, moved) = plot.rows(
      .fill, .fixed(isRoomy ? plot.height * 9 / 20 : 0))
    RooflinePlot(line: line, selected: core.selection.layer, isLarge: isRoomy)
      .draw(in: frame.pane(roof, title: "layers under the roof"), of: &frame)
    if isRoomy { drawMoved(in: moved, of: &frame) }
    RooflinePlot.legend.draw(in: meaning.inset(1), of: &frame.cells)
  }

  /// Draws what the chosen layer reads and what it makes, whose bytes are moved.
  private func drawMoved(in area: Rect, of frame: inout Frame) {
    guard let trace = core.original?.trace else { return }
    let position = core.selection.layer
    let layer = core.layers[position]
    let weights =
      layer.hasWeights
      ? ", with \(NumberText.grouped(layer.parameters)) weights, \(size(layer.parameters))" : ""
    let inside = frame.pane(area, title: "what \(layer.name) moves\(weights)")
    let (first, second) = inside.columns(.ratio(1, 2), .fill, gap: 2)
    let read = position == 0 ? 0 : core.channel(at: position - 1)
    for (verb, output, channel, place) in [
      ("reads", trace.input(at: position), read, first),
      ("makes", trace.output(at: position), core.channel, second),
    ] {
      let (caption, picture) = place.rows(.fixed(1), .fill)
      let count = output.shape.count
      frame.cells.write(
        "\(verb) \(output.shape): \(size(count))", x: caption.x, y: caption.y, style: Theme.quiet,
        maxWidth: caption.width)
      ChannelPicture(output: output, channel: channel, view: core.heatView).draw(
        in: picture, of: &frame.cells)
    }
  }

  /// The bytes of so many floats.
  private func size(_ floats: Int) -> String { NumberText.bytes(4 * floats) }

  /// Draws how long the chosen layer and all layers take, beside what arithmetic and bytes alone would
  /// take; then the machine's levels of memory.
  private func drawTimes(_ line: Roofline, in area: Rect, of frame: inout Frame) {
    let all = line.points.values.sorted { $0.layer.index < $1.layer.index }
    let others = core.layers.indices.filter { line.points[$0] == nil }.map { core.layers[$0].name }
    let allName = others.isEmpty ? "all layers" : "all but \(others.joined(separator: ", "))"
    let own = line.points[core.selection.layer].map { [$0] } ?? []
    var rows: [Row] = []
    for (name, points) in [(core.layer.name, own), (allName, all)] where !points.isEmpty {
      func add(_ what: String, _ milliseconds: [Double], _ style: Style) {
        let sum = milliseconds.reduce(0, +)
        rows.append((what, sum, "\(NumberText.value(Float(sum))) ms", style))
      }
      add("\(name), measured", points.map(\.milliseconds), Theme.best)
      add("  arithmetic alone", points.map(\.arithmetic), RooflinePoint.arithmeticStyle)
      add("  bytes alone", points.map(\.transfer), RooflinePoint.bytesStyle)
    }
    let levels = line.roof.levels.map { level in
      (
        "reads from \(level.name)", level.bandwidth, "\(rate(level.bandwidth)) GB/s",
        RooflinePoint.bytesStyle
      )
    }
    let times = [Array(rows.prefix(3)), Array(rows.dropFirst(3)), kinds(all)]
    // All times share one scale.
    let longest = times.joined().map(\.value).max() ?? 1
    let fastest = levels.map(\.1).max() ?? 1
    let groups: [(rows: [Row], most: Double)] = [
      (times[0], longest), (times[1], longest), (levels, fastest), (times[2], longest),
    ]
    let count = groups.reduce(groups.count - 1) { $0 + $1.rows.count }
    let gap = count <= area.height ? 1 : 0
    let names = groups.flatMap(\.rows).map(\.name.count).max() ?? 0
    var y = area.y
    for (group, most) in groups {
      guard y + group.count <= area.maxY else { break }
      for item in group {
        let text = item.name.padded(right: names + 1) + item.text.padded(left: 10) + " "
        let end = frame.cells.write(text, x: area.x + 1, y: y, maxWidth: area.width - 1)
        frame.cells.bar(item.value / most, in: area.row(y, from: end), style: item.style)
        y += 1
      }
      y += gap
    }
  }

  private typealias Row = (name: String, value: Double, text: String, style: Style)

  /// The times that the layers of each kind take together.
  private func kinds(_ points: [RooflinePoint]) -> [Row] {
    let all = MobileNet.Operation.Kind.allCases.map { kind in
      (kind, points.filter { $0.layer.kind == kind }.map(\.milliseconds).reduce(0, +))
    }
    return all.filter { $1 > 0 }.map { kind, sum in
      ("\(kind.rawValue) layers", sum, "\(NumberText.value(Float(sum))) ms", Theme.best)
    }
  }

  private func rate(_ value: Double) -> String { NumberText.fixed(value, value < 10 ? 1 : 0) }

  /// Returns the machine's speed and bandwidths.
  func text(of line: Roofline) -> String {
    let levels = line.roof.levels.map { level in
      "\(rate(level.bandwidth)) from \(level.name)"
        + (level.capacity == .max ? "" : " (\(NumberText.bytes(level.capacity)))")
    }
    // In a small terminal what is found out stands above how it was.
    let note = Layout.isRoomy(core.size) ? line.note.map { "; \($0)" } ?? "" : ""
    return "This machine: \(rate(line.roof.multiplyAdds)) G multiply-adds a second; GB/s: "
      + levels.joined(separator: ", ") + note
  }

  /// Returns a sentence on the limit of the selected layer.
  func sentence(_ line: Roofline) -> String {
    guard let point = line.points[core.selection.layer] else {
      return "\(core.layer.name) has no multiply-adds."
    }
    let place =
      point.level.capacity == .max ? "from and to memory" : "which \(point.level.name) holds"
    let ridge = NumberText.fixed(line.roof.ridge(of: point.level), 1)
    let intensity = NumberText.fixed(point.intensity, 1)
    return "\(core.layer.name) does \(intensity) multiply-adds a byte and reads and writes "
      + "\(NumberText.bytes(point.bytes)), \(place). "
      + (point.isMemoryBound
        ? "Bytes hold it back: below \(ridge) multiply-adds a byte, \(point.level.name) brings them too "
          + "slowly to keep the cores busy."
        : "Arithmetic holds it back: from \(ridge) multiply-adds a byte on, \(point.level.name) brings "
          + "bytes fast enough to keep the cores busy.")
  }

  private func drawList(
    _ points: [Int: RooflinePoint], in area: Rect, of frame: inout Frame
  ) {
    let (title, rows) = area.rows(.fixed(1), .fill)
    let hasTimes = area.width >= Self.listWidth + Self.timesWidth + Self.barWidth
    let end = frame.cells.write(
      "  # layer       MA/byte from  GMA/s of limit" + (hasTimes ? "     ms  least" : ""),
      x: title.x, y: title.y, style: Theme.quiet, maxWidth: title.width)
    let selected = core.selection.layer
    ScrollingList(count: core.layers.count, selected: selected).draw(
      in: rows, of: &frame, click: { .layerSelected($0) }, wheel: { .layerMoved(by: $0) }
    ) { position, row, frame in
      let isSelected = position == selected
      let layer = core.layers[position]
      let numbers = points[position].map { text(of: $0, hasTimes: hasTimes) }
      frame.cells.write(
        (isSelected ? "▸" : " ") + "\(layer.index)".padded(left: 2) + " "
          + layer.name.padded(right: 11) + (numbers ?? "       –"), x: row.x, y: row.y,
        style: isSelected ? Theme.selected : Theme.plain, maxWidth: row.width)
      guard let point = points[position] else { return }
      frame.cells.bar(
        point.speed / point.limit, in: row.row(row.y, from: end + 1), style: point.style,
        isDotted: true)
    }
  }

  /// The widths of the columns of times, and of the bars beside them, in columns.
  private static let (timesWidth, barWidth) = (14, 12)

  private func text(of point: RooflinePoint, hasTimes: Bool) -> String {
    let text =
      NumberText.fixed(point.intensity, 1).padded(left: 8)
      + " \(point.level.name.prefix(3))".padded(right: 5)
      + NumberText.fixed(point.speed, 1).padded(left: 7)
      + NumberText.percent(point.speed / point.limit).padded(left: 9)
    guard hasTimes else { return text }
    let least = max(point.arithmetic, point.transfer)
    return text
      + [point.milliseconds, least].map {
        NumberText.fixed($0, 3).padded(left: 7)
      }.joined()
  }
}
