import Cells
import Comparison
import MobileNet
import Reports
import Tensors

extension PrecisionScreen {
  static let shortcuts: [Binding] = [
    shortcut(
      "@", help: "Show this photo in floats, halves and integers, and what each layer loses.")
  ]

  static let bindings: [Binding] =
    Bindings.layers + Bindings.channels + [
      Binding(
        [.tab], "Tab", label: "precision",
        help: "List what integers lose, or what halves lose.",
        action: .precision(.precisionSwitched)),
      Binding(
        [.character("#")], "#", label: "scales",
        help: "Make integers with a scale for the weights of each channel, or one for a layer's."
      ) { _, state in
        state.core.model.checkpoint.integers == nil ? .precision(.scalesSwitched) : nil
      },
      Binding(
        [.character("%")], "%", label: "ranges",
        help: "Make integers reach all values of the photo, or 99.9 % of them."
      ) { _, state in
        state.core.model.checkpoint.integers == nil ? .precision(.rangesSwitched) : nil
      },
      Binding(
        [.enter], "Enter", label: "worst channel",
        help: "Go to the channel of this layer that suffers most.",
        action: .precision(.worstChannelAsked)
      ).named {
        let worst = $0[PrecisionScreen.self].worstChannel($0.core)
        return worst != nil && worst != $0.core.channel
      },
    ] + Bindings.tones

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    PrecisionView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The layers with their losses, and one channel in every precision with one cursor.
struct PrecisionView {
  let screen: PrecisionScreen
  let core: Core

  /// The width of the list in columns.
  private static let listWidth = 42
  func draw(in area: Rect, of frame: inout Frame) {
    guard let floats = core.original?.trace else {
      Paragraph.draw(
        core.waitingText, in: Layout.margined(area, core.size), style: Theme.quiet,
        of: &frame.cells)
      return
    }
    let (top, body) = area.rows(.fixed(2), .fill)
    frame.cells.write(verdict, x: top.x + 1, y: top.y, style: Theme.title, maxWidth: top.width - 1)
    let elsewhere = core.patches.summary.map { "\($0) on the other screens, nothing in these." }
    frame.cells.write(
      elsewhere ?? recipe, x: top.x + 1, y: top.y + 1,
      style: elsewhere == nil ? Theme.quiet : Theme.question, maxWidth: top.width - 1)
    let isRoomy = Layout.isRoomy(core.size)
    let width = min(Self.listWidth + (isRoomy ? 2 : 0), body.width)
    let (list, rest) = body.columns(.fixed(width), .fill, gap: isRoomy ? 0 : 2)
    drawList(
      in: isRoomy
        ? frame.pane(list, title: "what layers lose, the rest in floats", hasArrows: true) : list,
      of: &frame)
    guard isRoomy else {
      // What is said comes first; the pictures get what it leaves.
      let told = facts(floats).reduce(0) {
        $0 + frame.cells.spelled($1).wrapped(to: rest.width).count
      }
      let (pictures, below) = rest.rows(.fill, .fixed(told))
      drawPictures(floats, in: pictures, of: &frame)
      return drawFacts(floats, in: below, of: &frame)
    }
    let (pictures, below) = rest.rows(.ratio(1, 2), .fill)
    drawPictures(
      floats, in: frame.pane(pictures, title: "\(core.channelName) in each precision"), of: &frame)
    let (facts, errors) = below.columns(.ratio(1, 3), .fill)
    drawFacts(floats, in: frame.pane(facts, title: "under the cursor"), of: &frame)
    drawErrors(floats, in: frame.pane(errors, title: "how far each is off"), of: &frame)
  }

  private var run: PrecisionRun? { screen.run(in: screen.listed, core)?.value }

  /// The change of the answer.
  private var verdict: String {
    guard let run else { return "\(screen.listed.rawValue): …" }
    return LossReport.verdict(screen.listed, run, core.layers, core.model.checkpoint)
  }

  private func percent(_ prediction: Prediction) -> String {
    NumberText.percent(Double(prediction.probability), digits: 1)
  }

  /// The recipe of the integers in words.
  private var recipe: String {
    if core.model.checkpoint.integers != nil {
      return "integer: as the checkpoint's file has them. half: weights and outputs of 16 bits."
    }
    let scales = screen.recipe.isPerChannel ? "a scale for each channel" : "one scale a layer"
    let range = screen.recipe.percentile.map { "\(NumberText.trimmed($0)) % of" } ?? "all"
    return "integer: int8, \(scales); ranges hold \(range) this photo's values."
  }

  // MARK: The layers

  private func drawList(in area: Rect, of frame: inout Frame) {
    frame.cells.write(
      "  # layer         error clipped   answer", x: area.x, y: area.y, style: Theme.quiet,
      maxWidth: area.width)
    let rows = area.rows(.fixed(1), .fill).1
    let selected = core.selection.layer
    ScrollingList(count: core.layers.count, selected: selected).draw(
      in: rows, of: &frame, click: { .layerSelected($0) }, wheel: { .layerMoved(by: $0) }
    ) { position, row, frame in
      let isSelected = position == selected
      let layer = core.layers[position]
      let text =
        (isSelected ? "▸" : " ") + "\(layer.index)".padded(left: 2) + " "
        + layer.name.padded(right: 11) + (run.map { losses($0, position) } ?? "      …")
      let hasTurned = run?.turningPoint.map { position >= $0 } ?? false
      frame.cells.write(
        text, x: row.x, y: row.y,
        style: isSelected ? Theme.selected : hasTurned ? Theme.against : Theme.plain,
        maxWidth: row.width)
    }
  }

