import Cells
import MobileNet
import Reports

/// The numbers that a new last layer learns on, and by which photos are compared: the output of the
/// pooling layer as one picture, a cell each.
struct FeaturesView {
  let core: Core

  private var position: Int? { core.layers.lastIndex { $0.kind == .averagePooling } }

  /// The columns in which every number has as many cells as the others, about `width` of them.
  func width(inside width: Int) -> Int {
    guard let position else { return 0 }
    let side = ActivationMap.shape(of: core.layers[position].output).width
    return max(1, width / side) * side
  }

  /// Draws the picture with its scale below a title, made of words such as "1,024 numbers of pool6".
  func draw(_ title: (String) -> String, in area: Rect, of frame: inout Frame) {
    guard let run = core.run, let position else { return }
    let map = ActivationMap(run.trace.output(at: position), channel: 0)
    let numbers = "\(NumberText.grouped(map.values.count)) numbers of \(core.layers[position].name)"
    let rows = Paragraph.draw(title(numbers), in: area, style: Theme.quiet, of: &frame.cells)
    let picture = area.rows(.fixed(rows), .fill, .fixed(1)).1
    guard picture.width > 0, picture.height > 0 else { return }
    var view = core.view
    view.range = .channel
    let heatmap = HeatmapView(map, in: picture, density: frame.cells.capabilities.density)
    let scale = HeatScale(view, shown: heatmap.spanned(), layer: 0...0)
    heatmap.draw(scale, of: &frame.cells)
    ColorBarView(scale: scale, range: "").draw(
      in: area.row(heatmap.grid.area.maxY, from: area.x), of: &frame.cells)
  }
}
