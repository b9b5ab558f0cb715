import Cells
import MobileNet
import Tensors

/// The network as a filmstrip: a channel of every few layers, the selected layer among them.
struct FilmstripView {
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    guard let run = core.run, area.height >= 6 else {
      frame.cells.write(core.waitingText, x: area.x, y: area.y, style: Theme.quiet)
      return
    }
    // As large as leaves room for all layers; where none does, as many rows as can be seen, or a
    // single one, in which four or five fit side by side.
    let count = core.layers.count { $0.output.places > 1 }
    let labels = area.height < 2 * Self.rowHeight ? 1 : 2
    let rowHeight = Self.rowHeight - (2 - labels) * 3
    let most = area.height - labels
    let fitting = (area.width / (area.width < 90 ? 4 : 5) - 2) / 2
    let down = max(1, area.height / rowHeight)
    let side =
      stride(from: most, through: rowHeight - labels, by: -1).first {
        (area.width + Self.gap) / (2 * $0 + Self.gap) * (area.height / ($0 + labels)) >= count
      } ?? (down > 1 ? area.height / down - labels : max(3, min(most, fitting)))
    let rows = max(1, area.height / (side + labels))
    let place = Size(width: 2 * side + Self.gap, height: side + labels)
    let columns = max(1, (area.width + Self.gap) / place.width)
    let positions = shown(rows * columns)
    let used = min(columns, positions.count) * place.width - Self.gap
    // In the middle of the area.
    let whole = area.columns(.fill, .fixed(used), .fill).1
      .rows(.fill, .fixed(rows * place.height), .fill).1
    for (index, position) in positions.enumerated() {
      let place = whole.tile(
        index, across: columns, size: Size(width: 2 * side, height: place.height),
        gap: Size(width: Self.gap, height: 0))
      let picture = place.rows(.fixed(side), .fill).0
      draw(position, run.trace.output(at: position), in: place, picture, of: &frame)
      if index + 1 < positions.count, (index + 1) % columns > 0 {
        frame.cells.write("→", x: picture.maxX, y: picture.y + side / 2, style: Theme.quiet)
      }
    }
  }

  /// The smallest height of one of several rows of pictures, with two rows of labels.
  private static let rowHeight = 9
  /// The number of columns between two pictures.
  private static let gap = 2

  /// Draws a channel of a layer into the upper part of `place`, with the layer's name below, and its
  /// shape where there is room.
  private func draw(
    _ position: Int, _ output: Tensor, in place: Rect, _ area: Rect, of frame: inout Frame
  ) {
    ChannelPicture(
      output: output, channel: core.channel(at: position), view: core.view,
      compared: core.whole(at: position)
    ).draw(in: area, of: &frame.cells)
    let isSelected = position == core.selection.layer
    frame.cells.write(
      core.layers[position].name, x: area.x, y: area.maxY,
      style: isSelected ? Theme.selected : Theme.plain, maxWidth: area.width + Self.gap - 1)
    if place.maxY > area.maxY + 1 {
      frame.cells.write(
        "\(output.shape)", x: area.x, y: area.maxY + 1, style: Theme.quiet, maxWidth: area.width)
    }
    frame.answer(
      in: place, click: { _, _ in .layerSelected(position) }, wheel: { .layerMoved(by: $0) })
  }

  /// Returns as many layers with rows and columns as fit, evenly spread, with the selected one in
  /// place of its nearest neighbour.
  private func shown(_ count: Int) -> [Int] {
    let places = core.layers.indices.filter { core.layers[$0].output.places > 1 }
    guard count > 0, let last = places.last else { return [] }
    guard count > 1 else { return [min(core.selection.layer, last)] }
    var shown = (0..<min(count, places.count)).map {
      places[$0 * (places.count - 1) / (min(count, places.count) - 1)]
    }
    let selected = core.selection.layer
    if places.contains(selected), !shown.contains(selected) {
      let nearest = shown.indices.min {
        abs(shown[$0] - selected) < abs(shown[$1] - selected)
      }
      if let nearest { shown[nearest] = selected }
    }
    return shown
  }
}
