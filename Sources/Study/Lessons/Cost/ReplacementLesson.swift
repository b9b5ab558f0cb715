import MobileNet
import Reports

/// A lesson on the costs of a pair of layers, and of the standard convolution that they replace.
public struct ReplacementLesson: Lesson {
  /// The sentences.
  public let script: LessonScript
  /// The pair of layers.
  public let replacement: Replacement
  /// The times of both; nil until they are measured.
  public let times: ReplacementTimes?

  /// Explains `replacement` in the words of `script`, with the measured `times`.
  public init(_ replacement: Replacement, times: ReplacementTimes?, script: LessonScript) {
    self.replacement = replacement
    self.times = times
    self.script = script
  }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    let all = replacement
    var facts = Facts()
    facts.set("depthwise", all.depthwise.name)
    facts.set("pointwise", all.pointwise.name)
    facts.set("input", "\(all.depthwise.input)")
    facts.set("output", "\(all.pointwise.output)")
    facts.set("inputs", "\(all.inputs)")
    facts.set("outputs", "\(all.outputs)")
    facts.set("side", "\(all.side)")
    facts.set("standard-formula", all.standardFormula)
    facts.set("pair-formula", all.pairFormula)
    facts.set("standard-parameter-formula", all.standardParameterFormula)
    facts.set("pair-parameter-formula", all.pairParameterFormula)
    facts.set("ratio", NumberText.fixed(all.predictedRatio, 4))
    facts.set("fold", NumberText.fixed(1 / all.predictedRatio, 1))
    facts.set("standard-time", times.map { NumberText.fixed($0.standard, 3) })
    facts.set("pair-time", times.map { NumberText.fixed($0.separable, 3) })
    facts.set("time-ratio", times.map { NumberText.fixed($0.separable / $0.standard, 4) })
    facts.charts = [
      "standard-multiply-adds": chart("multiply-adds", all.standardMultiplyAdds, nil),
      "multiply-adds": chart("multiply-adds", all.standardMultiplyAdds, all.multiplyAdds),
      "standard-parameters": chart("parameters", all.standardParameters, nil),
      "parameters": chart("parameters", all.standardParameters, all.parameters),
      "times": timeChart,
    ]
    return facts
  }

  /// Returns a chart of both numbers; without `pair`, that number is still to be guessed.
  private func chart(_ title: String, _ standard: Int, _ pair: Int?) -> Facts.ChartFact {
    Facts.ChartFact(
      title: title,
      rows: [
        (.word("standard"), Double(standard), NumberText.grouped(standard)),
        (.word("pair"), pair.map { Double($0) }, pair.map { NumberText.grouped($0) } ?? "?"),
      ])
  }

  /// The chart of times; without rows until they are measured.
  private var timeChart: Facts.ChartFact {
    Facts.ChartFact(
      title: "times",
      rows: times.map {
        [
          (.word("standard"), $0.standard, NumberText.fixed($0.standard, 3)),
          (.word("pair"), $0.separable, NumberText.fixed($0.separable, 3)),
        ]
      } ?? [])
  }
}
