import Cells
import Lessons
import MobileNet
import Reports
import Tensors

/// The making of a value: the values read, the weights, and the output, side by side.
struct CellLessonView {
  let screen: LessonScreen
  let core: Core
  let walkthrough: Walkthrough
  let step: Step

  func draw(in area: Rect, of frame: inout Frame) {
    let (main, sum) = area.rows(.fill, .fixed(1))
    switch walkthrough.layer.kind {
    case .convolution, .depthwise: drawWindow(in: main, of: &frame)
    default: drawList(in: main, of: &frame)
    }
    drawSum(in: sum, of: &frame)
  }

  /// Writes the sum so far, the bias, and the value after the activation function.
  private func drawSum(in area: Rect, of frame: inout Frame) {
    guard step.termsDone > 0 else { return }
    let sum = walkthrough.terms[step.termsDone - 1].sum
    var text = core.stage(
      "sum", ["count": NumberText.grouped(step.termsDone), "sum": walkthrough.number(sum)])
    if isPassed({ $0 == .bias }), let bias = walkthrough.bias {
      let facts = [
        "bias": walkthrough.number(Double(bias)), "sum": walkthrough.number(walkthrough.sum),
      ]
      text += "  " + core.stage("bias", facts)
    }
    if isPassed({ $0 == .ending || $0 == .recorded }) {
      text += "  → " + core.stage.number(walkthrough.exact(walkthrough.result))
    }
    if isPassed({ $0 == .recorded }) {
      let value = walkthrough.exact(Double(walkthrough.recorded))
      text += "  " + core.stage("recorded", ["value": value])
    }
    frame.cells.write(text, x: area.x, y: area.y, style: Theme.best, maxWidth: area.width)
  }

  /// Returns whether the current step or one before it is about such a part.
  private func isPassed(_ isMeant: (Step.Part) -> Bool) -> Bool {
    screen.steps(core).prefix(screen.step + 1).contains { isMeant($0.part) }
  }

  /// The index of the current term: the last of the step, or the first that is asked for.
  private var current: Int? {
    if case .terms(let range) = step.part { return range.upperBound - 1 }
    let next = screen.steps(core).dropFirst(screen.step + 1).first
    guard step.part == .question, case .terms(let range) = next?.part else { return nil }
    return range.lowerBound
  }

  // MARK: Windows

  /// Draws the window, the kernel and the products of one input channel, and the pictures below.
  private func drawWindow(in area: Rect, of frame: inout Frame) {
    let first = (current ?? max(0, step.termsDone - 1)) / 9 * 9
    let terms = Array(walkthrough.terms[first..<first + 9])
    let done = min(max(step.termsDone - first, 0), 9)
    let lit = current.map { $0 - first }
    let size = KernelPicture.size
    let step = size.width + 3
    let source = terms.first.map { sourceName($0) } ?? ""
    let fields: [(name: String, values: [Float], count: Int)] = [
      (source, terms.map(\.value), 9), (core.stage("kernel"), terms.map { $0.weight ?? 0 }, 9),
      (core.stage("products"), terms.map { Float($0.amount) }, done),
    ]
    for (column, field) in fields.enumerated() where column * step + size.width <= area.width {
      let x = area.x + column * step
      frame.cells.write(field.name, x: x, y: area.y, style: Theme.quiet, maxWidth: size.width)
      KernelPicture(
        weights: field.values, reach: field.values.map(\.magnitude).max() ?? 0,
        count: field.count, lit: lit, words: core.stage
      ).draw(x: x, y: area.y + 1, of: &frame.cells)
      if column > 0 {
        frame.cells.write(
          column == 1 ? "×" : "=", x: x - 2, y: area.y + 1 + size.height / 2, style: Theme.title)
      }
    }
    let channel = terms.first?.channel ?? 0
    let (_, below) = area.rows(.fixed(size.height + 1), .fill)
    let (_, right) = area.columns(.fixed(fields.count * step), .fill)
    guard right.width >= 30 else {
      drawPictures(channel: channel, stacked: false, in: below, of: &frame)
      return
    }
    // Pictures stand where they are larger.
    guard below.height >= area.height / 2 else {
      drawPictures(channel: channel, stacked: true, in: right, of: &frame)
      return
    }
    drawPictures(channel: channel, stacked: false, in: below, of: &frame)
    // Beside the numbers the photo, and where there is room what the value sees of it, larger.
    let beside = right.rows(.fixed(size.height + 1), .fill).0
    guard seesPart, beside.width >= 4 * size.height else {
      return drawPhoto(in: beside, of: &frame)
    }
    let (photo, closely) = beside.columns(.ratio(1, 2), .fill, gap: 2)
    drawPhoto(in: photo, of: &frame)
    ScenePictures(screen: screen, core: core).drawCloseUp(of: seen, in: closely, of: &frame)
  }

