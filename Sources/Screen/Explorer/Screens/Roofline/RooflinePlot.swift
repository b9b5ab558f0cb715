import Cells
import Comparison
import Foundation
import MobileNet
import Reports

/// The layers as points on logarithmic axes: multiply-adds per byte, and per second.
struct RooflinePlot {
  let line: Roofline
  /// The position of the layer under the cursor.
  let selected: Int
  /// Whether there is room for the names of layers, and for what the letters mean.
  let isLarge: Bool

  private var roof: Roof { line.roof }
  private var points: [Int: RooflinePoint] { line.points }

  /// The meaning of its letters.
  static let legend = Legend([
    ("c convolution", Theme.quiet), ("d depthwise", Theme.quiet), ("p pointwise", Theme.quiet),
    ("f fully connected", Theme.quiet), ("CAPITAL: bytes hold it back", RooflinePoint.bytesStyle),
    ("small: arithmetic", RooflinePoint.arithmeticStyle),
    ("· from caches alone", Theme.quiet), ("░ beyond the machine", Theme.quiet),
  ])

  /// The columns left of the plot, for the numbers.
  private static let margin = 6

  func draw(in whole: Rect, of frame: inout Frame) {
    let (area, legend) = whole.rows(
      .fill, .fixed(isLarge ? Self.legend.rows(width: whole.width) : 0))
    let inner = area.columns(.fixed(Self.margin), .fill, .fixed(1)).1
      .rows(.fixed(1), .fill, .fixed(2)).1
    guard inner.width >= 12, inner.height >= 4 else { return }
    drawAxes(in: inner, &frame)
    drawLimits(in: inner, &frame)
    for position in points.keys.sorted() where position != selected {
      draw(position, in: inner, &frame)
    }
    // The selected layer is drawn last, so that it lies on top.
    draw(selected, in: inner, &frame)
    drawNames(in: inner, &frame.cells)
    if isLarge { nameLayers(in: inner, &frame.cells) }
    Self.legend.draw(in: legend, of: &frame.cells)
  }

  /// The range of the horizontal axis: from a quarter of a multiply-add per byte to beyond all
  /// layers and ridges.
  private var intensities: ClosedRange<Double> {
    let most = points.values.map(\.intensity).max() ?? 1
    return 0.25...max(most, roof.levels.map { roof.ridge(of: $0) }.max() ?? 0) * 1.4
  }

  private var speeds: ClosedRange<Double> {
    let least = points.values.map(\.speed).min() ?? 1
    return min(least, roof.multiplyAdds / 10) / 1.4...roof.multiplyAdds * 1.4
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
    // Ticks lie closer together the higher they are: those that would stand too near are left out.
    var lowest = area.maxY
    for value in Self.ticks where speeds.contains(value) {
      let y = row(value, in: area)
      guard y < lowest - 1 else { continue }
      frame.cells.write(
        NumberText.trimmed(value).padded(left: Self.margin - 2) + " ┤", x: area.x - Self.margin,
        y: y,
        style: Theme.quiet)
      lowest = y
    }
    var end = area.x - 1
    for value in Self.ticks where intensities.contains(value) {
      let (x, text) = (column(value, in: area), NumberText.trimmed(value))
      guard x > end, x + text.count <= area.maxX else { continue }
      frame.cells.write("┬", x: x, y: area.maxY, style: Theme.quiet)
      end = frame.cells.write(text, x: x, y: area.maxY + 1, style: Theme.quiet)
    }
    // On the axis itself, where it hides no number.
    let name = " multiply-adds a byte "
    frame.cells.write(
      name, x: area.maxX - name.count, y: area.maxY, style: Theme.quiet, maxWidth: name.count)
  }

  /// The numbers of both axes: 1, 2 and 5 of every power of ten.
  private static let ticks = (-2...4).flatMap { power in
    [1, 2, 5].map { $0 * pow(10, Double(power)) }
  }

  /// Writes the names of the other layers beside their points, where nothing else stands.
  private func nameLayers(in area: Rect, _ cells: inout CellBuffer) {
    for (position, point) in points.sorted(by: { $0.key < $1.key }) where position != selected {
      let (x, y) = (column(point.intensity, in: area), row(point.speed, in: area))
      let name = point.layer.name
      for start in [x + 2, x - 1 - name.count] {
        let around = start - 1..<start + name.count + 1
        guard area.x < around.lowerBound, around.upperBound <= area.maxX,
          around.allSatisfy({ $0 == x || [" ", "·"].contains(cells[$0, y].text) })
        else { continue }
        cells.write(name, x: start, y: y, style: Theme.quiet)
        break
      }
    }
  }

