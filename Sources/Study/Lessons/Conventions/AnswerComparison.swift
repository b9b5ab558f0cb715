import MobileNet
import Reports

/// A lesson that ends with the answers with either convention.
public protocol ConventionLesson: Lesson {
  /// The most likely classes as the weights were trained, and with the other convention once that
  /// is there; none without a classifier.
  var answers: [Chart] { get }
}

/// What a network answers as its weights were trained, and what they answer otherwise.
struct AnswerComparison: Sendable {
  /// The answer as trained.
  let own: [Prediction]
  /// The other answer; nil while it is being computed.
  let other: [Prediction]?
  /// What people call the two ways.
  let names: (own: String, other: String)
  private let checkpoint: Checkpoint

  init(
    own: Trace, other: Trace?, names: (own: String, other: String), checkpoint: Checkpoint
  ) {
    self.own = own.predictions()
    self.other = other?.predictions()
    self.names = names
    self.checkpoint = checkpoint
  }

  private func label(_ index: Int) -> String { checkpoint.shortLabel(index) }

  /// The most likely classes both ways; none without a classifier.
  var charts: [Chart] {
    guard !own.isEmpty else { return [] }
    return [chart("with \(names.own), as trained", own)]
      + (other.map { [chart("with \(names.other)", $0)] } ?? [])
  }

  private func chart(_ title: String, _ predictions: [Prediction]) -> Chart {
    Chart(
      title,
      predictions.map {
        Chart.Row(label($0.classIndex), Double($0.probability), percent($0.probability))
      }, reach: 1)
  }

  /// What became of the answer.
  var text: String {
    guard let first = own.first else {
      return "This checkpoint has no classifier, so that there is no answer to compare."
    }
    guard let other, let second = other.first else { return "Computing the other answer …" }
    let kept = Set(own.map(\.classIndex)).intersection(other.map(\.classIndex)).count
    let rest = "\(kept) of its \(own.count) most likely classes are among them again."
    if first.classIndex == second.classIndex {
      return "Still \(label(first.classIndex)): \(percent(second.probability)) instead of "
        + "\(percent(first.probability)). \(rest)"
    }
    return "Now \(label(second.classIndex)), \(percent(second.probability)), instead of "
      + "\(label(first.classIndex)), \(percent(first.probability)). \(rest)"
  }

  private func percent(_ probability: Float) -> String {
    NumberText.percent(Double(probability), digits: 1)
  }
}
