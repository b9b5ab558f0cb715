import Cells
import MobileNet
import Reports

extension ZoomScreen {
  static let bindings: [Binding] =
    [
      Bindings.arrows("cell") { .cellMoved(x: $0, y: $1) },
      Bindings.layerByLayer(
        [.pageUp, .pageDown, .character("k"), .character("j")], "PgUp PgDn",
        help: "Go to the layer before or after; the cursor stays at its place (also k and j)."),
      Bindings.channelByChannel,
      Binding(
        [.character("p")], "p", label: "sums",
        help: "Show the sums before the activation function, or the output again.",
        action: .zoom(.sumsSwitched)),
      Binding(
        [.character("v")], "v", label: "area",
        help: "Mark an area from here to the cursor, to switch it off or sort the grid by it."
      ) { _, state in
        state.layer.output.places > 1 ? .areaSwitched : nil
      },
      Bindings.switchOff { .zoomed($0.core) },
    ] + Bindings.view

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    ZoomView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The channel, and beside it the photo and the histogram.
struct ZoomView {
  let screen: ZoomScreen
  let core: Core

  /// The highest histogram, its line of text included.
  private static let histogramHeight = 8

  private var pane: ChannelPane {
    ChannelPane(core: core, showsCursor: true, sums: screen.sums(core))
  }

  func draw(in area: Rect, of frame: inout Frame) {
    frame.cells.write(title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    let sideWidth = area.width >= 76 ? max(24, area.width / 3) : 0
    let (_, body) = area.rows(.fixed(1), .fill)
    let (main, side) = body.columns(.fill, .fixed(sideWidth), gap: sideWidth > 0 ? 1 : 0)
    let scale = pane.draw(in: main, of: &frame) { y, x in .cellPointed(x: x, y: y) }
    if sideWidth > 0 { drawSide(scale, in: side, of: &frame) }
  }

  /// The layer and what is under the cursor.
  private var title: String {
    guard let map = pane.map else { return core.layer.name }
    if map.showsAllChannels {
      let value = NumberText.value(map.values[map.channel])
      return "\(core.layer.name)  channel \(map.channel) = \(value)"
    }
    let (y, x) = (core.cursor.y, core.cursor.x)
    var text = core.layer.name
    if let output = core.map?.plane, screen.sums(core) != nil {
      let activation = core.model.checkpoint.architecture.activation.name
      text += " before \(activation)  row \(y), column \(x): \(NumberText.value(map.plane[y, x]))"
      text += " → \(NumberText.value(output[y, x]))"
    } else {
      text += "  " + (core.valueUnderCursor ?? "")
    }
    return text + "  rank \(map.rank(y: y, x: x)) of \(map.plane.values.count)"
  }

  /// The part of the network's input that the cell under the cursor sees, and below it, where
  /// there is room, how often the channel's values occur.
  private func drawSide(_ scale: HeatScale?, in area: Rect, of frame: inout Frame) {
    let field = core.model.fields[core.selection.layer]
    let isPlace = core.layer.output.places > 1
    let rows = field.range(isPlace ? core.cursor.y : 0)
    let columns = field.range(isPlace ? core.cursor.x : 0)
    let text = "sees \(columns.count)×\(rows.count) of the input"
    frame.cells.write(text, x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    let (_, below) = area.rows(.fixed(1), .fill)
    let photo = PhotoView(pixels: core.photo.prepared.pixels, outline: (columns, rows))
      .draw(in: below, of: &frame.cells)

    var top = photo.area.maxY + 1
    for line in core.atlasLines where top < area.maxY {
      top += Paragraph.draw(
        line, in: Rect(x: area.x, y: top, width: area.width, height: area.maxY - top),
        of: &frame.cells)
    }
    if !core.atlasLines.isEmpty { top += 1 }
    let patches = Rect(x: area.x, y: top, width: area.width, height: max(0, area.maxY - top))
    AtlasPatches(core, most: ZoomScreen.patches).draw(in: patches, of: &frame) { _ in
      .opened(.atlas)
    }
    if core.atlasFolder != nil, AtlasPatches.most(in: patches) > 0 { return }
    guard let map = pane.map, let scale else { return }
    let height = min(Self.histogramHeight, area.maxY - top - 1)
    guard height >= 3 else { return }
    frame.cells.write(
      "histogram", x: area.x, y: top, style: Theme.quiet, maxWidth: area.width)
    HistogramView(map.values, scale: scale).draw(
      in: Rect(x: area.x, y: top + 1, width: area.width, height: height), of: &frame.cells)
  }
}
