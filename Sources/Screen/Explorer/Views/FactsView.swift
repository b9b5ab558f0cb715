import Cells
import MobileNet
import Reports
import Tensors

/// The facts about the selected layer, one a line.
struct FactsView {
  let core: Core

  /// Returns the facts, with statistics once the network has run; units are abbreviated in narrow
  /// columns.
  func facts(width: Int) -> [String] {
    let facts = LayerFacts(position: core.selection.layer, layers: core.layers)
    let isWide = width >= 45
    var lines = ["\(core.layer.name) ─ \(facts.operation)", facts.shapes, facts.settings]
    if core.layer.hasWeights {
      lines.append(facts.parameterFormula + (isWide ? " parameters" : " params"))
      lines.append(facts.multiplyAddFormula + (isWide ? " multiply-adds" : " MACs"))
    } else {
      lines.append("no parameters")
    }
    lines.append("sees \(facts.receptiveField)")
    lines += core.atlasLines
    if let all = core.statistics {
      let (mean, maximum) = (Float(all.mean), all.range.upperBound)
      let numbers = "mean \(NumberText.value(mean)) max \(NumberText.value(maximum))"
      let name = isWide ? "all channels:" : "layer"
      let zeros = isWide ? " zero \(NumberText.percent(all.zeroShare))" : ""
      lines.append(name + " " + (all.isEmpty ? "every value too large" : numbers + zeros))
    }
    return lines
  }

  /// Draws the facts; returns the number of rows used.
  func draw(in area: Rect, of frame: inout Frame) -> Int {
    var rows = 0
    for (line, fact) in facts(width: area.width).enumerated() {
      let below = area.from(y: area.y + rows)
      let style = line == 0 ? Theme.title : Theme.plain
      rows += Paragraph.draw(fact, in: below, style: style, of: &frame.cells)
    }
    return rows
  }
}
