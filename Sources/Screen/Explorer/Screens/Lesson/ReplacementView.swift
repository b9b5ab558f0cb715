import Cells
import Lessons
import MobileNet

/// The work of a standard convolution and of the pair that replaces it, for one place, as blocks to
/// scale; with charts, and pictures of the pair's inputs and outputs.
struct ReplacementView {
  let core: Core
  let lesson: ReplacementLesson
  let step: Step

  /// A row for each of the nine weights of a window.
  private static let rows = 9
  /// The label rows: one above the blocks and one below.
  private static let labels = 2
  /// The smallest height of a picture, with its title.
  private static let fewestRows = 6

  func draw(in area: Rect, of frame: inout Frame) {
    let charts = step.charts.reduce(0) { $0 + $1.rows.count + 2 }
    let (upper, lower) = area.rows(.fixed(charts), .fill)
    ChartsView(charts: step.charts).draw(in: upper, of: &frame.cells)
    guard let work = step.charts.first else { return drawPictures(in: area, of: &frame) }
    let high = Self.rows + Self.labels
    guard lower.height >= high else { return }
    let (blocks, pictures) = lower.rows(.fixed(high), .fill, gap: 1)
    drawBlocks(isGuessed: work.rows.last?.value == nil, in: blocks, of: &frame.cells)
    drawPictures(in: pictures, of: &frame)
  }

  /// Draws the nine rows of a standard kernel, and beside them the pair, unless it is still to be
  /// guessed.
  private func drawBlocks(isGuessed: Bool, in area: Rect, of cells: inout CellBuffer) {
    let (left, right) = area.columns(.ratio(1, 2), .fill, gap: 3)
    let outputs = lesson.replacement.outputs
    let facts = ["outputs": "\(outputs)"]
    label(core.stage("standard", facts), above: left, of: &cells)
    for row in 0..<Self.rows { block(1, row, in: left, of: &cells) }
    label(core.stage("standard-scale", facts), below: left, of: &cells)
    guard !isGuessed else { return }
    label(core.stage("pair", facts), above: right, of: &cells)
    for row in 0..<Self.rows - 1 { block(1 / Double(outputs), row, in: right, of: &cells) }
    block(1, Self.rows - 1, in: right, of: &cells)
    label(core.stage("pair-scale"), below: right, of: &cells)
  }

  /// Draws the pair's input and the outputs of both layers side by side.
  private func drawPictures(in area: Rect, of frame: inout Frame) {
    guard area.height >= Self.fewestRows, let trace = core.run?.trace else { return }
    let pair = lesson.replacement
    let (depthwise, pointwise) = (pair.depthwise.index - 1, pair.pointwise.index - 1)
    let channel = core.channel(at: depthwise)
    let (first, second, third) = area.columns(.fill, .fill, .fill, gap: 2)
    MapPicture(
      tensor: trace.input(at: depthwise), channel: channel, title: core.reading("\(channel)")
    ).draw(in: first, of: &frame)
    for (position, place) in [(depthwise, second), (pointwise, third)] {
      let channel = core.channel(at: position)
      MapPicture(
        tensor: trace.output(at: position), channel: channel,
        title: "\(core.layers[position].name) \(channel)"
      ).draw(in: place, of: &frame)
    }
  }

  /// Draws a row of a block as wide as `share` of the area, at least as wide as the thinnest bar
  /// that the terminal can draw.
  private func block(_ share: Double, _ row: Int, in area: Rect, of cells: inout CellBuffer) {
    let least = 1 / Double(8 * max(1, area.width))
    cells.bar(max(share, least), in: area.row(area.y + 1 + row), style: Theme.bar)
  }

  private func label(_ text: String, above area: Rect, of cells: inout CellBuffer) {
    cells.write(text, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
  }

  private func label(_ text: String, below area: Rect, of cells: inout CellBuffer) {
    cells.write(
      text, x: area.x, y: area.y + 1 + Self.rows, style: Theme.quiet, maxWidth: area.width)
  }
}
