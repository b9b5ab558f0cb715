import Lessons
import MobileNet

/// A lesson, and what it is the answer to: it is made once, and not for every frame.
struct MadeLesson: Equatable, Sendable {
  /// What a lesson depends on.
  struct Question: Equatable, Sendable {
    let topic: Topic
    let run: Int
    let layer: Int
    let row: Int
    let column: Int
    let channel: Int
    let sums: Int?
    let other: Numbered<OtherRun>?
    let measured: [String: ReplacementTimes]
    let asksFirst: Bool
  }

  let question: Question
  let lesson: (any Lesson)?
  let steps: [Step]

  /// The same question has the same answer.
  static func == (first: Self, second: Self) -> Bool { first.question == second.question }
}

extension ExplorerState {
  /// What is explained, with the person's own numbers; nil before the network has run, and while
  /// what the topic speaks of is being computed.
  var currentLesson: (any Lesson)? { madeLesson?.lesson }

  /// What is explained, for reading; empty before the network has run.
  ///
  /// If no lesson was opened yet, it says how the value under the cursor was made.
  public var lessonText: String { currentLesson?.text ?? "" }

  /// The steps of the topic that is shown.
  var lessonSteps: [Step] { madeLesson?.steps ?? [] }

  /// The step that is shown; nil where there is nothing to explain yet.
  var lessonStep: Step? {
    let steps = lessonSteps
    return steps.isEmpty ? nil : steps[min(lesson.step, steps.count - 1)]
  }

  /// What was measured with this model.
  var measured: [String: ReplacementTimes] {
    lesson.measuredModel == model.number ? lesson.measured : [:]
  }

  /// The run with the topic's other convention, once it is there.
  var otherRun: Numbered<OtherRun>? {
    guard let convention = lesson.topic.convention, let run,
      let other = lesson.others[convention], other.number == run.number
    else { return nil }
    return other
  }

  /// The answer with the convention that is shown, where it can be switched and both are there.
  var chosenAnswer: Chart? {
    guard let answers = (currentLesson as? any ConventionLesson)?.answers, answers.count == 2
    else { return nil }
    return answers[lesson.showsOther ? 1 : 0]
  }

  /// The lesson that was made last, or another if that answers an older question.
  var madeLesson: MadeLesson? {
    guard let run, run.layers == layers else { return nil }
    let isPlace = layer.output.places > 1
    let question = MadeLesson.Question(
      topic: lesson.topic, run: run.number, layer: place.layer, row: isPlace ? zoom.y : 0,
      column: isPlace ? zoom.x : 0, channel: channel, sums: sums?.sums.number, other: otherRun,
      measured: measured, asksFirst: lesson.asksFirst)
    if let made = lesson.made, made.question == question { return made }
    var subject = Subject(
      run.value, checkpoint: model.checkpoint, position: question.layer, row: question.row,
      column: question.column, channel: question.channel)
    subject.sums = sums?.sums.value
    subject.other = otherRun?.value
    subject.measured = measured
    let found = lesson.topic.lesson(about: subject)
    let steps = found?.steps ?? []
    return MadeLesson(
      question: question, lesson: found, steps: lesson.asksFirst ? steps.askingFirst : steps)
  }

  /// The effect that measures the next pair of layers that the topic speaks of.
  var missingMeasurement: [Effect] {
    guard screen == .lesson, let run else { return [] }
    let pairs = lesson.topic.timedPairs(of: layers, at: place.layer)
    guard let next = pairs.first(where: { measured[$0.depthwise.name] == nil }) else { return [] }
    return [.measureReplacement(model, run, layer: next.depthwise.index - 1)]
  }

  /// The effect that runs the network with the topic's other convention.
  var missingOther: [Effect] {
    guard screen == .lesson, let run, let convention = lesson.topic.convention, otherRun == nil
    else { return [] }
    return [.runOther(model, run, convention, switchingOff: ablation.switches)]
  }
}
