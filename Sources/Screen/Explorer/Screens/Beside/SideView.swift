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

  /// The answers where there is no room for more.
  private static let predictions = 3

  func draw(in whole: Rect, of frame: inout Frame) {
    let map = ActivationMap(side.output, channel: channel)
    let (head, middle, below) = parts(of: frame.pane(whole, title: name), map, frame.cells)
    var view = core.view
    view.range = .channel
    let scale = HeatScale(view, shown: scaled, layer: 0...0)
    frame.cells.write(channelText, x: head.x, y: head.y, maxWidth: head.width)
    let (picture, bar, number) = middle.rows(.fill, .fixed(1), .fixed(1))
    guard picture.width > 0, picture.height > 0 else { return }
    let cell = (side.cell.y..<side.cell.y + 1, side.cell.x..<side.cell.x + 1)
    let heatmap = HeatmapView(map, in: picture, density: frame.cells.capabilities.density)
    heatmap.draw(scale, outline: map.channelCell ?? cell, of: &frame.cells)
    answer(in: heatmap.grid, of: &frame)
    let shared = screen.isNetwork ? "both sizes, 1–99%" : "both photos, 1–99%"
    ColorBarView(
      scale: scale, range: screen.channelsCorrespond(core) ? shared : view.rangeName(nil)
    )
    .draw(in: bar, of: &frame.cells)
    let value =
      map.showsAllChannels
      ? "value \(NumberText.value(map.values[channel]))"
      : "row \(side.cell.y), column \(side.cell.x): "
        + NumberText.value(map.plane[side.cell.y, side.cell.x])
    frame.cells.write(value, x: number.x, y: number.y, maxWidth: number.width)
    drawAnswers(in: below, of: &frame)
  }

  /// Where the channel's name, its picture with scale and value, and the answers stand: where there is
  /// room, the picture is as high as it can be at that width, and the answers have the rest.
  private func parts(
    of area: Rect, _ map: ActivationMap, _ cells: CellBuffer
  ) -> (head: Rect, middle: Rect, below: Rect) {
    guard Layout.isRoomy(core.size) else {
      return area.rows(.fixed(1), .fill, .fixed(Self.predictions))
    }
    let grid = PixelGrid(
      sourceWidth: map.plane.width, sourceHeight: map.plane.height, in: area,
      density: cells.capabilities.density)
    let rows = min(grid.area.height, area.height * 7 / 10)
    return area.rows(.fixed(1), .fixed(rows + 2), .fill)
  }

  /// The answers, and where there is room the photo with what the cell sees of it.
  private func drawAnswers(in area: Rect, of frame: inout Frame) {
    var answers = area
    if area.height > 2 * Self.predictions {
      let photo: Rect
      // A cell is twice as high as wide.
      (photo, answers) = area.columns(
        .fixed(min(2 * area.height, area.width / 2)), .fill, gap: 1)
      let field = side.model.fields[side.layer]
      let isPlace = side.output.shape.places > 1
      PhotoView(
        pixels: side.photo.prepared.pixels,
        outline: (
          field.columns(isPlace ? side.cell.x : 0), field.rows(isPlace ? side.cell.y : 0)
        )
      ).draw(in: photo, of: &frame.cells)
    }
    PredictionsView(trace: side.run.trace, checkpoint: side.model.checkpoint)
      .draw(in: answers, of: &frame)
  }

  private var name: String {
    screen.isNetwork
      ? "\(side.model.checkpoint.name) at \(side.model.resolution)" : side.photo.name
  }

  /// The channel's number, and the reason why this one is shown.
  private var channelText: String {
    let count = Layout.isRoomy(core.size) ? " of 0–\(side.output.shape.channels - 1)" : ""
    let text = "channel \(channel)\(count)"
    if screen.channelsCorrespond(core) { return text }
    guard let classIndex = side.classIndex else { return text + ", no classifier" }
    guard side.model.layers.canBePatched(side.layer) else {
      return text + ": \(side.model.checkpoint.label(channel))"
    }
    let label = side.model.checkpoint.label(classIndex)
    guard let question = side.influence, let influence = core.answers.latest(question) else {
      let measured = side.influence.flatMap { core.answers.soFar($0)?.count } ?? 0
      return text + ", measured \(measured) …"
    }
    let value = Double(influence[channel])
    return text + ": \(value < 0 ? "" : "+")\(NumberText.fixed(value, 2)) for \(label)"
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