  private func losses(_ run: PrecisionRun, _ position: Int) -> String {
    let loss = run.losses[position]
    let own = run.floatAnswer?.classIndex
    let answer = run.answers[position].map {
      ($0.classIndex == own ? "= " : "≠ ") + percent($0).padded(left: 7)
    }
    return LossReport.share(loss.error).padded(left: 8)
      + LossReport.share(loss.clipped).padded(left: 8) + "  "
      + (answer ?? "–")
  }

  // MARK: One channel

  private func drawPictures(_ floats: Trace, in area: Rect, of frame: inout Frame) {
    let position = core.selection.layer
    let columns = PrecisionColumn.all(screen, core, floats)
    let (first, second, third) = area.thirds(gap: 1)
    let own = ActivationMap(floats.output(at: position), channel: core.channel)
    var view = core.view
    view.range = .channel
    for (column, place) in zip(columns, [first, second, third]) {
      frame.cells.write(
        column.name, x: place.x, y: place.y, style: Theme.title, maxWidth: place.width)
      let map = ActivationMap(column.trace.output(at: position), channel: core.channel)
      let picture = place.rows(.fixed(1), .fill, .fixed(1)).1
      guard picture.width > 0, picture.height > 0 else { continue }
      let heatmap = HeatmapView(map, in: picture, density: frame.cells.capabilities.density)
      heatmap.draw(
        HeatScale(view, shown: own.values, layer: 0...0),
        outline: map.channelCell ?? core.cursor.cell, of: &frame.cells)
      let value = "under the cursor: \(column.value(core))"
      frame.cells.write(
        value.count <= place.width ? value : column.value(core), x: place.x,
        y: heatmap.grid.area.maxY, style: Theme.title, maxWidth: place.width)
      let grid = heatmap.grid
      guard map.plane.height > 1, !map.showsAllChannels else { continue }
      frame.answer(
        in: grid.area,
        click: { x, y in
          let source = grid.source(cellX: x, cellY: y)
          return .cellPointed(x: source.x, y: source.y)
        }, wheel: { .channelMoved(by: $0) })
    }
  }

  /// Writes the value under the cursor as each precision stores it, and the layer's losses.
  private func facts(_ floats: Trace) -> [String] {
    let place =
      core.layer.output.places > 1 ? "row \(core.cursor.y), column \(core.cursor.x), " : ""
    let columns = PrecisionColumn.all(screen, core, floats)
    let lines =
      [
        "\(place)channel \(core.channel): "
          + columns.prefix(2).map { "\($0.name) \($0.stored(core))" }.joined(separator: ", ")
      ]
      + columns.dropFirst(2).map { $0.stored(core) }
    guard let loss = run?.losses[core.selection.layer] else { return lines }
    let worst = loss.channel.map {
      "channel \($0) suffers most: \(LossReport.share(loss.channelError)) of its range"
    }
    return lines + [
      "off by \(LossReport.share(loss.error)) of the range, at most "
        + LossReport.share(loss.largestError),
      "beyond the range: \(LossReport.share(loss.clipped)); at its ends: "
        + LossReport.share(loss.saturated),
    ] + [worst].compactMap(\.self)
  }

  private func drawFacts(_ floats: Trace, in area: Rect, of frame: inout Frame) {
    var rest = area
    for text in facts(floats) {
      let rows = Paragraph.draw(text, in: rest, of: &frame.cells)
      rest = rest.rows(.fixed(rows), .fill).1
    }
  }

  /// Draws the channel's errors in each precision: its values minus those of the floats, each on
  /// its own scale.
  private func drawErrors(_ floats: Trace, in area: Rect, of frame: inout Frame) {
    let position = core.selection.layer
    let own = floats.output(at: position)
    // Equally wide, so that places line up.
    let width = (area.width - 1) / 2
    let (first, second) = area.columns(.fixed(width), .fixed(width), gap: 1)
    let columns = PrecisionColumn.all(screen, core, floats).dropFirst()
    var reach: Float?
    for (column, place) in zip(columns, [first, second]) {
      frame.cells.write(
        "\(column.name) − float", x: place.x, y: place.y, style: Theme.title, maxWidth: place.width)
      guard place.height >= 4 else { continue }
      let map = ActivationMap(
        column.trace.output(at: position).less(own, channel: core.channel),
        channel: own.shape.places == 1 ? core.channel : 0)
      let picture = place.rows(.fixed(1), .fill).1.rows(.fill, .fixed(1)).0
      let heatmap = HeatmapView(map, in: picture, density: frame.cells.capabilities.density)
      var view = core.view
      view.range = .channel
      let scale = HeatScale(view, shown: heatmap.spanned(), layer: 0...0)
      heatmap.draw(scale, outline: map.channelCell ?? core.cursor.cell, of: &frame.cells)
      // Both look alike, each on a scale of its own.
      if let reach, reach > 0, scale.upper >= 2 * reach {
        let times = NumberText.fixed(Double(scale.upper / reach), 0)
        frame.cells.write(
          [
            "\(column.name) − float, \(times) × the left scale",
            "\(column.name), \(times) × the left",
          ]
          .fitting(columns: place.width).padded(right: place.width), x: place.x, y: place.y,
          style: Theme.title, maxWidth: place.width)
      }
      reach = scale.upper
      ColorBarView(scale: scale, range: "").draw(
        in: place.row(heatmap.grid.area.maxY),
        of: &frame.cells)
    }
  }
}

extension Tensor {
  /// Returns a channel minus that of `other`; for a layer with a single place, all channels.
  fileprivate func less(_ other: Tensor, channel: Int) -> Tensor {
    let isSingle = shape.places == 1
    let values = isSingle ? self.values : plane(channel).values
    let others = isSingle ? other.values : other.plane(channel).values
    return Tensor(
      shape: isSingle ? shape : Shape(height: shape.height, width: shape.width, channels: 1),
      values: zip(values, others).map { $0 - $1 })
  }
}
