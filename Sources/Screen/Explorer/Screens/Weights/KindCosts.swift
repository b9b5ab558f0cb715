import Cells
import MobileNet
import Reports

/// The parameters and multiply-adds of a network by kind of layer, as bars.
struct KindCosts {
  let layers: [Layer]
  /// The layers of the network beside it, so that the bars of both share one scale.
  var compared: [Layer] = []

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
      let counts = Self.counts(of: cost, layers)
      let most = max(1, (counts + Self.counts(of: cost, compared)).max() ?? 1)
      for (line, count) in counts.enumerated() {
        let end = cells.write(
          Self.kinds[line].name.padded(right: 17) + NumberText.short(count).padded(left: 8) + " ",
          x: area.x, y: y + 1 + line, maxWidth: area.width)
        cells.bar(
          Double(count) / Double(most),
          in: area.row(y + 1 + line, from: end), style: Theme.bar)
      }
      y += Self.kinds.count + 2
    }
  }

  /// Returns a cost of `layers` by kind.
  private static func counts(of cost: KeyPath<Layer, Int>, _ layers: [Layer]) -> [Int] {
    kinds.map { kind in
      layers.filter { $0.kind == kind.kind }.reduce(0) { $0 + $1[keyPath: cost] }
    }
  }
}

/// The layers of a network with their outputs, and their parameters and multiply-adds as bars.
struct LayerCosts {
  let layers: [Layer]

  func draw(in area: Rect, of frame: inout Frame) {
    let (head, lines) = area.rows(.fixed(1), .fill)
    let titles = columns(of: head)
    frame.cells.write(
      "layer             output", x: head.x, y: head.y, style: Theme.quiet,
      maxWidth: titles.name.width)
    for (title, place) in zip(["parameters", "multiply-adds"], titles.costs) {
      frame.cells.write(title, x: place.x, y: place.y, style: Theme.quiet, maxWidth: place.width)
    }
    let costs = [\Layer.parameters, \.multiplyAdds]
    let most = costs.map { cost in max(1, layers.map { $0[keyPath: cost] }.max() ?? 1) }
    ScrollingList(count: layers.count, selected: 0).draw(
      in: lines, of: &frame, click: { _ in nil }, wheel: { _ in nil }
    ) { index, row, frame in
      let places = columns(of: row)
      frame.cells.write(
        layers[index].name.padded(right: 12) + "\(layers[index].output)".padded(left: 12), x: row.x,
        y: row.y, maxWidth: places.name.width)
      for (place, (cost, most)) in zip(places.costs, zip(costs, most)) {
        let count = layers[index][keyPath: cost]
        let end = frame.cells.write(
          NumberText.short(count).padded(left: 8) + " ", x: place.x, y: place.y,
          maxWidth: place.width)
        frame.cells.bar(
          Double(count) / Double(most), in: place.row(place.y, from: end), style: Theme.bar)
      }
    }
  }

  /// The fewest columns of a number and its bar.
  private static let fewest = 13

  /// Where a layer's name and output stand, and the costs that there is room for.
  private func columns(of row: Rect) -> (name: Rect, costs: [Rect]) {
    let (name, rest) = row.columns(.fixed(25), .fill, gap: 1)
    let halves = rest.columns(.fill, .fill, gap: 1)
    return (name, halves.0.width >= Self.fewest ? [halves.0, halves.1] : [rest])
  }
}
