import Lessons
import MobileNet
import Research

/// A lesson with its steps, made once for all frames.
struct MadeLesson: Sendable {
  /// Everything that a lesson depends on.
  struct Key: Equatable, Sendable {
    let topic: Topic
    let run: Numbered<Run>
    let layer: Int
    let row: Int
    let column: Int
    let channel: Int
    let sums: Int?
    let other: Numbered<OtherRun>?
    let backpropagation: Numbered<Backpropagation>?
    let integers: Numbered<IntegerRuns>?
    let measured: [String: ReplacementTimes]
    let background: BackgroundOutcome?
    let asksFirst: Bool
    let language: String
    let chapter: Int
    let playlist: Int?
  }

  let lesson: (any Lesson)?
  let steps: [Step]
  /// The errors in a lesson of the person's own: the line, and what was expected.
  let problems: [String]
}

extension LessonScreen {
  /// Returns the lesson with the numbers of this photo; nil before the network has run, and while
  /// what the topic needs is being computed.
  func lesson(_ core: Core) -> (any Lesson)? { madeLesson(core)?.lesson }

  /// Returns the lesson as text; empty before the network has run.
  ///
  /// If no lesson was opened yet, this is the one on how the cursor's value was made.
  func text(_ core: Core) -> String { lesson(core)?.text ?? "" }

  /// Returns the errors in the lesson, if it is the person's own.
  func problems(_ core: Core) -> [String] { madeLesson(core)?.problems ?? [] }

  /// Returns the lesson's steps.
  func steps(_ core: Core) -> [Step] { madeLesson(core)?.steps ?? [] }

  /// Returns the shown step; nil while there is no lesson.
  func currentStep(_ core: Core) -> Step? {
    let steps = steps(core)
    return steps.isEmpty ? nil : steps[min(step, steps.count - 1)]
  }

  /// Returns the text in place of the lesson while something is computed for it.
  func waitingText(_ core: Core) -> String {
    guard core.run != nil else { return core.waitingText }
    let words = StageWords(language: core.view.language)
    return switch topic {
    case .backpropagation where core.model.checkpoint.architecture.classes == nil:
      words("no-classifier")
    case .background, .backpropagation, .quantization, .padding, .activation:
      words("waiting-\(topic.rawValue)")
    default: core.waitingText
    }
  }

  /// Returns the questions for the pairs of layers that the topic is about.
  func pairs(_ core: Core) -> [(name: String, question: ReplacementQuestion)] {
    pairs(topic, at: core.selection.layer, core)
  }

  private func pairs(
    _ topic: Topic, at layer: Int, _ core: Core
  ) -> [(name: String, question: ReplacementQuestion)] {
    guard let run = core.run else { return [] }
    return topic.timedPairs(of: core.layers, at: layer).map {
      let layer = $0.depthwise.index - 1
      return ($0.depthwise.name, ReplacementQuestion(core.model, run, layer: layer))
    }
  }

  /// Returns the times of the pairs and of the convolutions that they replaced, by the depthwise
  /// layer's name.
  func measured(_ topic: Topic, at layer: Int, _ core: Core) -> [String: ReplacementTimes] {
    pairs(topic, at: layer, core).reduce(into: [:]) { $0[$1.name] = core.answers[$1.question] }
  }

  /// Returns the outcome of teaching classes by their background, once that was tried.
  func background(_ core: Core) -> BackgroundOutcome? {
    topic.needsBackground ? core.answers[BackgroundQuestion(core.model)]?.outcome : nil
  }

  func conventionQuestion(_ core: Core) -> ConventionQuestion? {
    guard let convention = topic.convention, let run = core.run else { return nil }
    return ConventionQuestion(core.model, run, convention, patching: core.patches)
  }

  /// Returns the run with the topic's other convention, once it is there.
  func otherRun(_ core: Core) -> Numbered<OtherRun>? {
    conventionQuestion(core).flatMap { core.answers[$0] }
  }

  /// Returns the network as integers, if the topic needs it and it is there.
  func integers(_ core: Core) -> Numbered<IntegerRuns>? {
    guard topic == .quantization else { return nil }
    return core.run.flatMap { core.answers[IntegersQuestion(core.model, $0)] }
  }

  /// Returns the layer's sums before its activation function, if the topic needs them and they are
  /// there.
  func sums(_ core: Core) -> SumsQuestion.Answer? {
    guard topic.needsSums else { return nil }
    return core.run.flatMap { core.answers[core.sums(of: $0)] }
  }

  /// Returns the chart of the answer in the shown convention, if there are charts for both.
  func chosenAnswer(_ core: Core) -> Chart? {
    guard let answers = (lesson(core) as? any ConventionLesson)?.answers, answers.count == 2
    else { return nil }
    return answers[showsOther ? 1 : 0]
  }

