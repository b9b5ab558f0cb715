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
    let inner = Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
    guard let line = screen.line(core) else {
      let text =
        core.live == nil
        ? "Measuring how fast this machine computes, and reads from its caches and from memory …"
        : "Stop the stream to measure."
      Paragraph.draw(text, in: inner, style: Theme.quiet, of: &frame.cells)
      return
    }
    let title = Paragraph.draw(text(of: line), in: inner, style: Theme.title, of: &frame.cells)
    let below = inner.rows(.fixed(title), .fill).1
    let told = max(2, Paragraph.draw(sentence(line), in: below, of: &frame.cells))
    let isRoomy = Layout.isRoomy(core.size)
    // Beside a narrow plot there is no room for what its letters mean: that goes below both.
    let legend = isRoomy ? 0 : RooflinePlot.legend.rows(width: inner.width)
    let (_, body, meaning) = area.rows(.fixed(title + told), .fill, .fixed(legend))
    let width = Self.listWidth + (isRoomy ? Self.barWidth + 2 : 0)
    let (list, plot) = body.columns(.fixed(min(width, body.width)), .fill, gap: isRoomy ? 0 : 2)
    let inside = frame.pane(list, title: "layers, and how near their limit", hasArrows: true)
    drawList(line.points, in: inside, of: &frame)
    RooflinePlot(line: line, selected: core.selection.layer, hasLegend: isRoomy)
      .draw(in: frame.pane(plot, title: "layers under the roof"), of: &frame)
    RooflinePlot.legend.draw(
      in: Rect(x: inner.x, y: meaning.y, width: inner.width, height: meaning.height),
      of: &frame.cells)
  }

  private func rate(_ value: Double) -> String { NumberText.fixed(value, value < 10 ? 1 : 0) }

  /// Returns the machine's speed and bandwidths.
  func text(of line: Roofline) -> String {
    let levels = line.roof.levels.map { level in
      "\(rate(level.bandwidth)) from \(level.name)"
        + (level.capacity == .max ? "" : " (\(NumberText.bytes(level.capacity)))")
    }
    return "This machine: \(rate(line.roof.multiplyAdds)) G multiply-adds a second; GB/s: "
      + levels.joined(separator: ", ")
      + (line.isRaised ? "; raised to what layers reached" : "")
  }

  /// Returns a sentence on the limit of the selected layer.
  func sentence(_ line: Roofline) -> String {
    guard let point = line.points[core.selection.layer] else {
      return "\(core.layer.name) has no multiply-adds."
    }
    let place = point.level.capacity == .max ? "from memory" : "in \(point.level.name)"
    let ridge = NumberText.fixed(line.roof.ridge(of: point.level), 1)
    let intensity = NumberText.fixed(point.intensity, 1)
    return "\(core.layer.name) does \(intensity) multiply-adds a byte and reads and writes "
      + "\(NumberText.bytes(point.bytes)) (\(place)). "
      + (point.isMemoryBound
        ? "Bytes hold it back, up to \(ridge) multiply-adds a byte."
        : "Arithmetic holds it back; below \(ridge) bytes would.")
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
