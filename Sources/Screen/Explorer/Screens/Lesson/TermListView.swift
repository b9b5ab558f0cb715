import Cells
import Lessons
import Reports

/// The terms of a sum over channels or places: numbers, and a bar for each term's part of the sum.
struct TermListView {
  let words: StageWords
  let walkthrough: Walkthrough
  let step: Step

  /// The width of a name, in columns: as many as the longest takes, or as the head of the column.
  private let nameWidth: Int
  /// The width of a number, in columns: more than usual for what is too large or no number.
  private let numberWidth: Int
  private let head: String

  init(words: StageWords, walkthrough: Walkthrough, step: Step) {
    (self.words, self.walkthrough, self.step) = (words, walkthrough, step)
    head = words(walkthrough.layer.kind == .averagePooling ? "place-column" : "reads-column")
    let last = walkthrough.terms.max {
      ($0.channel, $0.row, $0.column) < ($1.channel, $1.row, $1.column)
    }
    nameWidth = max(head.count, last.map { walkthrough.place(of: $0).count } ?? 0) + 1
    var longest = 0
    for term in walkthrough.terms {
      for number in [Double(term.value), Double(term.weight ?? 0), term.amount] {
        longest = max(longest, walkthrough.number(number).count)
      }
    }
    numberWidth = longest > 9 ? longest + 1 : 9
  }

  func draw(in area: Rect, of frame: inout Frame) {
    let terms = walkthrough.terms
    drawHeader(in: area, of: &frame)
    let isWhole = terms.count < area.height
    let rows = area.height - (isWhole ? 1 : 2)
    guard rows > 0 else { return }
    let lit: Range<Int> = if case .terms(let range) = step.part { range } else { 0..<0 }
    // The last term in the sum stays in view, with some after it; in the end the first ones, which
    // matter most.
    let first = min(max(0, lit.upperBound - 1 - rows * 2 / 3), max(0, terms.count - rows))
    let largest = terms.map(\.amount.magnitude).max() ?? 0
    let shown = first..<min(first + rows, terms.count)
    for index in shown {
      let y = area.y + 1 + index - first
      let isDone = index < step.termsDone
      let style = lit.contains(index) ? Theme.title : isDone ? Theme.plain : Theme.quiet
      draw(terms[index], isLit: lit.contains(index), isDone: isDone, style, area, y, of: &frame)
      let left = barLeft(area)
      guard left < area.maxX else { continue }
      frame.cells.signedBar(
        isDone && largest > 0 ? terms[index].amount / largest : 0,
        in: area.row(y, from: left), below: Theme.below,
        above: Theme.above)
    }
    guard !isWhole else { return }
    frame.cells.write(
      " " + words.rest(of: shown, among: terms.count), x: area.x, y: area.maxY - 1,
      style: Theme.quiet,
      maxWidth: area.width)
  }

  private func barLeft(_ area: Rect) -> Int {
    area.x + 1 + nameWidth + numberWidth * (walkthrough.bias == nil ? 2 : 3) + 1
  }

  private func drawHeader(in area: Rect, of frame: inout Frame) {
    let names = (walkthrough.bias == nil ? ["value", "adds"] : ["value", "weight", "adds"])
      .map { " " + words("\($0)-column") }
    frame.cells.write(
      " " + head.padded(right: nameWidth)
        + names.map { $0.padded(left: numberWidth) }.joined(),
      x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
  }

  private func draw(
    _ term: Term, isLit: Bool, isDone: Bool, _ style: Style, _ area: Rect, _ y: Int,
    of frame: inout Frame
  ) {
    frame.cells.write(
      (isLit ? "▸" : " ") + walkthrough.place(of: term), x: area.x, y: y, style: style,
      maxWidth: nameWidth + 1)
    var numbers = [walkthrough.number(Double(term.value))]
    if let weight = term.weight { numbers.append(walkthrough.number(Double(weight))) }
    // A term that is not in the sum yet is still to be predicted.
    numbers.append(isDone ? walkthrough.number(term.amount) : "")
    frame.cells.write(
      numbers.map { words.number($0).padded(left: numberWidth) }.joined(),
      x: area.x + 1 + nameWidth, y: y, style: style,
      maxWidth: max(0, area.width - 1 - nameWidth))
  }
}
