import Cells
import MobileNet
import Reports
import Tensors

/// The input channels of a pointwise or fully connected layer as bars, with pictures of the one
/// under the cursor and of the layer's output.
struct InputListView {
  let screen: KernelsScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    guard let contributions = screen.contributions(core) else {
      Paragraph.draw(
        core.waitingText, in: Layout.margined(area, core.size), style: Theme.quiet,
        of: &frame.cells)
      return
    }
    frame.cells.write(sum(contributions), x: area.x + 1, y: area.y, maxWidth: area.width - 1)
    let isRoomy = Layout.isRoomy(core.size)
    let (_, below) = area.rows(.fixed(isRoomy ? 1 : 2), .fill)
    let width = isRoomy ? area.width / 2 : area.width >= 76 ? area.width / 3 : 0
    let (left, side) = below.columns(
      .fill, .fixed(width), gap: width > 0 && !isRoomy ? 2 : 0)
    let cursor = min(screen.cursor, contributions.entries.count - 1)
    let list = isRoomy ? frame.pane(left, title: "inputs", hasArrows: true) : left
    drawList(contributions, cursor: cursor, in: list, of: &frame)
    guard width > 0, contributions.entries.indices.contains(cursor) else { return }
    let input = contributions.entries[cursor].channel
    let (pictures, most) = side.rows(.ratio(isRoomy ? 1 : 2, 2), .fill)
    drawPictures(of: input, in: pictures, of: &frame)
    if isRoomy, let source {
      PlaneSheet(source.output, channels: contributions.entries.map(\.channel))
        .draw(in: frame.pane(most, title: "the inputs at the top of the list"), of: &frame)
    }
  }

  /// Returns the contributions and the bias as an equation with their sum.
  func sum(_ contributions: InputContributions) -> String {
    let speakingFor = contributions.entries.map(\.contribution).filter { $0 > 0 }.reduce(0, +)
    let against = contributions.entries.map(\.contribution).filter { $0 < 0 }.reduce(0, +)
    let name = core.layer.output.places > 1 ? "the mean of its sums" : "its sum"
    return
      "\(name) is \(number(contributions.sum)) = \(number(speakingFor)) for it, "
      + "\(number(against)) against it, bias \(number(Double(contributions.bias)))"
  }

  private func drawList(
    _ contributions: InputContributions, cursor: Int, in area: Rect, of frame: inout Frame
  ) {
    let entries = contributions.entries
    let (title, rows) = area.rows(.fixed(1), .fill)
    let numbers = "channel".padded(left: 8) + "weight".padded(left: 9) + "mean".padded(left: 9)
    frame.cells.write(
      numbers + "adds".padded(left: 9) + "  by \(screen.order.rawValue)", x: title.x,
      y: title.y, style: Theme.quiet, maxWidth: title.width)
    let largest = entries.map(\.contribution.magnitude).max() ?? 0
    ScrollingList(count: entries.count, selected: cursor).draw(
      in: rows, of: &frame,
      click: { .kernels(.pointed($0)) }, wheel: { .kernels(.moved(by: $0)) }
    ) { line, row, frame in
      let entry = entries[line]
      let text =
        (line == cursor ? "▸" : " ") + "\(entry.channel)".padded(left: 7)
        + number(Double(entry.weight)).padded(left: 9) + number(entry.mean).padded(left: 9)
        + number(entry.contribution).padded(left: 9) + " "
      let end = frame.cells.write(
        text, x: row.x, y: row.y, style: line == cursor ? Theme.selected : Theme.plain,
        maxWidth: row.width)
      frame.cells.signedBar(
        largest > 0 ? entry.contribution / largest : 0,
        in: row.row(row.y, from: end + 1), below: Theme.below,
        above: Theme.above)
    }
  }

  /// The layer whose channels are drawn: the one before, or the one before that if it is the
  /// pooling layer, since maps say more than single numbers.
  private var source: (name: String, output: Tensor)? {
    guard let trace = core.run?.trace else { return nil }
    let position = core.selection.layer - 1
    let shown = trace.layers[position].kind == .averagePooling ? position - 1 : position
    return (trace.layers[shown].name, trace.output(at: shown))
  }

  /// Draws the input channel under the cursor, and the layer's output.
  private func drawPictures(of input: Int, in area: Rect, of frame: inout Frame) {
    guard let source, let output = core.output else { return }
    let hasOutput = core.layer.output.places > 1
    let (first, second) =
      Layout.isRoomy(core.size)
      ? area.columns(.ratio(1, 2), .fill) : area.rows(.ratio(1, 2), .fill)
    let upper = frame.pane(first, title: "\(source.name) channel \(input)")
    ChannelPicture(output: source.output, channel: input, view: core.view)
      .draw(in: upper, of: &frame.cells)
    frame.answer(in: upper, click: { _, _ in .kernels(.wentTowardsPixels) })
    guard hasOutput else {
      if Layout.isRoomy(core.size) { drawWeights(of: input, in: second, of: &frame) }
      return
    }
    ChannelPicture(output: output, channel: core.channel, view: core.view)
      .draw(in: frame.pane(second, title: core.channelName), of: &frame.cells)
  }

  /// Draws the weights of all inputs as one picture, that of the input under the cursor outlined.
  private func drawWeights(of input: Int, in area: Rect, of frame: inout Frame) {
    let inside = frame.pane(area, title: "the weights of all inputs")
    guard let weights = core.model.checkpoint.weights(of: core.layer)?.weights(of: core.channel)
    else { return }
    let shape = Shape(height: 1, width: 1, channels: weights.count)
    ChannelPicture(
      output: Tensor(shape: shape, values: weights), channel: input, view: core.view
    ).draw(in: inside, of: &frame.cells)
  }

  private func number(_ value: Double) -> String { NumberText.value(Float(value)) }
}
