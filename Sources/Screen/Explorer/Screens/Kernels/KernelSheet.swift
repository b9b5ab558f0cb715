import Cells
import Images
import MobileNet
import Research
import Tensors

/// The kernels of a layer side by side, each over its number, on the page that holds the selected one:
/// those that read colours as colours.
struct KernelSheet {
  private let weights: LayerWeights?
  private let channelOrder: Preprocessing.ChannelOrder
  private let view: ViewSettings
  /// The channel that is lit; nil for none.
  private let selected: Int?
  /// Whether a click selects a channel.
  private let isSelectedLayer: Bool

  /// Shows the kernels of the layer at `position`, or of the selected one.
  init(core: Core, position: Int? = nil) {
    let position = position ?? core.selection.layer
    weights = core.model.checkpoint.weights(of: core.layers[position])
    channelOrder = core.model.checkpoint.preprocessing.channelOrder
    view = core.view
    selected = core.channel(at: position)
    isSelectedLayer = position == core.selection.layer
  }

  /// Shows the kernels that read the colours, of a network that is not under study.
  init(_ contents: CheckpointContents, view: ViewSettings) {
    weights = contents.stem
    channelOrder = contents.channelOrder
    self.view = view
    selected = nil
    isSelectedLayer = false
  }

  /// The columns and rows of a kernel whose weights are `scale` rows high.
  private static func size(_ scale: Int) -> Size { Size(width: 6 * scale, height: 3 * scale) }

  private var count: Int { weights?.biases.count ?? 0 }

  /// The page with the selected one, as large as `area` has room for all, in how many columns.
  private func page(in area: Rect) -> (shown: Range<Int>, columns: Int, size: Size) {
    func fitting(_ scale: Int) -> (columns: Int, rows: Int) {
      let size = Self.size(scale)
      return (
        max(1, (area.width + 1) / (size.width + 1)), max(1, area.height / (size.height + 1))
      )
    }
    let scale =
      (1...4).last {
        let (columns, rows) = fitting($0)
        return columns * rows >= count
      } ?? 1
    let (columns, rows) = fitting(scale)
    let first = (selected ?? 0) / (columns * rows) * columns * rows
    return (first..<min(first + columns * rows, count), columns, Self.size(scale))
  }

  /// The rows that it takes of `area`.
  func height(in area: Rect) -> Int {
    let (shown, columns, size) = page(in: area)
    return (shown.count + columns - 1) / columns * (size.height + 1)
  }

  /// Draws a pane that says how many of them it has room for.
  func drawPane(in area: Rect, of frame: inout Frame) {
    let shown = page(in: Layout.inside(area, frame.cells.size)).shown
    let part =
      shown.count == count
      ? "all \(count) kernels" : "kernels \(shown.lowerBound)–\(shown.upperBound - 1) of \(count)"
    draw(in: frame.pane(area, title: part), of: &frame)
  }

  /// Draws as many as there is room for; answers the row below the last.
  @discardableResult
  func draw(in area: Rect, of frame: inout Frame) -> Int {
    guard let weights else { return area.y }
    let (shown, columns, size) = page(in: area)
    for channel in shown {
      let offset = channel - shown.lowerBound
      let place = Rect(
        x: area.x + offset % columns * (size.width + 1),
        y: area.y + offset / columns * (size.height + 1), width: size.width, height: size.height)
      draw(Array(weights.weights(of: channel)), in: place, of: &frame.cells)
      frame.cells.write(
        "\(channel)", x: place.x, y: place.maxY,
        style: channel == selected ? Theme.selected : Theme.quiet, maxWidth: place.width)
      guard isSelectedLayer else { continue }
      frame.answer(in: place, click: { _, _ in .channelSelected(channel) })
    }
    if isSelectedLayer { frame.answer(in: area, wheel: { .channelMoved(by: $0) }) }
    return area.y + height(in: area)
  }

  /// A kernel of one input channel, or of three that are colours.
  private func draw(_ weights: [Float], in area: Rect, of cells: inout CellBuffer) {
    let reach = weights.map(\.magnitude).max() ?? 0
    guard weights.count == 27 else {
      let tensor = Tensor(
        shape: Shape(height: 3, width: 3, channels: 1), values: weights.prefix(9))
      HeatmapView(
        ActivationMap(tensor, channel: 0), in: area, density: cells.capabilities.density
      ).draw(HeatScale(view, reach: reach), of: &cells)
      return
    }
    let isTurned = channelOrder == .bgr
    let bytes = weights.indices.map { index in
      let color = index % 3
      let weight = weights[index - color + (isTurned ? 2 - color : color)]
      return UInt8(127.5 + (reach > 0 ? weight / reach : 0) * 127.5)
    }
    var kernel = PhotoView(Pixels(width: 3, height: 3, bytes: bytes))
    kernel.rendering = .nearest
    kernel.draw(in: area, of: &cells)
  }
}
