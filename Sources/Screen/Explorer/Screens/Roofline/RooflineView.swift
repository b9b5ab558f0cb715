import Cells
import Comparison
import Foundation
import MobileNet
import Reports

extension RooflineScreen {
  static let bindings: [Binding] = Bindings.layers

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    RooflineView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The layers in a list, and as points below this machine's roof.
struct RooflineView {
  let screen: RooflineScreen
  let core: Core

  /// The columns of the list.
  private static let listWidth = 40

  func draw(in area: Rect, of frame: inout Frame) {
    guard let roof = screen.roof(core), core.original != nil else {
      let text = core.live == nil ? "measuring this machine …" : "Stop the stream to measure."
      frame.cells.write(text, x: area.x + 1, y: area.y, style: Theme.quiet, maxWidth: area.width)
      return
    }
    let points = screen.points(core, under: roof)
    let (top, body) = area.rows(.fixed(3), .fill)
    let inner = Rect(x: top.x + 1, y: top.y, width: top.width - 2, height: top.height)
    frame.cells.write(
      "This machine: \(rate(roof.multiplyAdds)) G multiply-adds a second; \(rate(roof.memory)) GB/s from "
        + "memory, \(rate(roof.cache)) from caches", x: inner.x, y: inner.y, style: Theme.title,
      maxWidth: inner.width)
    Paragraph.draw(
      sentence(points, roof),
      in: Rect(x: inner.x, y: inner.y + 1, width: inner.width, height: 2), of: &frame.cells)
    let (list, plot) = body.columns(.fixed(min(Self.listWidth, body.width)), .fill, gap: 2)
    drawList(points, in: list, of: &frame)
    RooflinePlot(points: points, roof: roof, selected: core.selection.layer)
      .draw(in: plot, of: &frame)
  }

  private func rate(_ value: Double) -> String { NumberText.fixed(value, value < 10 ? 1 : 0) }

  /// What holds the selected layer back.
  func sentence(_ points: [Int: RooflinePoint], _ roof: Roof) -> String {
    guard let point = points[core.selection.layer] else {
      return "\(core.layer.name) has no multiply-adds."
    }
    let bytes = NumberText.bytes(point.bytes)
    let work =
      "\(core.layer.name) does \(NumberText.fixed(point.intensity, 1)) multiply-adds for each of "
      + "the \(bytes) it reads and writes"
    let ridge = NumberText.fixed(roof.ridge, 1)
    return point.isMemoryBound
      ? "\(work): fewer than \(ridge), so that bytes hold it back, not arithmetic."
      : "\(work): more than \(ridge), so that arithmetic holds it back."
  }

  private func drawList(
    _ points: [Int: RooflinePoint], in area: Rect, of frame: inout Frame
  ) {
    frame.cells.write(
      "  # layer       MA/byte   GMA/s of limit", x: area.x, y: area.y, style: Theme.quiet,
      maxWidth: area.width)
    let selected = core.selection.layer
    ScrollingList(count: core.layers.count, selected: selected).draw(
      in: Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1), of: &frame,
      click: { .layerSelected($0) }, wheel: { .layerMoved(by: $0) }
    ) { position, row, frame in
      let isSelected = position == selected
      let layer = core.layers[position]
      let numbers = points[position].map { point in
        NumberText.fixed(point.intensity, 1).padded(left: 8)
          + NumberText.fixed(point.speed, 1).padded(left: 8)
          + NumberText.percent(point.speed / point.limit).padded(left: 9)
      }
      frame.cells.write(
        (isSelected ? "▸" : " ") + "\(layer.index)".padded(left: 2) + " "
          + layer.name.padded(right: 11) + (numbers ?? "       –"), x: row.x, y: row.y,
        style: isSelected ? Theme.selected : Theme.plain, maxWidth: row.width)
    }
  }
}

/// The layers as points, both axes by logarithms: multiply-adds a byte, and a second.
struct RooflinePlot {
  let points: [Int: RooflinePoint]
  let roof: Roof
  /// The position of the layer under the cursor.
  let selected: Int

  /// The columns left of the plot, for numbers.
  private static let margin = 6

