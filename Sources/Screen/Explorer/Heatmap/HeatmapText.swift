import Cells
import MobileNet
import Reports
import Tensors

/// A channel's heatmap as characters between its numbers and its colour bar, for a pipe or a page.
public struct HeatmapText {
  private let title: String
  private let map: ActivationMap
  private let range: ClosedRange<Float>
  private let layer: Layer

  /// Shows `channel` of `layer`'s `output`; without a channel, the one whose forms are clearest.
  public init(_ output: Tensor, of layer: Layer, channel: Int? = nil) {
    let statistics = ChannelStatistics(output)
    map = ActivationMap(output, channel: channel ?? statistics.mostCoherent)
    range = statistics.spread
    self.layer = layer
    title = ChannelPane.title("\(layer.name), channel", map, statistics).joined()
  }

  /// The heatmap in sentences: the numbers, and where the values are large.
  public var sentences: [String] {
    [title.asSentence, Whereabouts(map.plane).sentence].map(SpokenSigns.words)
  }

  /// Returns the heatmap, `columns` characters wide, in the colours of `view`.
  public func drawn(columns: Int, view: ViewSettings = ViewSettings()) -> CellBuffer {
    let view = view.adapted(to: layer)
    let plane = map.plane
    let rows = max(1, (columns * plane.height / plane.width + 1) / 2)
    var cells = CellBuffer(size: Size(width: max(columns, title.count), height: rows + 2))
    cells.capabilities = view.capabilities
    cells.write(title, x: 0, y: 0)
    let (_, picture, bar) = Rect(Size(width: columns, height: rows + 2))
      .rows(.fixed(1), .fill, .fixed(1))
    let heatmap = HeatmapView(map, in: picture, density: cells.capabilities.density)
    let scale = HeatScale(view, shown: heatmap.spanned(), layer: range)
    heatmap.draw(scale, of: &cells)
    ColorBarView(scale: scale, range: view.rangeName(heatmap.block))
      .draw(in: bar, of: &cells)
    return cells
  }
}
