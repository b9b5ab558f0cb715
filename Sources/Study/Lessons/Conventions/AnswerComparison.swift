import MobileNet
import Reports

/// A lesson that ends with the answers under both conventions.
public protocol ConventionLesson: Lesson {}

extension ConventionLesson {
  /// The most likely classes under the convention of the weights, and under the other one once that
  /// is computed; empty without a classifier.
  public var answers: [Chart] {
    let facts = facts
    return ["own-answer", "other-answer"].compactMap { script.words.chart($0, of: facts) }
  }
}

/// A network's answers under the convention of its weights, and under the other one.
struct AnswerComparison: Sendable {
  /// The most likely classes under the convention of the weights.
  private let own: [Prediction]
  /// The most likely classes under the other convention; nil while they are being computed.
  private let other: [Prediction]?
  private let checkpoint: Checkpoint

  init(own: Trace, other: Trace?, checkpoint: Checkpoint) {
    self.own = own.predictions()
    self.other = other?.predictions()
    self.checkpoint = checkpoint
  }

  /// The facts that the script's sentences can use.
  var facts: Facts {
    var facts = Facts()
    let (first, second) = (own.first, other?.first)
    let kept = other.map { Set(own.map(\.classIndex)).intersection($0.map(\.classIndex)).count }
    facts.flag("classifier", first != nil)
    facts.set("own-class", verbatim: first.map { checkpoint.shortLabel($0.classIndex) })
    facts.set("own-percent", first.map { percent($0.probability) })
    facts.set("other-class", verbatim: second.map { checkpoint.shortLabel($0.classIndex) })
    facts.set("other-percent", second.map { percent($0.probability) })
    facts.flag("same", second != nil && first?.classIndex == second?.classIndex)
    facts.flag("changed", second != nil && first?.classIndex != second?.classIndex)
    facts.set("kept", kept.map { "\($0)" })
    facts.set("top", "\(own.count)")
    facts.charts["own-answer"] = chart("own-answer", own)
    facts.charts["other-answer"] = chart("other-answer", other ?? [])
    return facts
  }

  private func chart(_ title: String, _ predictions: [Prediction]) -> Facts.ChartFact {
    Facts.ChartFact(
      title: title,
      rows: predictions.map {
        (
          .verbatim(checkpoint.shortLabel($0.classIndex)), Double($0.probability),
          percent($0.probability)
        )
      }, reach: 1)
  }

  private func percent(_ probability: Float) -> String {
    NumberText.percent(Double(probability), digits: 1)
  }
}