  func draw(in area: Rect, of frame: inout Frame) {
    let inner = Rect(
      x: area.x + Self.margin, y: area.y + 1, width: area.width - Self.margin - 1,
      height: area.height - 4)
    guard inner.width >= 12, inner.height >= 4 else { return }
    drawAxes(in: inner, &frame)
    drawLimits(in: inner, &frame)
    for position in points.keys.sorted() where position != selected {
      draw(position, in: inner, Theme.title, &frame)
    }
    // Last, so that it lies on top.
    draw(selected, in: inner, Theme.selected, &frame)
    frame.cells.write(
      "c convolution  d depthwise  p pointwise  f fully connected", x: area.x, y: area.maxY - 1,
      style: Theme.quiet, maxWidth: area.width)
  }

  /// From a quarter multiply-add a byte to as many as any layer has.
  private var intensities: ClosedRange<Double> {
    let most = points.values.map(\.intensity).max() ?? 1
    return 0.25...max(most, roof.ridge) * 2
  }

  private var speeds: ClosedRange<Double> {
    let least = points.values.map(\.speed).min() ?? 1
    return min(least, roof.multiplyAdds / 10) / 2...roof.multiplyAdds * 1.5
  }

  private func share(_ value: Double, of range: ClosedRange<Double>) -> Double {
    min(max(log(value / range.lowerBound) / log(range.upperBound / range.lowerBound), 0), 1)
  }

  private func row(_ speed: Double, in area: Rect) -> Int {
    area.maxY - 1 - Int((share(speed, of: speeds) * Double(area.height - 1)).rounded())
  }

  private func column(_ intensity: Double, in area: Rect) -> Int {
    area.x + Int((share(intensity, of: intensities) * Double(area.width - 1)).rounded())
  }

  private func drawAxes(in area: Rect, _ frame: inout Frame) {
    for row in area.y..<area.maxY {
      frame.cells.write("│", x: area.x - 1, y: row, style: Theme.quiet)
    }
    frame.cells.write(
      "└" + String(repeating: "─", count: area.width), x: area.x - 1, y: area.maxY,
      style: Theme.quiet)
    frame.cells.write(
      "G multiply-adds a second", x: area.x - Self.margin + 1, y: area.y - 1, style: Theme.quiet,
      maxWidth: area.width)
    for power in -2...4 {
      let value = pow(10, Double(power))
      let text = NumberText.trimmed(value)
      if speeds.contains(value) {
        frame.cells.write(
          text.padded(left: Self.margin - 2), x: area.x - Self.margin, y: row(value, in: area),
          style: Theme.quiet)
      }
    }
    let name = "multiply-adds a byte"
    for value in [0.5, 1, 2, 5, 10, 20, 50, 100] where intensities.contains(value) {
      let (x, text) = (column(value, in: area), NumberText.trimmed(value))
      guard x + text.count < area.maxX - name.count else { break }
      frame.cells.write(text, x: x, y: area.maxY + 1, style: Theme.quiet)
    }
    frame.cells.write(
      name, x: area.maxX - name.count, y: area.maxY + 1, style: Theme.quiet, maxWidth: name.count)
  }

  /// The roof, and the slopes that memory and caches lead up to it by.
  private func drawLimits(in area: Rect, _ frame: inout Frame) {
    let span = log(intensities.upperBound / intensities.lowerBound)
    for step in 0..<area.width {
      let intensity =
        intensities.lowerBound * exp(Double(step) / Double(area.width - 1) * span)
      for (bandwidth, sign) in [(roof.cache, "·"), (roof.memory, "•")] {
        let limit = intensity * bandwidth
        guard limit < roof.multiplyAdds, speeds.contains(limit) else { continue }
        frame.cells.write(sign, x: area.x + step, y: row(limit, in: area), style: Theme.bar)
      }
      if intensity * roof.cache >= roof.multiplyAdds {
        frame.cells.write(
          "─", x: area.x + step, y: row(roof.multiplyAdds, in: area), style: Theme.bar)
      }
    }
  }

  private func draw(_ position: Int, in area: Rect, _ style: Style, _ frame: inout Frame) {
    guard let point = points[position] else { return }
    let letter =
      switch point.layer.kind {
      case .depthwise: "d"
      case .pointwise: "p"
      case .fullyConnected: "f"
      default: "c"
      }
    let (x, y) = (column(point.intensity, in: area), row(point.speed, in: area))
    frame.cells.write(letter, x: x, y: y, style: style, maxWidth: 1)
    frame.answer(in: Rect(x: x, y: y, width: 1, height: 1)) { _, _ in .layerSelected(position) }
  }
}
