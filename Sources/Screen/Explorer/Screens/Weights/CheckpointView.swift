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
    let below = drawKernels(of: contents, in: area.from(y: end + 1), of: &frame) ?? end
    let layers = contents.layers(at: resolution)
    let (kinds, rest) = area.from(y: below + 1).rows(.fixed(KindCosts.rows), .fill)
    guard kinds.height == KindCosts.rows else { return below }
    KindCosts(layers: layers, compared: compared).draw(in: kinds, of: &frame.cells)
    let strip = rest.rows(.fixed(min(rest.height, LayerStrip.mostRows)), .fill).0
    LayerStrip(layers: layers, compared: compared).draw(in: strip, of: &frame.cells)
    return strip.maxY
  }

  /// Draws its first kernels where its costs leave room for them; returns the row below.
  private func drawKernels(
    of contents: CheckpointContents, in area: Rect, of frame: inout Frame
  ) -> Int? {
    let kernels = area.rows(.fill, .fixed(KindCosts.rows), gap: 1).0
    guard kernels.height >= Self.fewestOfKernels else { return nil }
    let (head, sheet) = kernels.rows(.fixed(1), .fill)
    let words = [
      "what its first layer looks for: 3×3 kernels as colours", "its first kernels", "kernels",
    ].fitting(columns: head.width)
    frame.cells.write(words, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
    return KernelSheet(contents, view: view).draw(in: sheet, of: &frame)
  }

  /// The rows of one row of kernels below its heading.
  private static let fewestOfKernels = 5
}
