import Cells
import MobileNet
import Reports
import Tensors

/// One channel, small.
struct Thumbnail {
  let output: Tensor
  let channel: Int
  /// How its values become colours.
  let view: ViewSettings
  let scale: HeatScale
  private let own: Statistics

  init(output: Tensor, channel: Int, statistics: ChannelStatistics, view: ViewSettings) {
    self.output = output
    self.channel = channel
    own = statistics.channels[channel]
    var view = view
    // A single value has no range of its own.
    if output.shape.places == 1, view.range == .channel { view.range = .layer }
    self.view = view
    scale = HeatScale(view, shown: [own.minimum, own.maximum], layer: statistics.range)
  }

  /// Whether the channel says nothing about this photo.
  var isDead: Bool { own.zeroShare == 1 }

  /// The value of a channel that has only one.
  var valueText: String { NumberText.value(own.maximum) }

  /// The part of the values that ReLU6 cut off; nil when there is none.
  func saturatedShare(_ checkpoint: Checkpoint, of layer: Layer) -> Double? {
    guard checkpoint.architecture.activation == .relu6, layer.isActivated, own.maximum >= 6
    else { return nil }
    let values = output.plane(channel).values
    return Double(values.count { $0 >= 6 }) / Double(values.count)
  }

  func draw(in area: Rect, of cells: inout CellBuffer) {
    guard output.shape.places > 1 else {
      let color = scale.color(of: own.maximum)
      cells.fill(area, Cell("▀", Style(foreground: color, background: color)))
      return
    }
    HeatmapView(ActivationMap(output, channel: channel), scale: scale).draw(in: area, of: &cells)
  }
}
