import Cells
import Comparison
import MobileNet
import Reports

extension BesideScreen {
  static let bindings: [Binding] =
    [
      Bindings.arrows("place") { .cellMoved(x: $0, y: $1) }.only {
        $0.core.layer.output.places > 1
      },
      Bindings.layerByLayer,
      Binding(
        steps: [.character("<"), .character(">")], "< >", label: "channel",
        help: "Show the channel before or after: by influence for two networks, by number for two "
          + "photos, or for one network at two sizes."
      ) { step, _ in .beside(.rankMoved(by: step)) },
      Bindings.otherPhoto(.open(.began(.otherImage))).only { !$0[BesideScreen.self].isNetwork },
    ] + Bindings.tones

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    BesideView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// Two pictures with one cursor; for two photos also the similarity of each layer's outputs.
struct BesideView {
  let screen: BesideScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    let isRoomy = Layout.isRoomy(core.size)
    let rows = Paragraph.draw(
      explanation, in: area.inset(1).rows(.fixed(3), .fill).0, style: Theme.quiet, of: &frame.cells)
    var body = (isRoomy ? area : area.inset(1)).rows(.fixed(rows), .fill).1
    guard let sides = screen.sides(core) else {
      frame.cells.write(
        missing, x: area.x + 1, y: body.y, style: Theme.quiet, maxWidth: area.width - 2)
      return
    }
    if !screen.isNetwork {
      let (list, rest) = body.columns(
        .fixed(min(SimilarityList.width, body.width / 2)), .fill, gap: isRoomy ? 0 : 2)
      SimilarityList(screen: screen, core: core).draw(
        in: isRoomy ? frame.pane(list, title: "how similar") : list, of: &frame)
      body = rest
    }
    let halves = body.columns(.fill, .fill, gap: isRoomy ? 0 : 2)
    let shown = [channel(of: sides.left), channel(of: sides.right)]
    // The same channel of one network shares one scale; channels of two networks have scales of
    // their own.
    let values = zip([sides.left, sides.right], shown).map { side, channel in
      ActivationMap(side.output, channel: channel).values
    }
    for (index, side) in [sides.left, sides.right].enumerated() {
      SideView(
        screen: screen, core: core, side: side, channel: shown[index],
        scaled: screen.channelsCorrespond(core) ? values[0] + values[1] : values[index]
      ).draw(in: index == 0 ? halves.0 : halves.1, of: &frame)
    }
  }

  /// The text shown without two sides.
  var missing: String {
    screen.counterpart(core) == nil
      ? core.waitingText : "The other network has no \(core.layer.name)."
  }

  var explanation: String {
    let off = core.patches.summary.map { " \($0) on the left; the right side is whole." } ?? ""
    return comparison + off
  }

  private var comparison: String {
    let name = "\(core.layer.index) \(core.layer.name)"
    guard screen.isNetwork else {
      return "\(name): the same layer and channel of two photos, on one scale."
    }
    guard !screen.channelsCorrespond(core) else {
      return "\(name): one network at two sizes. Its weights are the same, and so are its "
        + "channels: each side shows the same one, on one scale."
    }
    let sorted =
      core.layers.canBePatched(core.selection.layer)
      ? "by how much a channel speaks for the class" : "by value"
    return "\(name): the same place in two networks. Their channels do not correspond: each side "
      + "is sorted \(sorted)."
  }

  /// Returns the channel to show on a side.
  func channel(of side: Side) -> Int {
    if screen.channelsCorrespond(core) { return core.channel }
    let order = side.order(core.answers) ?? Array(0..<side.output.shape.channels)
    return order[min(screen.rank, order.count - 1)]
  }
}

/// The layers with their cosine similarities, scrolled to the selected one.
struct SimilarityList {
  let screen: BesideScreen
  let core: Core

  /// The width in columns.
  static let width = 30

  func draw(in area: Rect, of frame: inout Frame) {
    guard let cosines = screen.counterpart(core)?.similarities, !cosines.isEmpty else {
      return
    }
    frame.cells.write(
      "  # layer       cosine", x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    let selected = core.selection.layer
    ScrollingList(count: cosines.count, selected: selected).draw(
      in: area.rows(.fixed(1), .fill).1, of: &frame,
      click: { .layerSelected($0) }, wheel: { .layerMoved(by: $0) }
    ) { index, row, frame in
      let isSelected = index == selected
      let text =
        (isSelected ? "▸" : " ") + SimilarityReport.line(core.layers[index], cosines[index])
      let end = frame.cells.write(
        text, x: row.x, y: row.y, style: isSelected ? Theme.selected : Theme.plain,
        maxWidth: row.width)
      frame.cells.bar(
        max(cosines[index] ?? 0, 0),
        in: row.row(row.y, from: end + 1), style: Theme.bar)
    }
  }
}