  /// Draws the roof, the slopes of the caches and of memory with their names, a line from the selected
  /// layer up to its limit, dots where layers can be from caches alone, and shade where none can be.
  private func drawLimits(in area: Rect, _ frame: inout Frame) {
    let span = log(intensities.upperBound / intensities.lowerBound)
    let (best, memory) = (roof.levels.map(\.bandwidth).max() ?? 0, roof.levels.last?.bandwidth ?? 0)
    for step in 0..<area.width {
      let intensity =
        intensities.lowerBound * exp(Double(step) / Double(area.width - 1) * span)
      let top = row(min(intensity * best, roof.multiplyAdds), in: area)
      for y in area.y..<max(area.y, top) {
        frame.cells.write("░", x: area.x + step, y: y, style: Theme.quiet)
      }
      let lower = row(min(intensity * memory, roof.multiplyAdds), in: area)
      for y in min(top, lower)..<lower {
        frame.cells.write("·", x: area.x + step, y: y, style: Theme.quiet)
      }
      for level in roof.levels {
        let limit = intensity * level.bandwidth
        guard limit < roof.multiplyAdds, speeds.contains(limit) else { continue }
        frame.cells.write("•", x: area.x + step, y: row(limit, in: area), style: Theme.bar)
      }
      if intensity * best >= roof.multiplyAdds {
        frame.cells.write(
          "─", x: area.x + step, y: row(roof.multiplyAdds, in: area), style: Theme.bar)
      }
    }
    if let point = points[selected] {
      let (x, end) = (column(point.intensity, in: area), row(point.speed, in: area))
      for y in min(row(point.limit, in: area), end)..<end {
        frame.cells.write("┊", x: x, y: y, style: point.style)
      }
    }
  }

  /// Writes the names of the levels right of their slopes, at half the height of the roof or below; adjacent
  /// slopes share a label.
  private func drawNames(in area: Rect, _ cells: inout CellBuffer) {
    let speed = max(roof.multiplyAdds / 2, speeds.lowerBound)
    var names: [(x: Int, text: String)] = []
    for level in roof.levels where intensities.contains(speed / level.bandwidth) {
      let x = column(speed / level.bandwidth, in: area) + 2
      if let last = names.last, x <= last.x + last.text.count + 1 {
        names[names.count - 1].text += ", \(level.name)"
      } else {
        names.append((x, level.name))
      }
    }
    // At the first height where no layer stands.
    for (x, text) in names where x + text.count < area.maxX {
      let wanted = row(speed, in: area)
      let y = (wanted..<area.maxY).first { y in
        (x - 1...x + text.count).allSatisfy { [" ", "·"].contains(cells[$0, y].text) }
      }
      if let y { cells.write(text, x: x, y: y, style: Theme.key) }
    }
  }

  private func draw(_ position: Int, in area: Rect, _ frame: inout Frame) {
    guard let point = points[position] else { return }
    let letter =
      switch point.layer.kind {
      case .depthwise: "d"
      case .pointwise: "p"
      case .fullyConnected: "f"
      default: "c"
      }
    let (x, y) = (column(point.intensity, in: area), row(point.speed, in: area))
    var style = point.style
    style.bold = true
    frame.cells.write(
      point.isMemoryBound ? letter.uppercased() : letter, x: x, y: y,
      style: position == selected ? Theme.selected : style, maxWidth: 1)
    if position == selected {
      let name = " \(point.layer.name) "
      let start = x + 1 + name.count <= area.maxX ? x + 1 : x - name.count
      if start >= area.x { frame.cells.write(name, x: start, y: y, style: Theme.title) }
    }
    frame.answer(in: Rect(x: x, y: y, width: 1, height: 1)) { _, _ in .layerSelected(position) }
  }
}

extension RooflinePoint {
  static let (bytesStyle, arithmeticStyle) = (Theme.against, Theme.bar)

  /// The style of a layer limited by bytes, or by arithmetic.
  var style: Style { isMemoryBound ? Self.bytesStyle : Self.arithmeticStyle }
}
