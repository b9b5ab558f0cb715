import MobileNet
import Reports

extension Walkthrough {
  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = layerFacts
    facts.set("terms-sum", number(terms.last?.sum ?? 0))
    facts.set("bias", bias.map { number(Double($0)) })
    facts.set("sum", number(sum))
    facts.set("sum-exact", exact(sum))
    facts.set("result", exact(result))
    facts.set("recorded", exact(Double(recorded)))
    facts.flag("agrees", commonDigits != nil)
    facts.flag("differs", commonDigits == nil)
    setEnding(of: &facts)
    facts.values["groups"] = .list(ranges.map(groupFacts))
    return facts
  }

  /// Returns a number on the way to the result as text.
  public func number(_ value: Double) -> String { NumberText.fixed(value, min(digits, 4)) }

  /// Returns a number with as many digits as the computed and the recorded value have in common.
  public func exact(_ value: Double) -> String { NumberText.fixed(value, digits) }

  /// Returns the place that a term reads: `row 3, column 5`, or the channel if there is a single
  /// place.
  public func place(of term: Term) -> String {
    script.words.word("place-\(layer.kind.rawValue)", facts: facts(of: term))
  }

  /// Returns the arithmetic of a term: `1.25 · -0.5 = -0.625`.
  public func product(of term: Term) -> String {
    let key =
      term.isPadding ? "product-padding" : term.weight != nil ? "product" : "product-\(endingName)"
    return script.words.word(key, facts: facts(of: term))
  }

  /// The facts on the layer, the value and their costs.
  private var layerFacts: Facts {
    var facts = Facts()
    let isPlace = layer.output.places > 1
    facts.set("layer", layer.name)
    facts.set("kind", kind: layer.kind)
    facts.set("row", isPlace ? "\(row)" : nil)
    facts.set("column", isPlace ? "\(column)" : nil)
    facts.set("channel", "\(channel)")
    facts.set("class", verbatim: className)
    facts.flag("not-class", className == nil)
    facts.flag("activated", layer.isActivated)
    facts.set("inputs", NumberText.grouped(layer.input.channels))
    facts.set("other-inputs", NumberText.grouped(layer.input.channels - 1))
    facts.flag("grey", layer.input.channels == 1)
    facts.set("colours", layer.input.channels == 1 ? nil : "\(layer.input.channels)")
    facts.set("places", NumberText.grouped(layer.input.places))
    facts.set("terms", NumberText.grouped(terms.count))
    facts.set("values", NumberText.grouped(layer.output.count))
    facts.set("output", "\(layer.output)")
    let isWeighted = layer.hasWeights
    facts.set("weights-per-value", isWeighted ? NumberText.grouped(layer.weightsPerOutput) : nil)
    facts.set("multiply-adds", isWeighted ? NumberText.grouped(layer.multiplyAdds) : nil)
    return facts
  }

  private func setEnding(of facts: inout Facts) {
    facts.set("ending", word: endingName, of: Self.endings)
    for name in ["activation", "ceiling", "count", "power", "negated"] { facts.set(name, nil) }
    switch ending {
    case .activation(let activation):
      facts.set("activation", activation.name)
      if activation.ceiling.isFinite {
        facts.set("ceiling", NumberText.trimmed(Double(activation.ceiling)))
      }
    case .none: break
    case .mean(let count): facts.set("count", "\(count)")
    case .share(let power): facts.set("power", number(power))
    case .sigmoid: facts.set("negated", number(-sum))
    }
  }

  private static let endings = [
    "negative", "clipped", "positive", "none", "mean", "share", "sigmoid",
  ]

  /// The ending, as lesson files name it.
  private var endingName: String {
    switch ending {
    case .activation(let activation):
      sum < 0 ? "negative" : sum > Double(activation.ceiling) ? "clipped" : "positive"
    case .none: "none"
    case .mean: "mean"
    case .share: "share"
    case .sigmoid: "sigmoid"
    }
  }

  /// The ranges of terms to tell at a time: one by one while they are few, then more and more.
  private var ranges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    while first < terms.count {
      let length = terms.count <= 27 || first < 9 ? 1 : max(1, first / 2)
      ranges.append(first..<min(first + length, terms.count))
      first += length
    }
    return ranges
  }

  /// Returns the facts on some of the terms; for a single one, also its place and product.
  private func groupFacts(_ range: Range<Int>) -> Facts {
    let isSingle = range.count == 1
    var facts = isSingle ? self.facts(of: terms[range.lowerBound]) : facts(of: nil)
    let before = range.lowerBound == 0 ? 0 : terms[range.lowerBound - 1].sum
    facts.flag("single", isSingle)
    facts.set("many", isSingle ? nil : "\(range.count)")
    facts.flag("last", range.upperBound == terms.count)
    facts.flag("not-last", range.upperBound < terms.count)
    facts.set("before", number(before))
    facts.set("adds", number(terms[range].reduce(0) { $0 + $1.amount }))
    facts.set("sum-so-far", number(terms[range.upperBound - 1].sum))
    facts.set("place", verbatim: isSingle ? place(of: terms[range.lowerBound]) : nil)
    facts.set("product", verbatim: isSingle ? product(of: terms[range.lowerBound]) : nil)
    facts.part = .terms(range)
    facts.termsDone = range.upperBound
    return facts
  }

  /// Returns the facts on a term; all of them absent without one.
  private func facts(of term: Term?) -> Facts {
    var facts = Facts()
    facts.set("term-row", term.map { "\($0.row)" })
    facts.set("term-column", term.map { "\($0.column)" })
    facts.set("term-channel", term.map { "\($0.channel)" })
    facts.set("term-name", verbatim: term.map { sourceName(of: $0) })
    facts.set("value", term.map { number(Double($0.value)) })
    facts.set("weight", term?.weight.map { number(Double($0)) })
    facts.set("amount", term.map { number($0.amount) })
    facts.flag("padding", term?.isPadding ?? false)
    // Softmax subtracts the largest sum from all of them before it makes powers.
    facts.set("largest-input", number(Double(terms.map(\.value).max() ?? 0)))
    return facts
  }
}
