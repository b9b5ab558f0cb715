import Cells
import Lessons

/// The photo with the receptive field of a cell, and its growth from layer to layer.
struct FieldView {
  let screen: LessonScreen
  let core: Core
  let lesson: FieldLesson
  let step: Step

  func draw(in area: Rect, of frame: inout Frame) {
    let width = min(area.height * 2, area.width * 3 / 5)
    let (left, right) = area.columns(.fixed(width), .fill, gap: 2)
    var photo = PhotoView(pixels: core.photo.prepared.pixels)
    if let position = shown {
      photo.outline = seen(by: position)
      photo.inner = position > 0 ? seen(by: position - 1) : nil
    }
    photo.draw(in: left, of: &frame.cells)
    // The layer's output, until there are charts.
    if step.charts.isEmpty {
      OutputPicture(screen: screen, core: core).draw(in: right, of: &frame)
    }
    // Below the charts what the layer makes, where there is room for both.
    let rows = step.charts.reduce(1) { $0 + $1.rows.count + 1 }
    let isHigh = !step.charts.isEmpty && right.height - rows >= Self.fewestRows
    let (charts, output) = right.rows(.fixed(isHigh ? rows : right.height), .fill)
    ChartsView(charts: step.charts, words: core.stage).draw(in: charts, of: &frame.cells)
    if isHigh { OutputPicture(screen: screen, core: core).draw(in: output, of: &frame) }
  }

  /// The fewest rows of a picture with its caption.
  private static let fewestRows = 12

  /// The position of the layer that was explained last.
  private var shown: Int? {
    for step in screen.steps(core)[...min(screen.step, screen.steps(core).count - 1)].reversed() {
      if case .layer(let position) = step.part { return position }
    }
    return nil
  }

  private func seen(by position: Int) -> (columns: Range<Int>, rows: Range<Int>) {
    let seen = lesson.seen(by: position)
    return (seen.columns, seen.rows)
  }
}
