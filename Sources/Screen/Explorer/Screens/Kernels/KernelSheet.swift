import Cells
import Images
import MobileNet
import Research
import Tensors

/// A page of a layer's kernels, each above its number; kernels that read colours are drawn in
/// colour.
struct KernelSheet {
  private let weights: LayerWeights?
  private let channelOrder: Preprocessing.ChannelOrder
  private let view: ViewSettings
  /// The selected channel, whose page is shown; nil for the first page.
  private let selected: Int?
  /// Whether a click selects a channel.
  private let isSelectedLayer: Bool

  /// Shows the kernels of the layer at `position`, or of the selected layer.
  init(core: Core, position: Int? = nil) {
    let position = position ?? core.selection.layer
    weights = core.model.checkpoint.weights(of: core.layers[position])
    channelOrder = core.model.checkpoint.preprocessing.channelOrder
    view = core.view
    selected = core.channel(at: position)
    isSelectedLayer = position == core.selection.layer
  }

  /// Shows the kernels of the first convolution in a checkpoint that is not under study.
  init(_ contents: CheckpointContents, view: ViewSettings) {
    weights = contents.stem
    channelOrder = contents.channelOrder
    self.view = view
    selected = nil
    isSelectedLayer = false
  }

  /// Returns the size of a kernel whose weights are `scale` rows high.
  private static func size(_ scale: Int) -> Size { Size(width: 6 * scale, height: 3 * scale) }

  private var count: Int { weights?.biases.count ?? 0 }

  /// Returns the page with the selected kernel, its columns, and the largest size at which all
  /// kernels fit.
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

  /// Returns the number of rows that the page takes of `area`.
  func height(in area: Rect) -> Int {
    let (shown, columns, size) = page(in: area)
    return (shown.count + columns - 1) / columns * (size.height + 1)
  }

  /// Draws the page in a pane whose title counts the kernels.
  func drawPane(in area: Rect, of frame: inout Frame) {
    let shown = page(in: Layout.inside(area, frame.cells.size)).shown
    let part =
      shown.count == count
      ? "all \(count) kernels" : "kernels \(shown.lowerBound)–\(shown.upperBound - 1) of \(count)"
    draw(in: frame.pane(area, title: part), of: &frame)
  }

  /// Draws the page; returns the row below it.
  @discardableResult
  func draw(in area: Rect, of frame: inout Frame) -> Int {
    guard let weights else { return area.y }
    let (shown, columns, size) = page(in: area)
    for channel in shown {
      let offset = channel - shown.lowerBound
      let place = area.tile(
        offset, across: columns, size: size, gap: Size(width: 1, height: 1))
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

  /// Draws a kernel of one input channel, or of three colours.
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
