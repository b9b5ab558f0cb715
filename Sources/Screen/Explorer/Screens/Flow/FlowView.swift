import Cells
import Foundation
import MobileNet
import Reports
import Tensors

extension FlowScreen {
  static let bindings: [Binding] =
    [
      Binding(
        [.tab], "Tab", label: "what",
        help: "Follow the channel, the place under the cursor, or what the photo shows there.",
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

  /// The lines above a picture, the fewest below it with the channels that carry most, and the fewest
  /// in a large terminal.
  private static let (name, channels, manyChannels) = (1, 1, 5)
  /// The lowest picture that says something, the narrowest list, and the narrowest bar.
  private static let (lowest, narrowest, barWidth) = (4, 12, 4)
  /// The width of a list from which it says "more" and "less".
  private static let wide = 24
  /// The letters that are not cut off for a bar.
  private static let fewestLetters = 28

  func draw(in whole: Rect, of frame: inout Frame) {
    let area = whole.inset(1)
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
    let end = flow.flatMap { deadEnd(of: $0) }
    let adds =
      end.map { " \(sentence(onEnd: $0))" }
      ?? flow.map {
        " \(sentence(on: $0.total)) \(Self.signs(frame.cells.capabilities)), each picture on a scale "
          + "of its own (1–99% of what it shows). Below it stand the channels that carry most."
      } ?? ""
    let rows = Paragraph.draw(
      "\(source) on its way to \(target.text(core.layers, core.model.checkpoint)).\(adds)",
      in: area, style: Theme.title, of: &frame.cells)
    let (_, below) = area.rows(.fixed(rows), .fill, gap: 1)
    guard let flow else {
      frame.cells.write(
        "following it to the answer …", x: below.x, y: below.y, style: Theme.quiet,
        maxWidth: below.width)
      FilmstripView(core: core).draw(in: below.rows(.fixed(2), .fill).1, of: &frame)
      return
    }
    if let end {
      drawEnd(at: end, in: below, of: &frame)
    } else {
      drawLayers(of: flow, in: below, of: &frame)
    }
  }

  /// The meaning of the tints, or of the signs, in the pictures.
  private static func signs(_ capabilities: Capabilities) -> String {
    capabilities.pictureColors == .none
      ? "Places with + and # add, those with - and = take off"
      : "Warm places add, cool ones take off"
  }

  /// Returns the position of the first layer through which nothing flows; nil where some reaches the
  /// answer.
  func deadEnd(of flow: Flow) -> Int? {
    let isDead = { (position: Int) in flow.channels(at: position)?.allSatisfy { $0 == 0 } ?? true }
    guard let last = flow.positions.last, isDead(last) else { return nil }
    return flow.positions.first(where: isDead)
  }

  /// Says why nothing flows beyond the layer at `position`.
  func sentence(onEnd position: Int) -> String {
    let name = core.layers[position].name
    let gone = "Nothing of it gets that far: "
    if isOff(at: core.selection.layer) { return gone + "it is switched off." }
    if isOff(at: position) { return gone + "in \(name) it is switched off." }
    let activation = core.model.checkpoint.architecture.activation.name
    return gone + "\(name) makes of it only what \(activation) cuts off."
  }

  /// Whether what is followed, or its channel in a depthwise layer behind it, is switched off in the
  /// layer at `position`.
  private func isOff(at position: Int) -> Bool {
    core.patches.contains { patch in
      guard patch.layer == position, patch.change == .off else { return false }
      switch (patch.part, screen.source) {
      case (.whole, .channel), (.whole, .cell): return true
      case (.channels(let channels), .channel):
        let keepsChannels =
          position == core.selection.layer || core.layers[position].kind == .depthwise
        return keepsChannels && channels.contains(core.channel)
      case (.area(let rows, let columns), .cell):
        return position == core.selection.layer && rows.contains(core.cursor.y)
          && columns.contains(core.cursor.x)
      default: return false
      }
    }
  }

  /// Draws the photo, the part that is followed, and the layer at `position`, where it ends.
  private func drawEnd(at position: Int, in area: Rect, of frame: inout Frame) {
    guard let trace = core.run?.trace else { return }
    // As high as the pictures need; below them the network that it does not get through.
    let (upper, strip) = area.rows(.fixed(min(area.height, area.width / 6 + 3)), .fill)
    if Layout.isRoomy(core.size) { FilmstripView(core: core).draw(in: strip, of: &frame) }
    let (first, second, third) = upper.thirds(gap: 2)
    SeenPhoto(core: core).draw(in: first, of: &frame)
    let from = core.selection.layer
    // A depthwise layer keeps the channel; what others make of it is in all of theirs.
    let isOwn = core.layers[position].kind == .depthwise && position == from + 1
    for (layer, channel, place) in [
      (from, core.channel, second),
      (position, isOwn ? core.channel : core.channel(at: position), third),
    ] {
      let inside = frame.pane(place, title: "\(core.layers[layer].name) channel \(channel)")
      ChannelPicture(
        output: trace.output(at: layer), channel: channel, view: core.heatView, hasBar: true
      ).draw(in: inside, of: &frame.cells)
    }
  }

  /// What is followed.
  var source: String {
    let (layer, cursor) = (core.layer.name, core.cursor)
    return switch screen.source {
    case .channel: "Channel \(core.channel) of \(layer)"
    case .cell: "Row \(cursor.y), column \(cursor.x) of \(layer)"
    case .photo: "What the photo shows at row \(cursor.y), column \(cursor.x) of \(layer)"
    }
  }

  private func drawLayers(of flow: Flow, in area: Rect, of frame: inout Frame) {
    let isFramed = Layout.isRoomy(core.size)
    let around = Self.name + 1 + (isFramed ? Self.manyChannels : Self.channels)
    // The columns of a picture and its gap, and how many of them there is room for.
    func fitting(_ picture: Int) -> (across: Int, down: Int) {
      let width = max(2 * picture, Self.narrowest) + 2
      return (max(1, (area.width + 2) / width), max(1, area.height / (picture + around)))
    }
    // As large as leaves room for all layers; where there is none for all, for many.
    let all = layers(flow).count
    let highest = min(area.height - around, area.width / 2)
    let picture =
      stride(from: highest, through: Self.lowest, by: -1).first {
        fitting($0).across * fitting($0).down >= all
      } ?? Self.lowest
    let (most, rows) = fitting(picture)
    let shown = shown(flow, most * rows)
    guard !shown.isEmpty else { return }
    // Rows are alike: no more layers stand side by side than that takes.
    let down = (shown.count + most - 1) / most
    let across = (shown.count + down - 1) / down
    let (width, height) = (area.width / across, area.height / down)
    for (index, position) in shown.enumerated() {
      // Frames take the place of gaps.
      let gap = isFramed ? Size(width: 0, height: 0) : Size(width: 2, height: 1)
      let place = area.tile(
        index, across: across, size: Size(width: width - gap.width, height: height - gap.height),
        gap: gap)
      // The last has the names of classes, which take the rest of its row.
      let isLast = index == shown.count - 1
      let row = area.from(y: place.y).rows(.fixed(isFramed ? place.height : area.height), .fill).0
      let whole = isLast ? row.columns(.fixed(place.x - area.x), .fill).1 : place
      draw(position, of: flow, picture: picture, in: whole, of: &frame)
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

  /// A layer's name, where it goes, and the channels that carry most of it, as many as there is room for.
  private func draw(
    _ position: Int, of flow: Flow, picture: Int, in area: Rect, of frame: inout Frame
  ) {
    let layer = core.layers[position]
    let short = layer.name.replacing("conv", with: "")
    let title = Layout.isRoomy(core.size) ? [layer.name, short] : [layer.name]
    let below = frame.pane(area, title: title.fitting(columns: area.width - 6))
    frame.answer(in: area, click: { _, _ in .layerSelected(position) })
    var list = below
    if layer.output.places > 1, let places = flow.places(at: position) {
      let (map, rest) = below.rows(.fixed(picture), .fill)
      OverlayView(
        pixels: core.photo.prepared.pixels, plane: places, tints: .shown(core.view)
      ).draw(in: map, of: &frame.cells)
      list = rest
    }
    drawChannels(of: flow, at: position, in: list, of: &frame)
  }

  /// Writes the channels that carry most, as many as there are rows for, with bars from one column
  /// on where there is room.
  private func drawChannels(
    of flow: Flow, at position: Int, in area: Rect, of frame: inout Frame
  ) {
    let channels = flow.channels(at: position) ?? []
    let order = channels.indices.filter { channels[$0] != 0 }.sorted {
      (channels[$1].magnitude, $0) < (channels[$0].magnitude, $1)
    }
    let reach = order.first.map { channels[$0].magnitude } ?? 1
    let digits = Self.digits(upTo: reach)
    func signed(_ value: Double) -> String {
      let text = digits.map { NumberText.fixed(value, $0) } ?? NumberText.value(Float(value))
      return (text.hasPrefix("-") ? "" : "+") + text
    }
    let shown = order.prefix(area.height)
    let texts = shown.map { channel in
      let value = signed(channels[channel])
      return core.className(ofChannel: channel, at: position).map {
        value + " "
          + way(of: channel, adds: channels[channel] > 0, isWide: area.width >= Self.wide) + $0
      } ?? "\(channel)".padded(left: 4) + value.padded(left: max(8, value.count + 1))
    }
    let longest = texts.map(\.count).max() ?? 0
    let width = min(longest, max(Self.fewestLetters, area.width * 3 / 4))
    // A bar alone would always be full.
    let hasBars = shown.count > 1 && area.width - width - 1 >= Self.barWidth
    for (row, (channel, text)) in zip(shown, texts).enumerated() {
      let style = channels[channel] < 0 ? Theme.below : Theme.above
      let line = area.row(area.y + row, from: area.x)
      frame.cells.write(
        text, x: line.x, y: line.y, style: style, maxWidth: hasBars ? width : line.width)
      guard hasBars else { continue }
      frame.cells.bar(
        channels[channel].magnitude / reach, in: line.columns(.fixed(width), .fill, gap: 1).1,
        style: style)
    }
  }

  /// Whether a class is raised or lowered: all but the one that is followed count against it, so that
  /// what lowers them adds.
  private func way(of channel: Int, adds: Bool, isWide: Bool) -> String {
    let isRaised = adds == (channel == core.selectedClass)
    return isWide ? (isRaised ? "for more " : "for less ") : (isRaised ? "↑" : "↓")
  }

  /// The sum of what flows, as a sentence.
  func sentence(on total: Double) -> String {
    let number = NumberText.value(Float(total.magnitude))
    return total < 0 ? "It takes off \(number) in all." : "It adds \(number) in all."
  }

  /// The decimals of all numbers of a list whose largest is `reach`: three digits of that; nil where
  /// that would be too many.
  private static func digits(upTo reach: Double) -> Int? {
    (0...5).first { reach * pow(10, Double($0)) >= 100 }
  }
}
