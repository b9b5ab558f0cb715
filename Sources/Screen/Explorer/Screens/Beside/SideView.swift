import Cells
import MobileNet
import Reports

/// One side: whose it is, the channel, its picture with the cursor, the value there, the answer.
struct SideView {
  let state: ExplorerState
  let side: Side
  let channel: Int
  /// The values that the colours are spread over.
  let scaled: [Float]

  private static let predictions = 3

  func draw(in area: Rect, of frame: inout Frame) {
    let map = ActivationMap(side.output, channel: channel)
    var view = state.view
    view.range = .channel
    let scale = HeatScale(view, shown: scaled, layer: 0...0)
    frame.cells.write(name, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    frame.cells.write(channelText, x: area.x, y: area.y + 1, maxWidth: area.width)
    let picture = Rect(
      x: area.x, y: area.y + 2, width: area.width,
      height: area.height - 4 - Self.predictions)
    guard picture.width > 0, picture.height > 0 else { return }
    let cell = (side.y..<side.y + 1, side.x..<side.x + 1)
    let grid = HeatmapView(map, scale: scale, outline: map.channelCell ?? cell)
      .draw(in: picture, of: &frame.cells)
    answer(in: grid, of: &frame)
    let value =
      map.showsAllChannels
      ? "value \(NumberText.value(map.values[channel]))"
      : "row \(side.y), column \(side.x): \(NumberText.value(map.plane[side.y, side.x]))"
    frame.cells.write(value, x: area.x, y: grid.area.maxY, maxWidth: area.width)
    PredictionsView(trace: side.run.value, checkpoint: side.model.checkpoint).draw(
      in: Rect(
        x: area.x, y: area.maxY - Self.predictions, width: area.width, height: Self.predictions),
      of: &frame)
  }

  private var name: String {
    state.beside.isNetwork
      ? "\(side.model.checkpoint.name) at \(side.model.resolution)" : side.photo.name
  }

  /// The channel's number and why it is this one.
  private var channelText: String {
    let count = side.output.shape.channels
    let text = "channel \(channel) of 0–\(count - 1)"
    guard state.beside.isNetwork else { return text }
    guard side.model.layers[side.layer].canBeSwitchedOff else {
      return text + " \(side.model.checkpoint.label(channel))"
    }
    guard let classIndex = side.classIndex else { return text + ", no classifier" }
    let label = side.model.checkpoint.label(classIndex)
    guard let influence = state.influence(of: side) else {
      let found = state.beside.rankings.first { $0.isAbout(side, class: classIndex) }
      return text + ", measured \(found?.influence.values.count ?? 0) …"
    }
    let value = Double(influence[channel])
    return text + " \(value < 0 ? "" : "+")\(NumberText.fixed(value, 2)) for \(label)"
  }

  /// A click moves the cursor of both sides.
  private func answer(in grid: PixelGrid, of frame: inout Frame) {
    guard side.output.shape.places > 1 else { return }
    let (own, explored) = (side.output.shape, state.layer.output)
    frame.answer(
      in: grid.area,
      click: { x, y in
        let source = grid.source(cellX: x, cellY: y)
        let place = ZoomState.Place(y: source.y, x: source.x).carried(from: own, to: explored)
        return .zoom(.pointed(x: place.x, y: place.y))
      }, wheel: { .beside(.rankMoved(by: $0)) })
  }
}
