import Lessons
import MobileNet
import Research

/// A lesson and its steps.
struct MadeLesson: Sendable {
  /// What a lesson depends on: it is made once, and not for every frame.
  struct Key: Equatable, Sendable {
    let topic: Topic
    let run: Numbered<Run>
    let layer: Int
    let row: Int
    let column: Int
    let channel: Int
    let sums: Int?
    let other: Numbered<OtherRun>?
    let measured: [String: ReplacementTimes]
    let background: BackgroundOutcome?
    let asksFirst: Bool
    let language: String
  }

  let lesson: (any Lesson)?
  let steps: [Step]
}

extension LessonScreen {
  /// What is explained, with the person's own numbers; nil before the network has run, and while
  /// what the topic speaks of is being computed.
  func lesson(_ core: Core) -> (any Lesson)? { madeLesson(core)?.lesson }

  /// What is explained, for reading; empty before the network has run.
  ///
  /// If no lesson was opened yet, it says how the value under the cursor was made.
  func text(_ core: Core) -> String { lesson(core)?.text ?? "" }

  /// The steps of the topic that is shown.
  func steps(_ core: Core) -> [Step] { madeLesson(core)?.steps ?? [] }

  /// The step that is shown; nil where there is nothing to explain yet.
  func currentStep(_ core: Core) -> Step? {
    let steps = steps(core)
    return steps.isEmpty ? nil : steps[min(step, steps.count - 1)]
  }

  /// The pairs of layers that the topic speaks of.
  func pairs(_ core: Core) -> [(name: String, question: ReplacementQuestion)] {
    guard let run = core.run else { return [] }
    return topic.timedPairs(of: core.layers, at: core.selection.layer).map {
      let layer = $0.depthwise.index - 1
      return ($0.depthwise.name, ReplacementQuestion(core.model, run, layer: layer))
    }
  }

  /// Times of pairs and of what they replace, by the name of the depthwise layer.
  func measured(_ core: Core) -> [String: ReplacementTimes] {
    pairs(core).reduce(into: [:]) { $0[$1.name] = core.answers[$1.question] }
  }

  /// What comes of teaching classes by their background, once that was tried.
  func background(_ core: Core) -> BackgroundOutcome? {
    topic.needsBackground ? core.answers[BackgroundQuestion(core.model)] : nil
  }

  func conventionQuestion(_ core: Core) -> ConventionQuestion? {
    guard let convention = topic.convention, let run = core.run else { return nil }
    return ConventionQuestion(core.model, run, convention, switchingOff: core.switches)
  }

  /// The run with the topic's other convention, once it is there.
  func otherRun(_ core: Core) -> Numbered<OtherRun>? {
    conventionQuestion(core).flatMap { core.answers[$0] }
  }

  /// The layer's sums before its activation function, once they are there.
  func sums(_ core: Core) -> SumsQuestion.Answer? {
    guard topic.needsSums else { return nil }
    return core.run.flatMap { core.answers[core.sums(of: $0)] }
  }

  /// The answer with the convention that is shown, where it can be switched and both are there.
  func chosenAnswer(_ core: Core) -> Chart? {
    guard let answers = (lesson(core) as? any ConventionLesson)?.answers, answers.count == 2
    else { return nil }
    return answers[showsOther ? 1 : 0]
  }

  private func madeLesson(_ core: Core) -> MadeLesson? {
    guard let run = core.run else { return nil }
    let isPlace = core.layer.output.places > 1
    let (sums, other) = (sums(core), otherRun(core))
    let key = MadeLesson.Key(
      topic: topic, run: run, layer: core.selection.layer, row: isPlace ? core.cursor.y : 0,
      column: isPlace ? core.cursor.x : 0, channel: core.channel, sums: sums?.sums.number,
      other: other, measured: measured(core), background: background(core), asksFirst: asksFirst,
      language: core.view.language)
    return made.value(of: key) {
      var subject = Subject(
        run.trace, checkpoint: core.model.checkpoint, position: key.layer, row: key.row,
        column: key.column, channel: key.channel)
      subject.sums = sums?.sums.value
      subject.other = other?.value
      subject.measured = key.measured
      subject.background = key.background
      subject.language = key.language
      let lesson = topic.lesson(about: subject)
      let steps = lesson?.steps ?? []
      return MadeLesson(lesson: lesson, steps: asksFirst ? steps.askingFirst : steps)
    }
  }
}