  /// The contents of a page: the lessons that were told, in that order, and the one that is shown; where
  /// none was, also those that can be told at once.
  func parts(_ core: Core) -> [HandOut.Part] {
    guard let run = core.run else { return [] }
    let told = told.filter { $0.key.run == run }
    let isNew = !told.contains { $0.key.chapter == chapter }
    let parts = told.map(\.part) + (isNew ? [shown(core)?.part].compactMap(\.self) : [])
    guard told.isEmpty, core.playlist == nil else { return parts }
    return parts
      + Topic.allCases.filter { $0 != topic }.compactMap { topic in
        readySubject(topic, run, core).flatMap { subject in
          topic.lesson(about: subject).map { HandOut.Part($0, about: subject) }
        }
      }
  }

  /// The lesson that is shown, as far as it is known.
  func shown(_ core: Core) -> Told? {
    guard let run = core.run, let key = key(core), let lesson = lesson(core) else { return nil }
    return Told(key: key, part: HandOut.Part(lesson, about: subject(key, run, core)))
  }

  /// Returns the subject of `topic` at the selected layer, or at the nearest that the topic is
  /// about; nil if something would have to be computed first.
  private func readySubject(_ topic: Topic, _ run: Numbered<Run>, _ core: Core) -> Subject? {
    let layer = topic.layer(nearest: core.selection.layer, in: core.layers)
    let measured = measured(topic, at: layer, core)
    guard !topic.needsSums, !topic.needsBackground, topic != .quantization,
      topic != .backpropagation,
      topic.convention == nil,
      measured.count == topic.timedPairs(of: core.layers, at: layer).count
    else { return nil }
    let telling = topic.tellingValue(
      in: run.trace, checkpoint: core.model.checkpoint, layer: layer,
      channel: core.channel(at: layer), mayTakeOthers: false, sums: nil)
    var subject = Subject(
      run.trace, checkpoint: core.model.checkpoint, position: layer, row: telling.row,
      column: telling.column, channel: telling.channel)
    subject.measured = measured
    subject.language = core.view.language
    return subject
  }

  private func subject(_ key: MadeLesson.Key, _ run: Numbered<Run>, _ core: Core) -> Subject {
    var subject = Subject(
      run.trace, checkpoint: core.model.checkpoint, position: key.layer, row: key.row,
      column: key.column, channel: key.channel)
    subject.sums = sums(core)?.sums.value
    subject.other = otherRun(core)?.value
    subject.backpropagation = backpropagation(core)?.value
    subject.integers = key.integers?.value
    subject.measured = key.measured
    subject.background = key.background
    subject.language = key.language
    subject.script = entry(core)?.script
    return subject
  }

  /// Returns the question of the backpropagation topic for the cursor's value.
  func backpropagationQuestion(_ core: Core) -> BackpropagationQuestion? {
    guard topic == .backpropagation, topic.isAbout(core.layer), let run = core.run else {
      return nil
    }
    let place = place(core)
    return BackpropagationQuestion(
      core.model, run, layer: core.selection.layer, row: place.row, column: place.column,
      channel: core.channel)
  }

  private func backpropagation(_ core: Core) -> Numbered<Backpropagation>? {
    backpropagationQuestion(core).flatMap { core.answers[$0] }
  }

  /// Returns the row and the column of the value that is explained.
  private func place(_ core: Core) -> (row: Int, column: Int) {
    core.layer.output.places > 1 ? (core.cursor.y, core.cursor.x) : (0, 0)
  }

  private func key(_ core: Core) -> MadeLesson.Key? {
    guard let run = core.run else { return nil }
    let (sums, other, place) = (sums(core), otherRun(core), place(core))
    return MadeLesson.Key(
      topic: topic, run: run, layer: core.selection.layer, row: place.row, column: place.column,
      channel: core.channel, sums: sums?.sums.number, other: other,
      backpropagation: backpropagation(core), integers: integers(core),
      measured: measured(topic, at: core.selection.layer, core),
      background: background(core), asksFirst: asksFirst, language: core.view.language,
      chapter: chapter, playlist: core.playlist?.number)
  }

  private func madeLesson(_ core: Core) -> MadeLesson? {
    guard let run = core.run, let key = key(core) else { return nil }
    return made.value(of: key) {
      let subject = subject(key, run, core)
      let lesson = topic.lesson(about: subject)
      let steps = lesson?.steps ?? []
      let problems = subject.script.flatMap { script in
        lesson.map { script.problems(with: $0.facts).map { "\($0)" } }
      }
      return MadeLesson(
        lesson: lesson, steps: asksFirst ? steps.askingFirst : steps, problems: problems ?? [])
    }
  }
}

extension ExplorerState {
  /// The current lesson as text; without one, how the cursor's value was made.
  public var lessonText: String { self[LessonScreen.self].text(core) }

  /// The parts of a hand-out on what is shown.
  public var lessonParts: [HandOut.Part] { self[LessonScreen.self].parts(core) }

  /// The topics of the lessons that were told of what is seen, in that order.
  public var toldTopics: [Topic] {
    let screen = self[LessonScreen.self]
    return screen.told.filter { $0.key.run == core.run }.map(\.key.topic)
  }

  /// The topic of the lesson that was opened last.
  public var lessonTopic: Topic { self[LessonScreen.self].topic }
}