  /// Draws the photo with the cell's receptive field.
  private func drawPhoto(in area: Rect, of frame: inout Frame) {
    let (columns, rows) = seen
    let (title, picture) = area.rows(.fixed(1), .fill)
    let grid = PhotoView(pixels: core.photo.prepared.pixels, outline: (columns, rows))
      .draw(in: picture, of: &frame.cells)
    let facts = ["columns": "\(columns.count)", "rows": "\(rows.count)"]
    title.write(
      core.stage("sees", facts), core.stage("sees-briefly", facts), over: grid, of: &frame.cells)
  }

  /// Draws the layer's input with the window, and its output with the cell.
  private func drawPictures(
    channel: Int, stacked: Bool, in area: Rect, of frame: inout Frame
  ) {
    let (half, other) =
      stacked ? area.rows(.fill, .fill) : area.columns(.fill, .fill, gap: 2)
    guard half.height >= 3 else { return }
    let input = core.run?.trace.input(at: core.selection.layer)
    let rows = walkthrough.terms.filter { !$0.isPadding }.map(\.row)
    let columns = walkthrough.terms.filter { !$0.isPadding }.map(\.column)
    if let input, let top = rows.min(), let bottom = rows.max(), let left = columns.min(),
      let right = columns.max()
    {
      MapPicture(
        tensor: input, channel: channel,
        title: core.reading(channel),
        outline: (top..<bottom + 1, left..<right + 1),
        compared: core.whole(at: core.selection.layer - 1)
      ).draw(in: half, of: &frame)
    }
    OutputPicture(screen: screen, core: core).draw(in: other, of: &frame)
  }

  // MARK: Lists

  /// Draws the terms as bars, and the current input channel beside the output; in a large terminal
  /// four pictures, two by two, and the channels that are read between them and the terms.
  private func drawList(in area: Rect, of frame: inout Frame) {
    let isRoomy = Layout.isRoomy(core.size)
    // Pictures two by two are twice as wide as high in cells.
    let side =
      isRoomy
      ? min(2 * area.height, area.width - Self.listWidth) : area.width >= 76 ? area.width / 3 : 0
    let (left, right) = area.columns(.fill, .fixed(side), gap: side > 0 ? 2 : 0)
    let room = left.width - Self.listWidth - 2
    let hasSheet = isRoomy && seesPart && room >= Self.sheetWidth
    let (list, sheet) = left.columns(
      .fill, .fixed(hasSheet ? room : 0), gap: hasSheet ? 2 : 0)
    TermListView(words: core.stage, walkthrough: walkthrough, step: step)
      .draw(in: list, of: &frame)
    guard side > 0 else { return }
    if hasSheet { drawSheet(in: sheet, of: &frame) }
    let term = current.map { walkthrough.terms[$0] } ?? walkthrough.terms.first
    let channel = term?.channel ?? 0
    let (others, own) = right.columns(
      .fixed(isRoomy ? side / 2 - 1 : 0), .fill, gap: isRoomy ? 2 : 0)
    if isRoomy {
      let (photo, below) = others.rows(.ratio(1, 2), .fill)
      drawPhoto(in: photo, of: &frame)
      if hasSheet {
        ScenePictures(screen: screen, core: core).drawCloseUp(of: seen, in: below, of: &frame)
      } else {
        drawSheet(in: below, of: &frame)
      }
    }
    let (upper, lower) = own.rows(.ratio(1, 2), .fill)
    if let input = core.run?.trace.input(at: core.selection.layer) {
      let isPlace = input.shape.places > 1
      let row = term?.row ?? 0
      let column = term?.column ?? 0
      MapPicture(
        tensor: input, channel: channel,
        title: core.reading(channel),
        outline: isPlace ? (row..<row + 1, column..<column + 1) : nil,
        compared: core.whole(at: core.selection.layer - 1)
      ).draw(in: upper, of: &frame)
    }
    OutputPicture(screen: screen, core: core).draw(in: lower, of: &frame)
  }

  /// The fewest columns for the terms beside four pictures, and for the channels between them.
  private static let (listWidth, sheetWidth) = (54, 18)

  /// The part of the photo that the value sees.
  private var seen: (columns: Range<Int>, rows: Range<Int>) {
    let field = core.model.fields[core.selection.layer]
    return (field.columns(walkthrough.column), field.rows(walkthrough.row))
  }

  /// Whether the value sees less than the photo, yet something of it.
  private var seesPart: Bool {
    let (columns, rows) = seen
    let photo = core.photo.prepared.pixels
    return !columns.isEmpty && !rows.isEmpty
      && (columns.count < photo.width || rows.count < photo.height)
  }

  /// Draws the channels that are read, those of the first terms first.
  private func drawSheet(in area: Rect, of frame: inout Frame) {
    guard let input = core.run?.trace.input(at: core.selection.layer), input.shape.places > 1
    else { return }
    var known: Set<Int> = []
    let channels = walkthrough.terms.map(\.channel).filter { known.insert($0).inserted }
    PlaneSheet(input, channels: channels).draw(in: area, of: &frame)
  }

  private func sourceName(_ term: Term) -> String {
    core.selection.layer == 0
      ? core.stage("color-of-input", verbatim: ["color": walkthrough.sourceName(of: term)])
      : core.stage("patch")
  }
}
