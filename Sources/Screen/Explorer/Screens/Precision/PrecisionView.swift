import Cells
import Comparison
import MobileNet
import Reports
import Tensors

extension PrecisionScreen {
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
        action: .precision(.worstChannelAsked)),
    ] + Bindings.tones

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    PrecisionView(screen: self, core: core).draw(in: area, of: &frame)
  }
}

/// The layers with what each loses, and one channel in every precision with one cursor.
struct PrecisionView {
  let screen: PrecisionScreen
  let core: Core

  /// The columns of the list.
  private static let listWidth = 42
  /// The rows of what is said below the pictures.
  private static let facts = 5

  func draw(in area: Rect, of frame: inout Frame) {
    guard let floats = core.original?.trace else {
      frame.cells.write(core.waitingText, x: area.x, y: area.y, style: Theme.quiet)
      return
    }
    let (top, body) = area.rows(.fixed(2), .fill)
    frame.cells.write(verdict, x: top.x + 1, y: top.y, style: Theme.title, maxWidth: top.width - 1)
    frame.cells.write(
      recipe, x: top.x + 1, y: top.y + 1, style: Theme.quiet, maxWidth: top.width - 1)
    let (list, rest) = body.columns(.fixed(min(Self.listWidth, body.width)), .fill, gap: 2)
    drawList(in: list, of: &frame)
    let (pictures, below) = rest.rows(.fill, .fixed(Self.facts))
    drawPictures(floats, in: pictures, of: &frame)
    drawFacts(in: below, of: &frame)
  }

  private var run: PrecisionRun? { screen.run(in: screen.listed, core)?.value }

  /// What became of the answer.
  private var verdict: String {
    guard let run else { return "\(screen.listed.rawValue): …" }
    return LossReport.verdict(screen.listed, run, core.layers, core.model.checkpoint)
  }

  private func percent(_ prediction: Prediction) -> String {
    NumberText.percent(Double(prediction.probability), digits: 1)
  }

  /// How the integers were made.
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
    let rows = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
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
    let (first, second, third) = area.columns(.fill, .fill, .fill, gap: 1)
    let own = ActivationMap(floats.output(at: position), channel: core.channel)
    var view = core.view
    view.range = .channel
    for (column, place) in zip(columns, [first, second, third]) {
      frame.cells.write(
        column.name, x: place.x, y: place.y, style: Theme.title, maxWidth: place.width)
      let map = ActivationMap(column.trace.output(at: position), channel: core.channel)
      let picture = Rect(x: place.x, y: place.y + 1, width: place.width, height: place.height - 2)
      guard picture.width > 0, picture.height > 0 else { continue }
      let heatmap = HeatmapView(map, in: picture, density: frame.cells.capabilities.density)
      heatmap.draw(
        HeatScale(view, shown: own.values, layer: 0...0),
        outline: map.channelCell ?? core.cursor.cell, of: &frame.cells)
      frame.cells.write(
        column.value(core), x: place.x, y: heatmap.grid.area.maxY, style: Theme.title,
        maxWidth: place.width)
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

  /// The number under the cursor as each precision keeps it, and what the layer loses.
  private func drawFacts(in area: Rect, of frame: inout Frame) {
    guard let floats = core.original?.trace else { return }
    let place =
      core.layer.output.places > 1 ? "row \(core.cursor.y), column \(core.cursor.x), " : ""
    let columns = PrecisionColumn.all(screen, core, floats)
    var lines = [
      (
        "\(place)channel \(core.channel): "
          + columns.prefix(2).map { $0.stored(core) }.joined(separator: "  "), Theme.plain
      )
    ]
    if columns.count > 2 { lines.append((columns[2].stored(core), Theme.plain)) }
    if let loss = run?.losses[core.selection.layer] {
      lines.append(
        (
          "error \(LossReport.share(loss.error)) of the range, \(LossReport.share(loss.largestError)) at most",
          Theme.plain
        ))
      lines.append(
        (
          "clipped \(LossReport.share(loss.clipped)), at the last number \(LossReport.share(loss.saturated))",
          Theme.plain
        ))
      if let channel = loss.channel {
        lines.append(
          (
            "channel \(channel) suffers most: \(LossReport.share(loss.channelError)) of its range",
            Theme.plain
          ))
      }
    }
    for (row, line) in lines.prefix(area.height).enumerated() {
      frame.cells.write(
        line.0, x: area.x, y: area.y + row, style: line.1, maxWidth: area.width)
    }
  }
}
