import Cells
import MobileNet
import Reports

extension Screen {
  /// One channel as large as the terminal allows, a cursor on a cell, and what that cell sees.
  static let zoom = Screen(
    bindings: [
      Binding([.up, .down, .left, .right], "↑↓←→", label: "cell", help: "Move the cursor.") {
        key, _ in
        switch key {
        case .up: .zoom(.moved(x: 0, y: -1))
        case .down: .zoom(.moved(x: 0, y: 1))
        case .left: .zoom(.moved(x: -1, y: 0))
        default: .zoom(.moved(x: 1, y: 0))
        }
      },
      Bindings.layerByLayer(
        [.pageUp, .pageDown, .character("k"), .character("j")], "PgUp PgDn",
        help: "Go to the layer before or after; the cursor stays at its place (also k and j)."),
      Binding(
        [.character("<"), .character(">")], "< >", label: "channel",
        help: "Show the channel before or after."
      ) { key, _ in
        .channelMoved(by: key == .character("<") ? -1 : 1)
      },
      Bindings.grid,
    ] + Bindings.view + Bindings.files,
    title: "Zoom",
    draw: { state, area, frame in
      let sideWidth = area.width >= 76 ? max(24, area.width / 3) : 0
      let main = Rect(
        x: area.x, y: area.y + 1, width: area.width - sideWidth - (sideWidth > 0 ? 1 : 0),
        height: area.height - 1)
      drawTitle(state, in: area, of: &frame)
      ChannelPane(state: state, showsCursor: true).draw(in: main, of: &frame) { y, x in
        .zoom(.pointed(x: x, y: y))
      }
      if sideWidth > 0 {
        drawField(
          state,
          in: Rect(x: main.maxX + 1, y: main.y, width: sideWidth, height: main.height),
          of: &frame)
      }
    })

  /// The layer and what is under the cursor.
  private static func drawTitle(_ state: ExplorerState, in area: Rect, of frame: inout Frame) {
    guard let map = state.map else { return }
    let (y, x) = (state.zoom.y, state.zoom.x)
    var text = "\(state.layer.name)  "
    if map.showsAllChannels {
      text += "channel \(map.channel) = \(NumberText.value(map.values[map.channel]))"
    } else {
      text += "row \(y), column \(x): \(NumberText.value(map.plane[y, x]))"
      text += "  rank \(map.rank(y: y, x: x)) of \(map.plane.values.count)"
    }
    frame.cells.write(text, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
  }

  /// The part of the network's input that the cell under the cursor sees.
  private static func drawField(_ state: ExplorerState, in area: Rect, of frame: inout Frame) {
    let field = state.model.fields[state.place.layer]
    let isPlace = state.layer.output.places > 1
    let rows = field.range(isPlace ? state.zoom.y : 0)
    let columns = field.range(isPlace ? state.zoom.x : 0)
    let text = "sees \(columns.count)×\(rows.count) of the input"
    frame.cells.write(text, x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    let below = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    PhotoView(pixels: state.photo.prepared.pixels, outline: (columns, rows))
      .draw(in: below, of: &frame.cells)
  }
}
