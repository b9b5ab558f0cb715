import Cells
import MobileNet
import Reports

extension ZoomScreen {
  static let bindings: [Binding] =
    [
      Bindings.arrows("place") { .cellMoved(x: $0, y: $1) },
      Bindings.layerByLayer, Bindings.channelByChannel,
      Binding(
        [.character("p")], "p", label: "sums",
        help: "Show the sums before the activation function, or the output again.",
        action: .zoom(.sumsSwitched)),
      Binding(
        [.character("v")], "v", label: "mark",
        help: "Mark an area from here to where it is pressed again, for x or the grid's order."
      ) { _, state in
        state.layer.output.places > 1 ? .areaSwitched : nil
      },
      Bindings.switchOff { .zoomed($0.core) },
    ] + Bindings.view

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    ZoomView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The channel, with the photo and the histogram beside it.
struct ZoomView {
  let screen: ZoomScreen
  let core: Core

  /// The largest height of the histogram, with its line of text.
  private static let histogramHeight = 8

  private var pane: ChannelPane {
    ChannelPane(core: core, showsCursor: true, sums: screen.sums(core))
  }

  func draw(in whole: Rect, of frame: inout Frame) {
    let isRoomy = Layout.isRoomy(core.size)
    let area = Layout.margined(whole, core.size)
    let (_, body) = area.rows(.fixed(isRoomy ? 0 : 1), .fill)
    let sideWidth = area.width >= 76 ? max(24, area.width / 3) : 0
    let (main, side) = body.columns(
      .fill, .fixed(sideWidth), gap: sideWidth > 0 && !isRoomy ? 1 : 0)
    if !isRoomy {
      frame.cells.write(title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    }
    let inside = isRoomy ? frame.pane(main, title: title, hasArrows: true) : main
    let scale = pane.draw(in: inside, of: &frame) { y, x in .cellPointed(x: x, y: y) }
    if isRoomy {
      drawPanes(scale, in: side, of: &frame)
    } else if sideWidth > 0 {
      drawSide(scale, in: side, of: &frame)
    }
  }

  /// Draws the photo above the histogram and the layer's facts.
  private func drawPanes(_ scale: HeatScale?, in area: Rect, of frame: inout Frame) {
    // Square, since a cell is twice as high as wide.
    let (photo, below) = area.rows(.fixed(min(area.width / 2 + 1, area.height - 16)), .fill)
    SeenPhoto(core: core).draw(in: photo, of: &frame)
    let (histogram, facts) = below.rows(.fill, .fixed(below.height >= 22 ? 10 : 0))
    if core.atlasFolder != nil {
      AtlasExamples(core, most: ZoomScreen.examples).draw(
        in: frame.pane(histogram, title: "what it responds to"), of: &frame
      ) { _ in .opened(.atlas) }
    } else if let map = pane.map, let scale {
      HistogramView(map.values, scale: scale).draw(
        in: frame.pane(histogram, title: "histogram"), of: &frame.cells)
    }
    if facts.height > 0 {
      _ = FactsView(core: core).draw(in: frame.pane(facts, title: "layer"), of: &frame)
    }
  }

  /// The layer, with the position and the value under the cursor.
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
      text +=
        " before \(activation)  row \(y), column \(x): sum \(NumberText.value(map.plane[y, x]))"
      text += " → value \(NumberText.value(output[y, x]))"
    } else {
      text += "  " + (core.valueUnderCursor ?? "")
    }
    return text + "  rank \(map.rank(y: y, x: x)) of \(map.plane.values.count)"
  }

  /// Draws the receptive field of the cursor's cell, and below it, if there is room, the atlas'
  /// examples or a histogram of the channel.
  private func drawSide(_ scale: HeatScale?, in area: Rect, of frame: inout Frame) {
    let seen = SeenPhoto(core: core).seen
    let text = "sees \(seen.columns.count)×\(seen.rows.count) of the input"
    frame.cells.write(text, x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    let (_, below) = area.rows(.fixed(1), .fill)
    let photo = PhotoView(pixels: core.photo.prepared.pixels, outline: seen)
      .draw(in: below, of: &frame.cells)

    var top = photo.area.maxY + 1
    for line in core.atlasLines where top < area.maxY {
      top += Paragraph.draw(line, in: area.from(y: top), of: &frame.cells)
    }
    if !core.atlasLines.isEmpty { top += 1 }
    let examples = area.from(y: top)
    AtlasExamples(core, most: ZoomScreen.examples).draw(in: examples, of: &frame) { _ in
      .opened(.atlas)
    }
    if core.atlasFolder != nil, PhotoTiles(examples).count > 0 { return }
    guard let map = pane.map, let scale else { return }
    let height = min(Self.histogramHeight, area.maxY - top - 1)
    guard height >= 3 else { return }
    frame.cells.write(
      "histogram", x: area.x, y: top, style: Theme.quiet, maxWidth: area.width)
    HistogramView(map.values, scale: scale).draw(
      in: area.from(y: top + 1).rows(.fixed(height), .fill).0, of: &frame.cells)
  }
}
