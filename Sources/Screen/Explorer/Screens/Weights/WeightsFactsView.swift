import Cells
import Research

/// The facts about a checkpoint, each with its name, its value and its source.
struct WeightsFactsView {
  /// The facts; nil while they are being read.
  let facts: FactsQuestion.Answer?

  private static let nameWidth = 14

  /// Draws as many facts as fit; returns the row below.
  @discardableResult
  func draw(in area: Rect, of cells: inout CellBuffer) -> Int {
    var y = area.y
    switch facts {
    case nil:
      cells.write("…", x: area.x, y: y, style: Theme.quiet)
      y += 1
    case .problem(let reason):
      y += Paragraph.draw(reason, in: area, style: Theme.error, of: &cells)
    case .known(let facts):
      for fact in facts { y += draw(fact, y: y, in: area, of: &cells) }
    }
    return y
  }

  /// Draws a fact; returns the number of rows used.
  ///
  /// A source that does not fit behind its value is left out, unless it is an assumption.
  private func draw(
    _ fact: WeightsFact, y: Int, in area: Rect, of cells: inout CellBuffer
  ) -> Int {
    guard y < area.maxY else { return 0 }
    let x = area.x + Self.nameWidth
    var value = Rect(
      x: x, y: y, width: area.width - Self.nameWidth, height: min(3, area.maxY - y))
    cells.write(fact.name, x: area.x, y: y, style: Theme.quiet, maxWidth: Self.nameWidth - 1)
    let rows = max(1, Paragraph.draw(fact.value, in: value, of: &cells))
    guard let source = fact.source else { return rows }
    let style = fact.isAssumption ? Theme.question : Theme.quiet
    if rows == 1, fact.value.count + 2 + source.count <= value.width {
      cells.write(source, x: x + fact.value.count + 2, y: y, style: style)
      return rows
    }
    guard fact.isAssumption else { return rows }
    value = Rect(
      x: x, y: y + rows, width: value.width, height: max(0, min(2, area.maxY - y - rows)))
    return rows + Paragraph.draw(source, in: value, style: style, of: &cells)
  }
}
