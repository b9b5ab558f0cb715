import Cells
import Lessons
import MobileNet
import Reports
import Tensors

/// How a value was made: what is read, what it is multiplied with, and the output, side by side.
struct CellLessonView {
  let state: ExplorerState
  let walkthrough: Walkthrough
  let step: Step

  /// The rows that the title and the sum take.
  private static let textRows = 2

  func draw(in area: Rect, of frame: inout Frame) {
    frame.cells.write(title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    let main = Rect(
      x: area.x, y: area.y + 1, width: area.width, height: area.height - Self.textRows)
    switch walkthrough.layer.kind {
    case .convolution, .depthwise: drawWindow(in: main, of: &frame)
    case .pointwise, .averagePooling, .fullyConnected, .softmax: drawList(in: main, of: &frame)
    }
    drawSum(in: Rect(x: area.x, y: area.maxY - 1, width: area.width, height: 1), of: &frame)
  }

  private var title: String {
    let layer = walkthrough.layer
    let name = "\(layer.name) · \(layer.kind.rawValue)"
    let channel = walkthrough.channel
    if layer.output.places == 1 {
      let label = state.className(ofChannel: channel).map { ", \($0)" } ?? ""
      return "\(name) · channel \(channel)\(label)"
    }
    return "\(name) · row \(walkthrough.row), column \(walkthrough.column) · channel \(channel)"
  }

  /// The sum as far as it has come, the bias, what became of it.
  private func drawSum(in area: Rect, of frame: inout Frame) {
    guard step.termsDone > 0 else { return }
    let sum = walkthrough.terms[step.termsDone - 1].sum
    var text = "sum of \(NumberText.grouped(step.termsDone)): \(walkthrough.number(sum))"
    let isBehindTerms = if case .terms = step.part { false } else { true }
    if isBehindTerms, let bias = walkthrough.bias {
      text +=
        "  + bias \(walkthrough.number(Double(bias))) = \(walkthrough.number(walkthrough.sum))"
    }
    if step.part == .ending || step.part == .recorded {
      text += "  → \(walkthrough.exact(walkthrough.result))"
    }
    if step.part == .recorded {
      text += "  recorded \(walkthrough.exact(Double(walkthrough.recorded)))"
    }
    frame.cells.write(text, x: area.x, y: area.y, style: Theme.best, maxWidth: area.width)
  }

  /// The term that is looked at now: the last one of the step.
  private var current: Term? {
    guard case .terms(let range) = step.part else { return nil }
    return walkthrough.terms[range.upperBound - 1]
  }

  // MARK: Windows

  /// The patch, the kernel and the products of one input channel, and the pictures below.
  private func drawWindow(in area: Rect, of frame: inout Frame) {
    let index = max(0, step.termsDone - 1)
    let first = index / 9 * 9
    let terms = Array(walkthrough.terms[first..<first + 9])
    let done = step.termsDone == 0 ? 0 : index - first + 1
    let lit = current == nil ? nil : index - first
    let size = KernelPicture.size
    let step = size.width + 3
    let source = terms.first.map { sourceName($0) } ?? ""
    let fields: [(name: String, values: [Float], count: Int)] = [
      (source, terms.map(\.value), 9), ("kernel", terms.map { $0.weight ?? 0 }, 9),
      ("products", terms.map { Float($0.amount) }, done),
    ]
    for (column, field) in fields.enumerated() where column * step + size.width <= area.width {
      let x = area.x + column * step
      frame.cells.write(field.name, x: x, y: area.y, style: Theme.quiet, maxWidth: size.width)
      KernelPicture(
        weights: field.values, reach: field.values.map(\.magnitude).max() ?? 0,
        count: field.count, lit: lit
      ).draw(x: x, y: area.y + 1, of: &frame.cells)
      if column > 0 {
        frame.cells.write(
          column == 1 ? "×" : "=", x: x - 2, y: area.y + 1 + size.height / 2, style: Theme.title)
      }
    }
    // Pictures stand where they are larger.
    let below = area.height - size.height - 1
    let wide = area.width >= fields.count * step + 30 && below < area.height / 2
    let pictures =
      wide
      ? Rect(
        x: area.x + fields.count * step, y: area.y, width: area.width - fields.count * step,
        height: area.height)
      : Rect(
        x: area.x, y: area.y + size.height + 1, width: area.width,
        height: below)
    drawPictures(channel: terms.first?.channel ?? 0, stacked: wide, in: pictures, of: &frame)
  }

  /// What the layer reads, with the window, and what it makes, with the cell.
  private func drawPictures(
    channel: Int, stacked: Bool, in area: Rect, of frame: inout Frame
  ) {
    let half =
      stacked
      ? Rect(x: area.x, y: area.y, width: area.width, height: area.height / 2)
      : Rect(x: area.x, y: area.y, width: (area.width - 2) / 2, height: area.height)
    let other = Rect(
      x: stacked ? area.x : half.maxX + 2, y: stacked ? half.maxY : area.y, width: half.width,
      height: half.height)
    guard half.height >= 3 else { return }
    let input = state.run?.value.input(at: state.place.layer)
    let rows = walkthrough.terms.filter { !$0.isPadding }.map(\.row)
    let columns = walkthrough.terms.filter { !$0.isPadding }.map(\.column)
    if let input, let top = rows.min(), let bottom = rows.max(), let left = columns.min(),
      let right = columns.max()
    {
      picture(
        of: input, channel: channel, title: "reads \(inputName) \(channelName(channel))",
        outline: (top..<bottom + 1, left..<right + 1), in: half, of: &frame)
    }
    drawOutput(in: other, of: &frame)
  }

  private func drawOutput(in area: Rect, of frame: inout Frame) {
    guard let output = state.output, area.height >= 3, area.width >= 8 else { return }
    let grid = picture(
      of: output, channel: state.channel, title: "makes \(state.layer.name) \(state.channel)",
      outline: output.shape.places == 1
        ? nil
        : (walkthrough.row..<walkthrough.row + 1, walkthrough.column..<walkthrough.column + 1),
      in: area, of: &frame)
    frame.answer(
      in: grid.area,
      click: { x, y in
        let source = grid.source(cellX: x, cellY: y)
        return .lesson(.cellSelected(x: source.x, y: source.y))
      }, wheel: { .channelMoved(by: $0) })
  }

  @discardableResult
  private func picture(
    of tensor: Tensor, channel: Int, title: String,
    outline: (rows: Range<Int>, columns: Range<Int>)?, in area: Rect, of frame: inout Frame
  ) -> PixelGrid {
    frame.cells.write(title, x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    let below = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    let map = ActivationMap(tensor, channel: channel)
    let scale = HeatScale(ViewSettings(), shown: map.values, layer: 0...0)
    return HeatmapView(map, scale: scale, outline: outline ?? map.channelCell)
      .draw(in: below, of: &frame.cells)
  }

  // MARK: Lists

  /// The terms as bars, and the channel that is read now beside the output.
  private func drawList(in area: Rect, of frame: inout Frame) {
    let side = area.width >= 76 ? area.width / 3 : 0
    TermListView(walkthrough: walkthrough, step: step).draw(
      in: Rect(
        x: area.x, y: area.y, width: area.width - side - (side > 0 ? 2 : 0), height: area.height),
      of: &frame)
    guard side > 0 else { return }
    let right = Rect(x: area.maxX - side, y: area.y, width: side, height: area.height)
    let channel = (current ?? walkthrough.terms.first)?.channel ?? 0
    let upper = Rect(x: right.x, y: right.y, width: side, height: right.height / 2)
    if let input = state.run?.value.input(at: state.place.layer) {
      let isPlace = input.shape.places > 1
      let term = current ?? walkthrough.terms.first
      let row = term?.row ?? 0
      let column = term?.column ?? 0
      picture(
        of: input, channel: channel, title: "reads \(inputName) \(channelName(channel))",
        outline: isPlace ? (row..<row + 1, column..<column + 1) : nil, in: upper, of: &frame)
    }
    drawOutput(
      in: Rect(
        x: right.x, y: upper.maxY, width: side, height: right.height - upper.height),
      of: &frame)
  }

  private var inputName: String {
    state.place.layer == 0 ? "the input," : state.layers[state.place.layer - 1].name
  }

  private func channelName(_ channel: Int) -> String {
    walkthrough.terms.first { $0.channel == channel }.map { walkthrough.sourceName(of: $0) }
      ?? "\(channel)"
  }

  private func sourceName(_ term: Term) -> String {
    state.place.layer == 0 ? "\(walkthrough.sourceName(of: term)) of the input" : "patch"
  }
}
