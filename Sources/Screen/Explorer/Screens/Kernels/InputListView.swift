import Cells
import MobileNet
import Reports

/// The input channels of a pointwise or fully connected layer as bars, and pictures of the one
/// under the cursor and of what is made of all.
struct InputListView {
  let screen: KernelsScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    guard let contributions = screen.contributions(core) else {
      frame.cells.write(core.waitingText, x: area.x, y: area.y, style: Theme.quiet)
      return
    }
    drawSum(contributions, in: area, of: &frame)
    let width = area.width >= 76 ? area.width / 3 : 0
    let (_, below) = area.rows(.fixed(2), .fill)
    let (list, side) = below.columns(.fill, .fixed(width), gap: width > 0 ? 2 : 0)
    let cursor = min(screen.cursor, contributions.entries.count - 1)
    drawList(contributions, cursor: cursor, in: list, of: &frame)
    if width > 0, contributions.entries.indices.contains(cursor) {
      drawPictures(
        of: contributions.entries[cursor].channel, in: side, of: &frame)
    }
  }

  /// What the entries and the bias add up to.
  private func drawSum(_ contributions: InputContributions, in area: Rect, of frame: inout Frame) {
    let speakingFor = contributions.entries.map(\.contribution).filter { $0 > 0 }.reduce(0, +)
    let against = contributions.entries.map(\.contribution).filter { $0 < 0 }.reduce(0, +)
    let name = core.layer.output.places > 1 ? "mean of its sums" : "its sum"
    let text =
      "\(name) \(number(contributions.sum)) = for \(number(speakingFor)), "
      + "against \(number(against)), bias \(number(Double(contributions.bias)))"
    frame.cells.write(text, x: area.x, y: area.y, maxWidth: area.width)
  }

  private func drawList(
    _ contributions: InputContributions, cursor: Int, in area: Rect, of frame: inout Frame
  ) {
    let entries = contributions.entries
    let numbers = "channel".padded(left: 8) + "weight".padded(left: 9) + "mean".padded(left: 9)
    frame.cells.write(
      numbers + "adds".padded(left: 9) + "  by \(screen.order.rawValue)", x: area.x,
      y: area.y, style: Theme.quiet, maxWidth: area.width)
    let rows = area.height - 1
    let largest = entries.map(\.contribution.magnitude).max() ?? 0
    ScrollingList(count: entries.count, selected: cursor).draw(
      in: Rect(x: area.x, y: area.y + 1, width: area.width, height: rows), of: &frame,
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
        in: Rect(x: end + 1, y: row.y, width: row.maxX - end - 1, height: 1), below: Theme.below,
        above: Theme.above)
    }
  }

  private func drawPictures(of input: Int, in area: Rect, of frame: inout Frame) {
    guard let trace = core.run?.trace else { return }
    let half = area.height / 2
    let upper = Rect(x: area.x, y: area.y + 1, width: area.width, height: half - 1)
    // Behind the pooling layer a channel is a single number; the map that it is the mean of says
    // more.
    let position = core.selection.layer - 1
    let shown = trace.layers[position].kind == .averagePooling ? position - 1 : position
    frame.cells.write(
      "\(trace.layers[shown].name) \(input)", x: area.x, y: area.y, style: Theme.quiet,
      maxWidth: area.width)
    ChannelPicture(output: trace.output(at: shown), channel: input, view: core.view)
      .draw(in: upper, of: &frame.cells)
    frame.answer(in: upper, click: { _, _ in .kernels(.wentTowardsPixels) })

    guard core.layer.output.places > 1 else { return }
    frame.cells.write(
      "\(core.layer.name) \(core.channel)", x: area.x, y: upper.maxY, style: Theme.quiet,
      maxWidth: area.width)
    let lower = Rect(x: area.x, y: upper.maxY + 1, width: area.width, height: half - 1)
    ChannelPicture(
      output: trace.output(at: core.selection.layer), channel: core.channel, view: core.view
    ).draw(in: lower, of: &frame.cells)
  }

  private func number(_ value: Double) -> String { NumberText.value(Float(value)) }
}
