import Cells
import Foundation
import MobileNet
import Reports

/// The parameters of all layers as a strip of columns, from the first layer to the last.
struct LayerStrip {
  let layers: [Layer]
  /// The layers of the network beside it, so that the columns of both share one scale.
  var compared: [Layer] = []

  /// The fewest rows, the heading included.
  static let fewestRows = 2
  /// The most rows, the heading included.
  static let mostRows = 7

  func draw(in area: Rect, of cells: inout CellBuffer) {
    guard area.height >= Self.fewestRows, area.width >= layers.count else { return }
    let most = max(2, (layers + compared).map(\.parameters).max() ?? 2)
    cells.write(
      "parameters from first to last layer, log scale to \(NumberText.short(most))", x: area.x,
      y: area.y, style: Theme.quiet, maxWidth: area.width)
    let each = area.width / max(1, layers.count)
    for (index, layer) in layers.enumerated() where layer.parameters > 1 {
      let share = log(Double(layer.parameters)) / log(Double(most))
      let eighths = Int((share * Double(8 * (area.height - 1))).rounded())
      for column in 0..<each {
        cells.column(
          eighths, on: area.maxY - 1, x: area.x + index * each + column,
          style: layer.kind == .depthwise ? Theme.quiet : Theme.bar)
      }
    }
  }
}
