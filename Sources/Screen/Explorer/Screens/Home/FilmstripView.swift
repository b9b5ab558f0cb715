import Cells
import MobileNet
import Tensors

/// The network as a row of pictures, a channel of every few layers, the selected one among them.
struct FilmstripView {
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    guard let run = core.run, area.height >= 6 else {
      frame.cells.write(core.waitingText, x: area.x, y: area.y, style: Theme.quiet)
      return
    }
    // As large as leaves room for four or five.
    let side = max(3, min(area.height - 2, (area.width / (area.width < 90 ? 4 : 5) - 2) / 2))
    let width = 2 * side
    let area = Rect(
      x: area.x, y: area.y + (area.height - side - 2) / 2, width: area.width, height: side + 2)
    let count = (area.width + 1) / (width + 2)
    let positions = shown(count)
    let used = positions.count * (width + 2) - 2
    let left = area.x + max(0, (area.width - used) / 2)
    for (index, position) in positions.enumerated() {
      let x = left + index * (width + 2)
      let isSelected = position == core.selection.layer
      let output = run.trace.output(at: position)
      ChannelPicture(output: output, channel: core.channel(at: position), view: core.view)
        .draw(in: Rect(x: x, y: area.y, width: width, height: side), of: &frame.cells)
      let style = isSelected ? Theme.selected : Theme.plain
      frame.cells.write(
        core.layers[position].name, x: x, y: area.y + side, style: style, maxWidth: width)
      frame.cells.write(
        "\(output.shape)", x: x, y: area.y + side + 1, style: Theme.quiet, maxWidth: width)
      if index + 1 < positions.count {
        frame.cells.write("→", x: x + width, y: area.y + side / 2, style: Theme.quiet)
      }
      frame.answer(
        in: Rect(x: x, y: area.y, width: width, height: area.height),
        click: { _, _ in .layerSelected(position) }, wheel: { .layerMoved(by: $0) })
    }
  }

  /// As many layers with rows and columns as there is room for, from the first to the last, and the
  /// selected one in place of its neighbour.
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
