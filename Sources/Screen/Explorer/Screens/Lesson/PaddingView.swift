import Cells
import Lessons
import MobileNet

/// The window under either padding and the kernel; below, the answers and the layer's output.
struct PaddingView {
  let screen: LessonScreen
  let core: Core
  let lesson: PaddingLesson
  let step: Step

  func draw(in area: Rect, of frame: inout Frame) {
    let size = KernelPicture.size
    let (own, other) = lesson.windows
    // The other window is to be predicted, and hidden until its step.
    let isRevealed = screen.steps(core).prefix(screen.step + 1).contains { $0.part == .reveal }
    var x = area.x
    for (name, values) in [
      (title(own), terms(of: own).map(\.value)),
      (core.stage("kernel"), terms(of: own).map { $0.weight ?? 0 }),
      (isRevealed ? title(other) : "", isRevealed ? terms(of: other).map(\.value) : []),
    ] where x + size.width <= area.maxX {
      frame.cells.write(name, x: x, y: area.y, style: Theme.quiet, maxWidth: size.width)
      KernelPicture(
        weights: values, reach: values.map(\.magnitude).max() ?? 0, count: values.count,
        words: core.stage
      ).draw(x: x, y: area.y + 1, of: &frame.cells)
      x += size.width + 3
    }
    var y = area.y + size.height + 1
    if !step.charts.isEmpty {
      let rows = min(ChartsView.answerRows, area.maxY - y)
      ChartsView(charts: step.charts, chosen: screen.chosenAnswer(core)).draw(
        in: area.from(y: y).rows(.fixed(rows), .fill).0, of: &frame.cells)
      y += rows + 1
    }
    drawPictures(in: area.from(y: y), of: &frame)
  }

  /// Returns the nine terms of one input channel; in the first convolution, of the colour with the
  /// largest products.
  private func terms(of window: PaddingLesson.Window) -> [Term] {
    let own = lesson.windows.own.terms
    let groups = stride(from: 0, to: own.count, by: 9).map { own[$0..<$0 + 9] }
    let sizes = groups.map { $0.reduce(0) { $0 + $1.amount.magnitude } }
    let first = 9 * (sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0)
    return Array(window.terms[first..<first + 9])
  }

  private func title(_ window: PaddingLesson.Window) -> String {
    core.stage(
      "rows",
      [
        "owner": window.padding.owner, "first": "\(window.rows.lowerBound)",
        "last": "\(window.rows.upperBound)",
      ])
  }

  /// Draws the layer's input with the window, and its output with the cell.
  private func drawPictures(in area: Rect, of frame: inout Frame) {
    guard area.height >= 4, let run = core.run else { return }
    let isOther = screen.showsOther
    let window = isOther ? lesson.windows.other : lesson.windows.own
    let input = run.trace.input(at: core.selection.layer)
    // Equally wide, so that both maps have the same size.
    let width = (area.width - 2) / 2
    let (half, other) = area.columns(.fixed(width), .fixed(width), gap: 2)
    let shape = input.shape
    MapPicture(
      tensor: input, channel: terms(of: window).first?.channel ?? 0,
      title: core.reading("\(terms(of: window).first?.channel ?? 0)"),
      outline: (
        window.rows.clamped(to: 0...shape.height - 1).range,
        window.columns.clamped(to: 0...shape.width - 1).range
      )
    ).draw(in: half, of: &frame)
    OutputPicture(
      screen: screen, core: core, isOther: isOther,
      note: core.stage("padding-of", ["owner": window.padding.owner])
    ).draw(in: other, of: &frame)
  }
}

extension ClosedRange<Int> {
  /// The same range as a half-open one.
  fileprivate var range: Range<Int> { lowerBound..<upperBound + 1 }
}
