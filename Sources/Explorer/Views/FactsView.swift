import Cells
import MobileNet
import Reports
import Tensors

/// What there is to say about the selected layer, a name and a value to a line.
struct FactsView {
  let state: ExplorerState

  /// The names and values, statistics among them once the network has run.
  var facts: [(name: String, value: String)] {
    let facts = LayerFacts(
      position: state.place.layer, layers: state.layers,
      architecture: state.model.checkpoint.architecture)
    var lines = [
      ("shape", facts.shapes), ("how", facts.settings), ("params", facts.parameterFormula),
      ("MACs", facts.multiplyAddFormula), ("sees", facts.receptiveField),
    ]
    if let all = state.statistics {
      lines.append(
        (
          "values",
          "mean \(NumberText.value(Float(all.mean))) max \(NumberText.value(all.range.upperBound)) "
            + "zero \(NumberText.percent(all.zeroShare))"
        ))
    }
    return lines
  }

  /// Draws the facts; answers how many rows they took.
  func draw(in area: Rect, of frame: inout Frame) -> Int {
    let layer = state.layer
    let operation = LayerFacts(
      position: state.place.layer, layers: state.layers,
      architecture: state.model.checkpoint.architecture
    ).operation
    frame.cells.write(
      "\(layer.name) · \(operation)", x: area.x, y: area.y, style: Theme.title,
      maxWidth: area.width)
    var y = area.y + 1
    for fact in facts {
      for line in Self.wrapped(fact.value, width: area.width - 7) {
        guard y < area.maxY else { return area.height }
        if line.isFirst { frame.cells.write(fact.name, x: area.x, y: y, style: Theme.quiet) }
        frame.cells.write(line.text, x: area.x + 7, y: y, maxWidth: area.width - 7)
        y += 1
      }
    }
    return y - area.y
  }

  /// Breaks a value at its spaces, but not before a sign or a unit.
  private static func wrapped(_ text: String, width: Int) -> [(text: String, isFirst: Bool)] {
    var words: [String] = []
    for word in text.split(separator: " ") {
      if word.count == 1, let last = words.popLast() {
        words.append(last + " " + word)
      } else {
        words.append(String(word))
      }
    }
    var lines: [String] = [""]
    for word in words {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = word
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(word)
      }
    }
    return lines.enumerated().map { ($0.element, $0.offset == 0) }
  }
}
