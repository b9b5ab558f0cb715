import Cells
import Tensors

/// A channel of a tensor under a title, with the cells outlined that are spoken of.
struct MapPicture {
  let tensor: Tensor
  let channel: Int
  let title: String
  var outline: (rows: Range<Int>, columns: Range<Int>)?

  /// Draws the picture into `area`; answers where it lies.
  @discardableResult
  func draw(in area: Rect, of frame: inout Frame) -> PixelGrid {
    frame.cells.write(title, x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    let below = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    let map = ActivationMap(tensor, channel: channel)
    let scale = HeatScale(ViewSettings(), shown: map.values, layer: 0...0)
    return HeatmapView(map, scale: scale, outline: outline ?? map.channelCell)
      .draw(in: below, of: &frame.cells)
  }
}

/// What the selected layer makes, with the cell outlined, which a click picks.
struct OutputPicture {
  let state: ExplorerState
  /// Whether the network with the topic's other convention is shown.
  var isOther = false
  /// What follows the name of the channel in the title.
  var note = ""

  func draw(in area: Rect, of frame: inout Frame) {
    let trace = isOther ? state.otherRun?.value.trace : state.run?.value
    guard let output = trace?.output(at: state.place.layer), area.height >= 3, area.width >= 8
    else { return }
    let grid = MapPicture(
      tensor: output, channel: state.channel,
      title: "makes \(state.layer.name) \(state.channel)\(note)", outline: state.pickedCell
    ).draw(in: area, of: &frame)
    frame.answer(
      in: grid.area,
      click: { x, y in
        let source = grid.source(cellX: x, cellY: y)
        return .lesson(.cellSelected(x: source.x, y: source.y))
      }, wheel: { .channelMoved(by: $0) })
  }
}

extension ExplorerState {
  /// The cell that a lesson is about; nil where the layer has a single place.
  var pickedCell: (rows: Range<Int>, columns: Range<Int>)? {
    guard layer.output.places > 1 else { return nil }
    return (zoom.y..<zoom.y + 1, zoom.x..<zoom.x + 1)
  }

  /// What the selected layer reads, by name.
  var inputName: String { place.layer == 0 ? "the input," : layers[place.layer - 1].name }
}
