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

  /// The widths of the list, and of its bars if there is room for them, in columns.
  private static let (listWidth, barWidth) = (44, 20)

  func draw(in area: Rect, of frame: inout Frame) {
    guard let roof = screen.roof(core), core.original != nil else {
      let text =
        core.live == nil
        ? "measuring how fast this machine computes, and reads from its caches and from memory …"
        : "Stop the stream to measure."
      frame.cells.write(text, x: area.x + 1, y: area.y, style: Theme.quiet, maxWidth: area.width)
      return
    }
    let points = screen.points(core, under: roof)
    let (top, body) = area.rows(.fixed(3), .fill)
    let inner = Rect(x: top.x + 1, y: top.y, width: top.width - 2, height: top.height)
    frame.cells.write(
      text(of: roof), x: inner.x, y: inner.y, style: Theme.title, maxWidth: inner.width)
    Paragraph.draw(
      sentence(points, roof),
      in: Rect(x: inner.x, y: inner.y + 1, width: inner.width, height: 2), of: &frame.cells)
    let isRoomy = Layout.isRoomy(core.size)
    let width = Self.listWidth + (isRoomy ? Self.barWidth + 2 : 0)
    let (list, plot) = body.columns(.fixed(min(width, body.width)), .fill, gap: isRoomy ? 0 : 2)
    let title = "layers, and what part of their limit they reach"
    drawList(points, in: frame.pane(list, title: title, hasArrows: true), of: &frame)
    RooflinePlot(points: points, roof: roof, selected: core.selection.layer)
      .draw(in: frame.pane(plot, title: "layers under the roof"), of: &frame)
  }

  private func rate(_ value: Double) -> String { NumberText.fixed(value, value < 10 ? 1 : 0) }

  /// Returns the machine's speed and bandwidths.
  func text(of roof: Roof) -> String {
    let levels = roof.levels.map { level in
      "\(rate(level.bandwidth)) from \(level.name)"
        + (level.capacity == .max ? "" : " (\(NumberText.bytes(level.capacity)))")
    }
    return "This machine: \(rate(roof.multiplyAdds)) G multiply-adds a second; GB/s: "
      + levels.joined(separator: ", ")
  }

  /// Returns a sentence on the limit of the selected layer.
  func sentence(_ points: [Int: RooflinePoint], _ roof: Roof) -> String {
    guard let point = points[core.selection.layer] else {
      return "\(core.layer.name) has no multiply-adds."
    }
    let place = point.level.capacity == .max ? "from memory" : "in \(point.level.name)"
    let ridge = NumberText.fixed(roof.ridge(of: point.level), 1)
    let intensity = NumberText.fixed(point.intensity, 1)
    return "\(core.layer.name) does \(intensity) multiply-adds a byte and reads and writes "
      + "\(NumberText.bytes(point.bytes)) (\(place)): "
      + (point.isMemoryBound
        ? "fewer than \(ridge), so that bytes hold it back, not arithmetic."
        : "more than \(ridge), so that arithmetic holds it back.")
      + (point.speed > point.limit ? " Faster than its limit: some bytes were nearer." : "")
  }

  private func drawList(
    _ points: [Int: RooflinePoint], in area: Rect, of frame: inout Frame
  ) {
    let end = frame.cells.write(
      "  # layer       MA/byte from  GMA/s of limit", x: area.x, y: area.y, style: Theme.quiet,
      maxWidth: area.width)
    let selected = core.selection.layer
    ScrollingList(count: core.layers.count, selected: selected).draw(
      in: Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1), of: &frame,
      click: { .layerSelected($0) }, wheel: { .layerMoved(by: $0) }
    ) { position, row, frame in
      let isSelected = position == selected
      let layer = core.layers[position]
      let point = points[position]
      let numbers = point.map { point in
        NumberText.fixed(point.intensity, 1).padded(left: 8)
          + " \(point.level.name.prefix(3))".padded(right: 5)
          + NumberText.fixed(point.speed, 1).padded(left: 7)
          + NumberText.percent(point.speed / point.limit).padded(left: 9)
      }
      frame.cells.write(
        (isSelected ? "▸" : " ") + "\(layer.index)".padded(left: 2) + " "
          + layer.name.padded(right: 11) + (numbers ?? "       –"), x: row.x, y: row.y,
        style: isSelected ? Theme.selected : Theme.plain, maxWidth: row.width)
      guard let point, row.maxX - end > 2 else { return }
      frame.cells.bar(
        point.speed / point.limit,
        in: Rect(x: end + 1, y: row.y, width: row.maxX - end - 1, height: 1),
        style: point.style)
    }
  }
}
