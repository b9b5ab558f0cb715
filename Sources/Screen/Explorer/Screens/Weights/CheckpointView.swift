import Cells
import MobileNet
import Research

/// The facts of a checkpoint, and below them its first kernels, its costs and its layers.
struct CheckpointView {
  /// The facts; nil while they are being read.
  let facts: FactsQuestion.Answer?
  /// The contents; nil until they are read.
  let contents: CheckpointContents?
  /// The resolution at which its layers are counted; nil is its own.
  let resolution: Resolution?
  /// The layers of the network beside it.
  var compared: [Layer] = []
  let view: ViewSettings

  /// Draws them; returns the row below.
  @discardableResult
  func draw(in area: Rect, of frame: inout Frame) -> Int {
    let end = WeightsFactsView(facts: facts).draw(in: area, of: &frame.cells)
    guard let contents else { return end }
    let (kernels, _) = area.from(y: end + 1).rows(.fill, .fixed(KindCosts.rows), gap: 1)
    guard kernels.height >= 5 else { return end }
    frame.cells.write(
      "its first layer's 3×3 kernels", x: kernels.x, y: kernels.y, style: Theme.quiet,
      maxWidth: kernels.width)
    let below = KernelSheet(contents, view: view).draw(
      in: kernels.rows(.fixed(1), .fill).1, of: &frame)
    let layers = contents.layers(at: resolution)
    let (kinds, rest) = area.from(y: below + 1).rows(.fixed(KindCosts.rows), .fill)
    KindCosts(layers: layers, compared: compared).draw(in: kinds, of: &frame.cells)
    let strip = rest.rows(.fixed(min(rest.height, LayerStrip.mostRows)), .fill).0
    LayerStrip(layers: layers, compared: compared).draw(in: strip, of: &frame.cells)
    return strip.maxY
  }
}
