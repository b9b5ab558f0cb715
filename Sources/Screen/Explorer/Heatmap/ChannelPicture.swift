import Cells
import Tensors

/// A channel's heatmap beside other things, without numbers.
struct ChannelPicture {
  let output: Tensor
  let channel: Int
  let view: ViewSettings
  /// Another output of the same layer, so that both pictures share one scale.
  var compared: Tensor?
  /// The spread of the whole layer, for scales that span it; nil for scales that span the channel.
  ///
  /// It takes a walk over all values, and where no number stands nobody needs it.
  var layer: ClosedRange<Float>?
  /// Whether a colour bar stands below.
  var hasBar = false

  func draw(in whole: Rect, of cells: inout CellBuffer) {
    let area = whole.rows(.fill, .fixed(hasBar ? 1 : 0)).0
    guard area.width > 0, area.height > 0 else { return }
    let map = ActivationMap(output, channel: channel)
    var view = view
    if view.range == .layer, layer == nil { view.range = .channel }
    let density = cells.capabilities.density
    let other = compared.map { ActivationMap($0, channel: channel) }
    func heatmap() -> (picture: HeatmapView, scale: HeatScale) {
      let heatmap = HeatmapView(map, in: area, density: density)
      return (
        heatmap, HeatScale(view, shown: heatmap.spanned(with: other), layer: layer ?? 0...0)
      )
    }
    let grid = PixelGrid(
      sourceWidth: map.plane.width, sourceHeight: map.plane.height, in: area, density: density)
    // Resampling and percentiles are left out where the same was drawn before: dozens of these
    // pictures stand on one screen.
    var picture = cells.picture(
      x: grid.area.x, y: grid.area.y,
      of: Key(plane: map.plane, other: other?.plane, grid: grid, view: view, layer: layer)
    ) {
      let (heatmap, scale) = heatmap()
      return heatmap.picture(scale)
    }
    if let (rows, columns) = map.channelCell {
      picture.outline(
        columns: grid.pixelColumns(columns), rows: grid.pixelRows(rows), color: Theme.cursor)
    }
    cells.draw(picture, x: grid.area.x, y: grid.area.y)
    guard hasBar else { return }
    ColorBarView(scale: heatmap().scale, range: "").draw(
      in: area.row(grid.area.maxY, from: area.x), of: &cells)
  }

  /// All that its picture is made of.
  private struct Key: Equatable {
    let plane: Plane
    let other: Plane?
    let grid: PixelGrid
    let view: ViewSettings
    let layer: ClosedRange<Float>?
  }
}
