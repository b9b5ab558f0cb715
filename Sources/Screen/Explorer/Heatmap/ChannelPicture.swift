import Cells
import Tensors

/// A channel's heatmap beside other things, without numbers.
struct ChannelPicture {
  let output: Tensor
  let channel: Int
  let view: ViewSettings
  /// Another output of the same layer, so that both pictures share one scale.
  var compared: Tensor?
  /// Whether a colour bar stands below.
  var hasBar = false

  func draw(in whole: Rect, of cells: inout CellBuffer) {
    let area = whole.rows(.fill, .fixed(hasBar ? 1 : 0)).0
    guard area.width > 0, area.height > 0 else { return }
    let map = ActivationMap(output, channel: channel)
    // The range of the whole layer would take a walk over all its values, and no number here needs
    // it.
    var view = view
    if view.range == .layer { view.range = .channel }
    let density = cells.capabilities.density
    let heatmap = HeatmapView(map, in: area, density: density)
    // What is seen of both: means of blocks are smaller than the values.
    let others = compared.map {
      HeatmapView(ActivationMap($0, channel: channel), in: area, density: density).values
    }
    let scale = HeatScale(view, shown: heatmap.values + (others ?? []), layer: 0...0)
    heatmap.draw(scale, outline: map.channelCell, of: &cells)
    guard hasBar else { return }
    ColorBarView(scale: scale, range: "").draw(
      in: area.row(heatmap.grid.area.maxY, from: area.x), of: &cells)
  }
}
