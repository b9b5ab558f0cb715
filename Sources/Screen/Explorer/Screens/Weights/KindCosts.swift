import Cells
import MobileNet
import Reports

/// The parameters and multiply-adds of a network by kind of layer, as bars.
struct KindCosts {
  let layers: [Layer]

  private static let kinds: [(kind: MobileNet.Operation.Kind, name: String)] = [
    (.convolution, "convolution"), (.depthwise, "depthwise"), (.pointwise, "pointwise"),
    (.fullyConnected, "fully connected"),
  ]

  /// The height in rows.
  static let rows = 2 * (kinds.count + 1) + 1

  func draw(in area: Rect, of cells: inout CellBuffer) {
    var y = area.y
    for (title, cost) in [
      ("parameters", \Layer.parameters), ("multiply-adds", \.multiplyAdds),
    ] {
      guard y + Self.kinds.count < area.maxY else { return }
      cells.write(title, x: area.x, y: y, style: Theme.quiet, maxWidth: area.width)
      let counts = Self.kinds.map { kind in
        layers.filter { $0.kind == kind.kind }.reduce(0) { $0 + $1[keyPath: cost] }
      }
      for (line, count) in counts.enumerated() {
        let end = cells.write(
          Self.kinds[line].name.padded(right: 17) + NumberText.short(count).padded(left: 8) + " ",
          x: area.x, y: y + 1 + line, maxWidth: area.width)
        cells.bar(
          Double(count) / Double(max(1, counts.max() ?? 1)),
          in: area.row(y + 1 + line, from: end),
          style: Theme.bar)
      }
      y += Self.kinds.count + 2
    }
  }
}

/// The layers of a network with their outputs, and their parameters and multiply-adds as bars.
struct LayerCosts {
  let layers: [Layer]

  func draw(in area: Rect, of cells: inout CellBuffer) {
    let (head, lines) = area.rows(.fixed(1), .fill)
    let (names, rest) = head.columns(.fixed(25), .fill, gap: 1)
    cells.write(
      "layer             output", x: names.x, y: names.y, style: Theme.quiet, maxWidth: names.width)
    for (row, layer) in layers.prefix(lines.height).enumerated() {
      cells.write(
        layer.name.padded(right: 12) + "\(layer.output)".padded(left: 12), x: names.x,
        y: lines.y + row, maxWidth: names.width)
    }
    let halves = rest.columns(.fill, .fill, gap: 1)
    let hasBoth = halves.0.width >= Self.fewest
    draw(
      "parameters", \.parameters, in: hasBoth ? halves.0 : rest, lines: lines.height, of: &cells)
    guard hasBoth else { return }
    draw("multiply-adds", \.multiplyAdds, in: halves.1, lines: lines.height, of: &cells)
  }

  /// The fewest columns of a number and its bar.
  private static let fewest = 13

  /// Draws a cost of each layer below `head`.
  private func draw(
    _ title: String, _ cost: KeyPath<Layer, Int>, in head: Rect, lines: Int,
    of cells: inout CellBuffer
  ) {
    cells.write(title, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
    let most = layers.map { $0[keyPath: cost] }.max() ?? 0
    for (row, layer) in layers.prefix(lines).enumerated() {
      let y = head.y + 1 + row
      let end = cells.write(
        NumberText.short(layer[keyPath: cost]).padded(left: 8) + " ", x: head.x, y: y,
        maxWidth: head.width)
      cells.bar(
        Double(layer[keyPath: cost]) / Double(max(1, most)),
        in: head.row(y, from: end), style: Theme.bar)
    }
  }
}
