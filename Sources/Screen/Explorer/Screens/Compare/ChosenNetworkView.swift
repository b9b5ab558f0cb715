import Cells
import Comparison
import Reports

/// A network among those compared: the photo as it gets that, its answers, what there is to say, and the
/// layers that its time goes to.
struct ChosenNetworkView {
  let photo: PhotoView
  let sentences: [String]
  /// Its costs and answers; nil until it is measured.
  let measurement: Measurement?

  /// The fewest columns of the answers beside the photo.
  private static let answerColumns = 18
  /// The rows that the layers get where there is room.
  private static let layerRows = 10

  func draw(in area: Rect, of frame: inout Frame) {
    // Words stand beside the photo where there are few rows.
    guard area.width <= 4 * area.height else {
      let (picture, rest) = area.columns(.fixed(2 * area.height), .fill, gap: 2)
      let (words, answers) = rest.columns(.ratio(3, 5), .fill, gap: 2)
      photo.draw(in: picture, of: &frame.cells)
      drawSentences(in: words, of: &frame)
      return drawAnswers(in: answers, of: &frame)
    }
    let words = sentences.reduce(0) { $0 + $1.wrapped(to: area.width).count }
    let isTall = area.height >= 3 * Self.layerRows
    // A cell is twice as high as wide.
    let side = max(
      4,
      min(
        (area.width - Self.answerColumns - 1) / 2,
        area.height - words - 1 - (isTall ? Self.layerRows : 0)))
    let (upper, lower) = area.rows(.fixed(side), .fill, gap: 1)
    let (picture, answers) = upper.columns(.fixed(2 * side), .fill, gap: 1)
    photo.draw(in: picture, of: &frame.cells)
    drawAnswers(in: answers, of: &frame)
    drawLayers(in: lower.from(y: drawSentences(in: lower, of: &frame) + 1), of: &frame)
  }

  /// Writes the sentences; returns the row below.
  @discardableResult
  private func drawSentences(in area: Rect, of frame: inout Frame) -> Int {
    sentences.reduce(area.y) { y, text in
      y + Paragraph.draw(text, in: area.from(y: y), of: &frame.cells)
    }
  }

  /// Draws the likely classes, each above its bar.
  private func drawAnswers(in area: Rect, of frame: inout Frame) {
    ClassBarsView(classes: (measurement?.answers ?? []).map { ($0.label, $0.probability) }).draw(
      in: area, of: &frame.cells)
  }

  /// Draws the layers with their times, the slowest first, as many as there is room for.
  private func drawLayers(in area: Rect, of frame: inout Frame) {
    let layers = (measurement?.layerTimes ?? []).sorted { $0.milliseconds > $1.milliseconds }
    guard area.height > 2, let slowest = layers.first else { return }
    let (head, list) = area.rows(.fixed(1), .fill)
    frame.cells.write(
      "milliseconds by layer, the slowest first", x: head.x, y: head.y, style: Theme.quiet,
      maxWidth: head.width)
    for (line, layer) in layers.prefix(list.height).enumerated() {
      let y = list.y + line
      let end = frame.cells.write(
        layer.name.padded(right: 12) + NumberText.fixed(layer.milliseconds, 2).padded(left: 7)
          + " ", x: list.x, y: y, maxWidth: list.width)
      frame.cells.bar(
        layer.milliseconds / max(slowest.milliseconds, .leastNormalMagnitude),
        in: list.row(y, from: end), style: Theme.bar)
    }
  }
}
