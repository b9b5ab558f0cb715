import MobileNet
import Reports
import Tensors

/// A lesson on the chain rule: the gradients of one value, and of one weight that made it.
public struct BackpropagationLesson: Lesson {
  /// The sentences.
  public let script: LessonScript
  /// The layer that has the value.
  public let layer: Layer
  /// The layer that reads the value.
  public let next: Layer
  /// The gradient, and its check.
  public let found: Backpropagation
  /// The value.
  public let value: Float

  private let place: (row: Int, column: Int, channel: Int)
  private let terms: [BackwardTerm]
  private let path: Term?
  private let className: String

  /// The number of terms that are listed; nobody reads a thousand.
  private static let shown = 6

  /// Explains the gradient of `channel` in row `row` and column `column` of the layer at `position`,
  /// which another layer reads.
  ///
  /// `trace` is a run of a network with `checkpoint`, and `found` the gradient of the value.
  public init(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    found: Backpropagation, script: LessonScript
  ) {
    self.script = script
    self.found = found
    layer = trace.layers[position]
    next = trace.layers[position + 1]
    value = trace.output(at: position)[row, column, channel]
    place = (row, column, channel)
    className = checkpoint.shortLabel(found.classIndex)
    terms = BackwardTerm.all(
      trace, checkpoint, position: position, row: row, column: column, channel: channel,
      gradients: found.next)
    let source = TermSource(
      layer: layer, input: trace.input(at: position), weights: checkpoint.weights(of: layer))
    path = source.terms(row: row, column: column, channel: channel)
      .filter { $0.weight != nil && !$0.isPadding }
      .max { ($0.amount.magnitude, $1.channel) < ($1.amount.magnitude, $0.channel) }
  }

  /// Whether the layer's activation function lets a change of the sum through.
  private var passes: Bool { layer.activation?.passes(value) ?? true }

  /// The derivative of the number with respect to the sum.
  private var beforeActivation: Double { passes ? Double(found.gradient) : 0 }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = Facts()
    facts.set("layer", layer.name)
    facts.set("next", next.name)
    facts.set("next-kind", kind: next.kind)
    facts.set("row", "\(place.row)")
    facts.set("column", "\(place.column)")
    facts.set("channel", "\(place.channel)")
    facts.set("class", verbatim: className)
    facts.set("number", NumberText.fixed(found.number, 4))
    facts.flag("centred", found.isCentred)
    facts.set("value", NumberText.fixed(Double(value), 4))
    setTerms(of: &facts)
    facts.set("activation", layer.activation?.name)
    facts.flag("passes", layer.isActivated && passes)
    facts.flag("cut", layer.isActivated && !passes)
    facts.set("before-activation", number(beforeActivation))
    setPath(of: &facts)
    setMeasured(of: &facts)
    facts.charts["terms"] = termChart
    facts.charts["numbers"] = Facts.ChartFact(
      title: found.isCentred ? "numbers" : "logits",
      // The numbers are so near each other that their bars show how far they are apart.
      rows: [("lower", found.lower), ("as-it-is", found.number), ("higher", found.higher)].map {
        (.word($0.0), $0.1 - found.number, NumberText.fixed($0.1, 6))
      }, reach: max((found.lower - found.number).magnitude, (found.higher - found.number).magnitude)
    )
    return facts
  }

  private func setTerms(of facts: inout Facts) {
    let sum = terms.reduce(0) { $0 + $1.amount }
    let size = terms.reduce(0) { $0 + $1.amount.magnitude }
    facts.set("ways", NumberText.grouped(terms.count))
    facts.set("blocked", NumberText.grouped(terms.count { !$0.passes }))
    facts.flag("some-blocked", terms.contains { !$0.passes })
    facts.flag("next-activated", next.isActivated)
    facts.values["terms"] = .list(terms.prefix(Self.shown).map(self.facts))
    let rest = terms.dropFirst(Self.shown)
    facts.set("rest", rest.isEmpty ? nil : NumberText.grouped(rest.count))
    facts.set("rest-sum", number(rest.reduce(0) { $0 + $1.amount }))
    facts.set("gradient", number(Double(found.gradient)))
    facts.set("sum", number(sum))
    facts.flag("agrees", CommonDigits.count(sum, Double(found.gradient), size: size) != nil)
    facts.flag("differs", CommonDigits.count(sum, Double(found.gradient), size: size) == nil)
  }

  private func facts(_ term: BackwardTerm) -> Facts {
    var facts = Facts()
    facts.set("term-row", "\(term.row)")
    facts.set("term-column", "\(term.column)")
    facts.set("term-channel", "\(term.channel)")
    facts.set("weight", NumberText.fixed(term.weight, 4))
    facts.set("behind", number(term.gradient))
    facts.set("amount", number(term.amount))
    facts.flag("open", term.passes)
    facts.flag("closed", !term.passes)
    return facts
  }

  /// Sets the facts on the weight whose gradient is explained.
  private func setPath(of facts: inout Facts) {
    facts.flag("path", path != nil)
    facts.set("path-row", path.map { "\($0.row)" })
    facts.set("path-column", path.map { "\($0.column)" })
    facts.set("path-channel", path.map { "\($0.channel)" })
    facts.set("path-input", path.map { NumberText.fixed(Double($0.value), 4) })
    facts.set("path-weight", path?.weight.map { NumberText.fixed(Double($0), 4) })
    facts.set("path-gradient", path.map { number(Double($0.value) * beforeActivation) })
  }

  /// Sets the facts on the check by a small change of the value.
  private func setMeasured(of facts: inout Facts) {
    facts.set("change", NumberText.trimmed(Double(found.change), digits: 6))
    facts.set("lower", NumberText.fixed(found.lower, 6))
    facts.set("higher", NumberText.fixed(found.higher, 6))
    facts.set("measured", number(found.slope))
    let error = (found.slope - Double(found.gradient)) / Double(found.gradient)
    facts.set(
      "error", error.isFinite ? NumberText.percent(error.magnitude, digits: 1) : nil)
    facts.flag("confirmed", found.verdict == .confirmed)
    facts.flag("drowned", found.verdict == .drowned)
    if case .crossed(let count) = found.verdict {
      facts.set("crossed", NumberText.grouped(count))
    } else {
      facts.set("crossed", nil)
    }
  }

  private var termChart: Facts.ChartFact {
    Facts.ChartFact(
      title: "terms",
      rows: terms.prefix(12).map { term in
        let place =
          next.kind == .depthwise
          ? "\(next.name) \(term.row),\(term.column)" : "\(next.name) · \(term.channel)"
        return (.verbatim(place), term.amount, number(term.amount))
      }, reach: terms.map(\.amount.magnitude).max())
  }

  private func number(_ value: Double) -> String { NumberText.value(Float(value)) }
}
