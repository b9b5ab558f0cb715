import Cells
import MobileNet
import Reports

/// One side: its name, the channel, the picture with the cursor, the value there and the answer.
struct SideView {
  let screen: BesideScreen
  let core: Core
  let side: Side
  let channel: Int
  /// The values that set the range of the colours.
  let scaled: [Float]

  private static let predictions = 3

  func draw(in whole: Rect, of frame: inout Frame) {
    let area = frame.pane(whole, title: name)
    let map = ActivationMap(side.output, channel: channel)
    var view = core.view
    view.range = .channel
    let scale = HeatScale(view, shown: scaled, layer: 0...0)
    frame.cells.write(channelText, x: area.x, y: area.y, maxWidth: area.width)
    let picture = Rect(
      x: area.x, y: area.y + 1, width: area.width,
      height: area.height - 3 - Self.predictions)
    guard picture.width > 0, picture.height > 0 else { return }
    let cell = (side.cell.y..<side.cell.y + 1, side.cell.x..<side.cell.x + 1)
    let heatmap = HeatmapView(map, in: picture, density: frame.cells.capabilities.density)
    heatmap.draw(scale, outline: map.channelCell ?? cell, of: &frame.cells)
    let grid = heatmap.grid
    answer(in: grid, of: &frame)
    let value =
      map.showsAllChannels
      ? "value \(NumberText.value(map.values[channel]))"
      : "row \(side.cell.y), column \(side.cell.x): "
        + NumberText.value(map.plane[side.cell.y, side.cell.x])
    frame.cells.write(value, x: area.x, y: grid.area.maxY, maxWidth: area.width)
    PredictionsView(trace: side.run.trace, checkpoint: side.model.checkpoint).draw(
      in: Rect(
        x: area.x, y: area.maxY - Self.predictions, width: area.width, height: Self.predictions),
      of: &frame)
  }

  private var name: String {
    screen.isNetwork
      ? "\(side.model.checkpoint.name) at \(side.model.resolution)" : side.photo.name
  }

  /// The channel's number, and the reason why this one is shown.
  private var channelText: String {
    let count = side.output.shape.channels
    let text = "channel \(channel) of 0–\(count - 1)"
    guard screen.isNetwork else { return text }
    guard let classIndex = side.classIndex else { return text + ", no classifier" }
    guard side.model.layers.canBePatched(side.layer) else {
      return text + " \(side.model.checkpoint.label(channel))"
    }
    let label = side.model.checkpoint.label(classIndex)
    guard let question = side.influence, let influence = core.answers.latest(question) else {
      let measured = side.influence.flatMap { core.answers.soFar($0)?.count } ?? 0
      return text + ", measured \(measured) …"
    }
    let value = Double(influence[channel])
    return text + " \(value < 0 ? "" : "+")\(NumberText.fixed(value, 2)) for \(label)"
  }

  /// Lets a click move the cursor of both sides.
  private func answer(in grid: PixelGrid, of frame: inout Frame) {
    guard side.output.shape.places > 1 else { return }
    let (own, explored) = (side.output.shape, core.layer.output)
    frame.answer(
      in: grid.area,
      click: { x, y in
        let source = grid.source(cellX: x, cellY: y)
        let cell = CellPosition(y: source.y, x: source.x).carried(from: own, to: explored)
        return .cellPointed(x: cell.x, y: cell.y)
      }, wheel: { .beside(.rankMoved(by: $0)) })
  }
}
