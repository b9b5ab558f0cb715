import Cells
import Reports
import Research
import Tensors

/// The heatmap of the selected channel between its numbers and its scale.
struct ChannelPane {
  let core: Core
  /// Whether the cursor's cell is outlined.
  var showsCursor = false
  /// Whether the value under the cursor is written in the title.
  var saysValue = false
  /// The sums before the activation function, shown in place of the output.
  var sums: SumsQuestion.Answer?

  /// The values that are shown.
  var map: ActivationMap? {
    sums.map { ActivationMap($0.sums.value, channel: core.channel) } ?? core.map
  }

  private var statistics: ChannelStatistics? { sums?.statistics ?? core.statistics }

  /// Returns the channel's number, after `name`, and its statistics; in two lines if one would be
  /// longer than `width`.
  static func title(
    _ name: String, _ map: ActivationMap, _ statistics: ChannelStatistics, width: Int = .max
  ) -> [String] {
    let own = statistics.channels[map.channel]
    let title = "\(name) \(map.channel) of 0–\(statistics.channels.count - 1)"
    if map.showsAllChannels { return [title + " is \(NumberText.value(map.values[map.channel]))"] }
    // Before an activation function no value is exactly zero, and many are below.
    let below = Double(map.values.count { $0 < 0 }) / Double(map.values.count)
    let share =
      own.minimum < 0
      ? "below 0: \(NumberText.percent(below))" : "zero \(NumberText.percent(own.zeroShare))"
    let (mean, maximum) = (NumberText.value(Float(own.mean)), NumberText.value(own.maximum))
    let numbers =
      own.isEmpty ? "every value too large" : "mean \(mean) max \(maximum) \(share)"
    let line = title + "  " + numbers
    return line.count <= width ? [line] : [title, numbers]
  }

  /// Draws the pane; returns the scale of its colours.
  ///
  /// A click calls `click` with the map's row and column.
  @discardableResult
  func draw(
    in area: Rect, of frame: inout Frame,
    click: @escaping @Sendable (_ y: Int, _ x: Int) -> Intent?
  ) -> HeatScale? {
    guard let statistics, let map else {
      frame.cells.write(core.waitingText, x: area.x, y: area.y, style: Theme.quiet)
      return nil
    }
    var title = Self.title("channel", map, statistics, width: area.width)
    if let name = core.className(ofChannel: core.channel) { title.append(name) }
    if saysValue, let value = core.valueUnderCursor { title = [title[0], value] }
    guard area.height >= title.count + 2 else { return nil }
    for (row, line) in title.enumerated() {
      frame.cells.write(line, x: area.x, y: area.y + row, maxWidth: area.width)
    }

    let below = area.rows(.fixed(title.count), .fill, .fixed(1)).1
    let marked = core.cursor.area ?? core.cursor.cell
    let heatmap = HeatmapView(map, in: below, density: frame.cells.capabilities.density)
    // On the scale of the whole network: a channel that is set to its mean is no bright one.
    let whole = sums == nil ? core.whole(at: core.selection.layer) : nil
    let other = whole.map { ActivationMap($0, channel: core.channel) }
    let scale = HeatScale(
      core.heatView, shown: heatmap.spanned(with: other), layer: statistics.spread)
    let outline = map.channelCell ?? (showsCursor ? marked : nil)
    let grid = heatmap.grid
    let isOverlaid = core.view.isOverlaid && !map.showsAllChannels
    if isOverlaid {
      OverlayView(
        pixels: core.photo.prepared.pixels, plane: map.plane, tints: .scale(scale),
        outline: outline
      ).draw(in: below, of: &frame.cells)
    } else {
      // The cursor goes on alone once an area is fixed.
      let inner = showsCursor && core.cursor.end != nil ? core.cursor.cell : nil
      heatmap.draw(scale, outline: outline, inner: inner, of: &frame.cells)
    }
    let bar = area.row(grid.area.maxY)
    ColorBarView(
      scale: scale, range: core.heatView.rangeName(heatmap.block), isOverlaid: isOverlaid
    )
    .draw(in: bar, of: &frame.cells)

    frame.answer(
      in: grid.area,
      click: { x, y in
        let source = grid.source(cellX: x, cellY: y)
        return click(source.y, source.x)
      }, wheel: { .channelMoved(by: $0) })
    return scale
  }
}
