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
          in: Rect(x: end, y: y + 1 + line, width: max(0, area.maxX - end), height: 1),
          style: Theme.bar)
      }
      y += Self.kinds.count + 2
    }
  }
}
