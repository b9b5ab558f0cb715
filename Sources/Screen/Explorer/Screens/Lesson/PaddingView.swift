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
    let (windows, below) = area.rows(.fixed(size.height + 1), .fill)
    guard !step.charts.isEmpty else { return drawPictures(in: below, of: &frame) }
    let answers = ChartsView(
      charts: step.charts, words: core.stage, chosen: screen.chosenAnswer(core))
    let beside = windows.columns(.fixed(x - area.x), .fill).1
    if beside.width >= Self.widthOfAnswers {
      answers.draw(in: beside, of: &frame.cells)
      drawPictures(in: below, of: &frame)
    } else {
      let (charts, pictures) = below.rows(
        .fixed(min(ChartsView.answerRows, below.height)), .fill, gap: 1)
      answers.draw(in: charts, of: &frame.cells)
      drawPictures(in: pictures, of: &frame)
    }
  }

  /// The fewest columns for both answers, each with bars.
  private static let widthOfAnswers = 100

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

  /// Draws the layer's input with the window, and its output with the cell; in a large terminal beside
  /// the photo.
  private func drawPictures(in whole: Rect, of frame: inout Frame) {
    guard whole.height >= 4, let run = core.run else { return }
    let photo = Layout.isRoomy(core.size) ? min(2 * (whole.height - 1), whole.width / 3) : 0
    let (first, area) = whole.columns(.fixed(photo), .fill, gap: photo > 0 ? 2 : 0)
    if photo > 0 { ScenePictures(screen: screen, core: core).drawPhoto(in: first, of: &frame) }
    let isOther = screen.showsOther
    let window = isOther ? lesson.windows.other : lesson.windows.own
    let input = run.trace.input(at: core.selection.layer)
    // Equally wide, so that both maps have the same size.
    let width = (area.width - 2) / 2
    let (half, other) = area.columns(.fixed(width), .fixed(width), gap: 2)
    let shape = input.shape
    MapPicture(
      tensor: input, channel: terms(of: window).first?.channel ?? 0,
      title: core.reading(terms(of: window).first?.channel ?? 0),
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
