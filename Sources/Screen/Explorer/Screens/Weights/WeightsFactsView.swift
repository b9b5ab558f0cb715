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
      let (whole, last) = area.rows(.fill, .fixed(1))
      for (index, fact) in facts.enumerated() {
        let isLast = index == facts.count - 1
        guard y < (isLast ? area : whole).maxY else {
          cells.write(
            "… \(facts.count - index) below", x: last.x, y: last.y, style: Theme.quiet,
            maxWidth: last.width)
          return area.maxY
        }
        y += draw(fact, y: y, in: isLast ? area : whole, of: &cells)
      }
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
    let below = area.from(y: y).columns(.fixed(Self.nameWidth), .fill).1
    let value = below.rows(.fixed(3), .fill).0
    cells.write(fact.name, x: area.x, y: y, style: Theme.quiet, maxWidth: Self.nameWidth - 1)
    let rows = max(1, Paragraph.draw(fact.value, in: value, of: &cells))
    if let share = fact.share {
      cells.bar(
        share, in: value.row(y, from: value.x + fact.value.count + 2), style: Theme.best,
        isDotted: true)
    }
    guard let source = fact.source else { return rows }
    let style = fact.isAssumption ? Theme.question : Theme.quiet
    if rows == 1, fact.value.count + 2 + source.count <= value.width {
      cells.write(source, x: value.x + fact.value.count + 2, y: y, style: style)
      return rows
    }
    guard fact.isAssumption else { return rows }
    return rows
      + Paragraph.draw(
        source, in: below.rows(.fixed(rows), .fixed(2), .fill).1, style: style, of: &cells)
  }
}
