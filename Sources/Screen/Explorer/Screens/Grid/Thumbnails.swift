import Cells
import Dispatch
import Images
import MobileNet
import Reports
import Tensors

/// The thumbnails of a layer's channels.
struct Thumbnails {
  /// The output, averaged if a pixel would stand for several values.
  private let picture: Tensor
  /// The rows and columns of values in such a mean, as "3×3"; nil if nothing is averaged.
  private let block: String?
  /// The same of the whole network, where something is patched.
  private let whole: Tensor?
  private let statistics: ChannelStatistics
  /// The settings for colours.
  private let view: ViewSettings
  /// The photo at a thumbnail's size, if channels are drawn over it.
  private let photo: Pixels?
  /// The share of each channel's values at ReLU6's limit; nil if the layer has no such limit.
  private let saturation: [Double]?

  /// Reduces the selected layer's channels to `size`.
  init(_ output: Tensor, statistics: ChannelStatistics, size: Size, core: Core) {
    self.statistics = statistics
    let isSingle = output.shape.places == 1
    var view = core.heatView
    // The range of a channel with a single value would be empty.
    if isSingle, view.range == .channel { view.range = .layer }
    self.view = view
    let grid = PixelGrid(
      sourceWidth: output.shape.width, sourceHeight: output.shape.height,
      in: Rect(size),
      density: core.view.capabilities.density)
    // The finer of both directions decides, so that a square stays square.
    let detail = max(
      Double(grid.width) / Double(output.shape.width),
      Double(grid.height) / Double(output.shape.height))
    func fitted(_ output: Tensor) -> Tensor {
      isSingle || detail >= 1 ? output : output.reduced(to: detail)
    }
    picture = fitted(output)
    block = Size(width: picture.shape.width, height: picture.shape.height).block(
      of: Size(width: output.shape.width, height: output.shape.height))
    whole = core.whole(at: core.selection.layer).map(fitted)
    let side = max(grid.width, grid.height)
    photo =
      core.view.isOverlaid && !isSingle
      ? core.photo.prepared.pixels.resampled(to: Size(width: side, height: side)) : nil
    let isLimited =
      core.model.checkpoint.architecture.activation == .relu6 && core.layer.isActivated
    saturation = isLimited ? output.shares(notBelow: 6) : nil
  }

  /// Whether the channels are drawn over the photo.
  var lieOverPhoto: Bool { photo != nil }

  /// Returns the name of the range of the colours of `channel`: one for all, or each has its own.
  func range(of channel: Int) -> String {
    view.rangeName(block, channel: channel) + (view.range == .channel ? "; each has its own" : "")
  }

  /// Returns the scale of `channel`.
  func scale(of channel: Int) -> HeatScale {
    let others = whole?.plane(channel).values ?? []
    return HeatScale(
      view, shown: picture.plane(channel).values + others, layer: statistics.spread)
  }

  /// Returns the text behind the number of `channel`: signs for all zeros or values at 6, or its
  /// only value.
  func remark(on channel: Int) -> String {
    let own = statistics.channels[channel]
    var text = ""
    if own.zeroShare == 1 {
      text = " ○"
    } else if let share = saturation?[channel], share > 0 {
      text = " ▴" + (share < 0.01 ? "<1%" : NumberText.fixed(share * 100, 0) + "%")
    }
    guard picture.shape.places == 1 else { return text }
    let value = Double(own.maximum)
    return text + " " + NumberText.fixed(value, value.magnitude < 0.1 ? 3 : 2)
  }

  /// Makes the pictures of `channels`, each in its place, several at once, and leaves them in the
  /// memory of `cells`.
  func prepare(_ channels: [(index: Int, place: Rect)], for cells: CellBuffer) {
    guard picture.shape.places > 1 else { return }
    DispatchQueue.concurrentPerform(iterations: channels.count) { number in
      // Pictures are remembered by their place, and there is nothing else to draw.
      var nothing = CellBuffer(size: Size(width: 0, height: 0))
      nothing.capabilities = cells.capabilities
      nothing.memory = cells.memory
      draw(channels[number].index, in: channels[number].place, of: &nothing)
    }
  }

  func draw(_ channel: Int, in area: Rect, of cells: inout CellBuffer) {
    guard picture.shape.places > 1 else {
      let color = scale(of: channel).color(of: statistics.channels[channel].maximum)
      cells.fill(area, Cell("▀", Style(foreground: color, background: color)))
      return
    }
    if let photo {
      OverlayView(pixels: photo, plane: picture.plane(channel), tints: .scale(scale(of: channel)))
        .draw(in: area, of: &cells)
      return
    }
    ChannelPicture(
      output: picture, channel: channel, view: view, compared: whole, layer: statistics.spread
    ).draw(in: area, of: &cells)
  }
}

extension Tensor {
  /// Returns the tensor with `part` (0…1) of its rows and columns, each value a mean.
  fileprivate func reduced(to part: Double) -> Tensor {
    func spans(_ count: Int) -> [Range<Int>] {
      let parts = max(1, Int((Double(count) * part).rounded()))
      return (0..<parts).map { $0 * count / parts..<($0 + 1) * count / parts }
    }
    return means(rows: spans(shape.height), columns: spans(shape.width))
  }
}
