import Cells
import MobileNet
import Reports
import Tensors

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

  /// Draws the picture with its scale below a title, made of words such as "1,024 numbers of pool6";
  /// returns the row below.
  @discardableResult
  func draw(_ title: (String) -> String, in area: Rect, of frame: inout Frame) -> Int {
    guard let run = core.run, let position else { return area.y }
    let map = ActivationMap(run.trace.output(at: position), channel: 0)
    let numbers = "\(NumberText.grouped(map.values.count)) numbers of \(core.layers[position].name)"
    return draw(map, below: title(numbers), in: area, of: &frame)
  }

  /// Draws the same numbers of another photo below a title; returns the row below.
  @discardableResult
  func draw(
    _ values: [Float], below title: String, in area: Rect, of frame: inout Frame
  ) -> Int {
    guard let position, values.count == core.layers[position].output.count else { return area.y }
    let output = Tensor(shape: core.layers[position].output, values: values)
    return draw(ActivationMap(output, channel: 0), below: title, in: area, of: &frame)
  }

  private func draw(
    _ map: ActivationMap, below title: String, in area: Rect, of frame: inout Frame
  ) -> Int {
    let rows = Paragraph.draw(title, in: area, style: Theme.quiet, of: &frame.cells)
    let picture = area.rows(.fixed(rows), .fill, .fixed(1)).1
    guard picture.width > 0, picture.height > 0 else { return area.y + rows }
    var view = core.view
    view.range = .channel
    let heatmap = HeatmapView(map, in: picture, density: frame.cells.capabilities.density)
    let scale = HeatScale(view, shown: heatmap.spanned(), layer: 0...0)
    heatmap.draw(scale, of: &frame.cells)
    let bar = area.row(heatmap.grid.area.maxY, from: area.x)
    ColorBarView(scale: scale, range: "").draw(in: bar, of: &frame.cells)
    return bar.maxY
  }
}
