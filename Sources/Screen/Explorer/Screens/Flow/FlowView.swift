import Cells
import MobileNet
import Reports
import Tensors

extension FlowScreen {
  static let bindings: [Binding] =
    [
      Binding(
        [.tab], "Tab", label: "what",
        help: "Follow the channel, the cell under the cursor, or that place of the photo.",
        action: .flow(.sourceCycled)),
      Binding(
        steps: [.left, .right], "←→", label: "channel", help: "Follow the channel before or after."
      ) { step, _ in .channelMoved(by: step) },
      Binding(
        steps: [.up, .down], "↑↓", label: "layer", help: "Begin at the layer before or after."
      ) { step, _ in .layerMoved(by: step) },
    ] + [
      Binding(
        steps: [.character("<"), .character(">")], "< >", label: "class",
        help: "Follow it to the class before or after in the list; / finds any other."
      ) { step, _ in .evidence(.classMoved(by: step)) }
    ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    FlowView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The layers behind a part as a filmstrip: the places and the channels of each through which it
/// flows.
struct FlowView {
  let screen: FlowScreen
  let core: Core

  /// The lines under a picture: the layer's name, and the channels with the largest flow.
  private static let (name, channels) = (1, 3)

  func draw(in whole: Rect, of frame: inout Frame) {
    let area = Rect(x: whole.x + 1, y: whole.y, width: whole.width - 2, height: whole.height)
    func say(_ text: String, _ style: Style = Theme.quiet) {
      Paragraph.draw(text, in: area, style: style, of: &frame.cells)
    }
    guard core.model.checkpoint.architecture.classes != nil else {
      return say("No classifier in this checkpoint, so there is no answer to go to.")
    }
    guard let target = screen.target(core) else { return say(core.waitingText) }
    guard let question = screen.question(core) else {
      return say("\(core.layer.name) does not lie before the answer: ↑ goes back.")
    }
    let flow = core.answers.latest(question) ?? nil
    let adds = flow.map { " It adds \(signed($0.total)) in all." } ?? ""
    let rows = Paragraph.draw(
      "\(source) on its way to \(target.text(core.layers, core.model.checkpoint)).\(adds)",
      in: area, style: Theme.title, of: &frame.cells)
    guard let flow else {
      frame.cells.write(
        "following it to the answer …", x: area.x, y: area.y + rows + 1, style: Theme.quiet,
        maxWidth: area.width)
      return
    }
    drawLayers(
      of: flow,
      in: Rect(
        x: area.x, y: area.y + rows + 1, width: area.width, height: area.height - rows - 1),
      of: &frame)
  }

  private var source: String {
    let (layer, cursor) = (core.layer.name, core.cursor)
    return switch screen.source {
    case .channel: "Channel \(core.channel) of \(layer)"
    case .cell: "Row \(cursor.y), column \(cursor.x) of \(layer)"
    case .photo: "What the photo shows at row \(cursor.y), column \(cursor.x) of \(layer)"
    }
  }

  private func drawLayers(of flow: Flow, in area: Rect, of frame: inout Frame) {
    let lines = Self.name + Self.channels
    func columns(_ height: Int) -> Int { 2 * (height - lines - 1) + 4 }
    func fitting(_ height: Int) -> (across: Int, down: Int) {
      (max(1, area.width / columns(height)), max(1, area.height / height))
    }
    // As large as fits with all layers on the screen, or otherwise with many.
    let count = layers(flow).count
    let whole = stride(from: area.height, through: 10, by: -1).first {
      columns($0) <= area.width && fitting($0).across * fitting($0).down >= count
    }
    let height =
      whole ?? [16, 12, 10].first { area.height >= 2 * $0 } ?? max(area.height, lines + 2)
    let (width, (across, down)) = (columns(height), fitting(height))
    for (index, position) in shown(flow, across * down).enumerated() {
      let x = area.x + index % across * width
      let y = area.y + index / across * height
      draw(
        position, of: flow, in: Rect(x: x, y: y, width: width - 2, height: height - 1), of: &frame)
    }
  }

  /// Returns the layers on the way, without depthwise ones, whose channels are those of the layer
  /// before.
  private func layers(_ flow: Flow) -> [Int] {
    flow.positions.filter { core.layers[$0].kind != .depthwise }
  }

  /// Returns as many layers as fit, evenly spread from the first to the last.
  private func shown(_ flow: Flow, _ count: Int) -> [Int] {
    let all = layers(flow)
    guard all.count > count, count > 1 else { return Array(all.prefix(count)) }
    return (0..<count).map { all[$0 * (all.count - 1) / (count - 1)] }
  }

  private func draw(_ position: Int, of flow: Flow, in area: Rect, of frame: inout Frame) {
    let layer = core.layers[position]
    let (name, picture, list) = area.rows(.fixed(Self.name), .fill, .fixed(Self.channels))
    frame.cells.write(layer.name, x: name.x, y: name.y, style: Theme.plain, maxWidth: name.width)
    frame.answer(in: area, click: { _, _ in .layerSelected(position) })
    if layer.output.places > 1, let places = flow.places(at: position) {
      let reach = places.values.map(\.magnitude).max() ?? 0
      OverlayView(
        pixels: core.photo.prepared.pixels, plane: places,
        scale: HeatScale(core.view, reach: reach)
      ).draw(in: picture, of: &frame.cells)
    }
    let channels = flow.channels(at: position) ?? []
    let isSingle = layer.output.places == 1
    let rows = isSingle ? picture.height + list.height : list.height
    let order = channels.indices.sorted {
      (channels[$1].magnitude, $0) < (channels[$0].magnitude, $1)
    }
    for (row, channel) in order.prefix(rows).enumerated() where channels[channel] != 0 {
      let text = "\(channel)".padded(left: 4) + signed(channels[channel]).padded(left: 8)
      frame.cells.write(
        text, x: area.x, y: (isSingle ? picture.y : list.y) + row,
        style: channels[channel] < 0 ? Theme.below : Theme.above, maxWidth: area.width)
    }
  }

  private func signed(_ value: Double) -> String {
    (value < 0 ? "" : "+") + NumberText.value(Float(value))
  }
}
