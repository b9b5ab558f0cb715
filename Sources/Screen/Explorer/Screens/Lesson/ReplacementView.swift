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
    guard let work = step.charts.first else { return drawPictures(in: area, of: &frame) }
    let charts = step.charts.reduce(0) { $0 + $1.rows.count + 2 }
    let high = Self.rows + Self.labels
    let isGuessed = work.rows.last?.value == nil
    if area.width >= Self.wide, area.height >= charts + 2 * high {
      let (left, pictures) = area.columns(.ratio(2, 5), .fill, gap: 3)
      let (upper, lower) = left.rows(.fill, .fixed(2 * high))
      ChartsView(charts: step.charts, words: core.stage).draw(in: upper, of: &frame.cells)
      drawBlocks(
        isGuessed: isGuessed, in: lower.rows(.fixed(high), .fixed(high)), of: &frame.cells)
      return drawFourPictures(in: pictures, of: &frame)
    }
    let (upper, lower) = area.rows(.fixed(charts), .fill)
    ChartsView(charts: step.charts, words: core.stage).draw(in: upper, of: &frame.cells)
    guard lower.height >= high else { return }
    let (blocks, pictures) = lower.rows(.fixed(high), .fill, gap: 1)
    let (left, right) = blocks.columns(.ratio(1, 2), .fill, gap: 3)
    drawBlocks(isGuessed: isGuessed, in: (left, right), of: &frame.cells)
    drawPictures(in: pictures, of: &frame)
  }

  /// The fewest columns for pictures beside the charts.
  private static let wide = 140

  /// Draws the nine rows of a standard kernel, and the pair, unless it is still to be guessed.
  private func drawBlocks(
    isGuessed: Bool, in areas: (Rect, Rect), of cells: inout CellBuffer
  ) {
    let (left, right) = areas
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
    guard area.height >= Self.fewestRows else { return }
    let (first, second, third) = area.thirds(gap: 2)
    for (picture, place) in zip(pictures, [first, second, third]) {
      picture.draw(in: place, of: &frame)
    }
  }

  /// Draws the photo, the pair's input and the outputs of both layers two by two.
  private func drawFourPictures(in area: Rect, of frame: inout Frame) {
    let (upper, lower) = area.rows(.ratio(1, 2), .fill)
    let (photo, input) = upper.columns(.ratio(1, 2), .fill, gap: 2)
    let (middle, output) = lower.columns(.ratio(1, 2), .fill, gap: 2)
    let (caption, place) = photo.rows(.fixed(1), .fill)
    let grid = PhotoView(pixels: core.photo.prepared.pixels).draw(in: place, of: &frame.cells)
    caption.write(core.stage("photo"), over: grid, of: &frame.cells)
    for (picture, place) in zip(pictures, [input, middle, output]) {
      picture.draw(in: place, of: &frame)
    }
  }

  /// The pair's input, and the outputs of both layers.
  private var pictures: [MapPicture] {
    guard let trace = core.run?.trace else { return [] }
    let pair = lesson.replacement
    let (depthwise, pointwise) = (pair.depthwise.index - 1, pair.pointwise.index - 1)
    let channel = core.channel(at: depthwise)
    let input = MapPicture(
      tensor: trace.input(at: depthwise), channel: channel,
      title: core.reading(channel, at: depthwise), compared: core.whole(at: depthwise - 1))
    return [input]
      + [depthwise, pointwise].map { position in
        let channel = core.channel(at: position)
        return MapPicture(
          tensor: trace.output(at: position), channel: channel,
          title: "\(core.layers[position].name) \(channel)", compared: core.whole(at: position))
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
