import Lessons
import MobileNet
import Research

extension ScreenID { static let lesson = ScreenID("lesson") }

/// A lesson: how a layer made a value, step by step, and why the layer is made this way.
struct LessonScreen: Screen {
  static let id = ScreenID.lesson
  static let title = "Lesson"

  /// The topic of the lesson.
  var topic = Topic.cell
  /// The index of the lesson among those to choose from.
  var chapter = 0
  /// The index of the shown step.
  var step = 0
  /// The number of the current play, which tells its ticks from those of older plays; nil while
  /// nothing plays.
  var play: Int?
  /// The number of plays so far.
  private var plays = 0
  /// Whether the arrows move the cell; otherwise they change step and layer.
  var picksCell = false
  /// Whether a question comes before every step, not only before some.
  var asksFirst = false
  /// Whether the network with the other convention is shown.
  var showsOther = false
  /// The position of the layer that the person chose; a topic that is not about that layer takes
  /// another.
  var layer = 0
  /// Whether the lesson fills the terminal, with large numbers.
  var presents = false
  /// Whether the screen is blank, so that the class looks up.
  var isBlank = false
  /// The seconds that a step stays while the lesson plays.
  var pace = 3
  /// The seconds since the presentation began.
  var elapsed = 0
  /// The cell that the lesson chose to make its point; the next topic may choose another, unless
  /// the person moves the cursor.
  var ownPlace: OwnPlace?
  /// The lessons that were told, in that order.
  private(set) var told: [Told] = []
  /// The number of presentations so far, which tells the seconds of the current one from older
  /// ones.
  private var presentations = 0
  let made = Memo<MadeLesson.Key, MadeLesson>()

  /// The topic and the run that the cell was chosen for.
  var placedFor: PlacedFor?

  /// A lesson as it was told.
  struct Told: Equatable, Sendable {
    let key: MadeLesson.Key
    let part: HandOut.Part

    static func == (first: Told, second: Told) -> Bool { first.key == second.key }
  }

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The step before or after was asked for.
    case stepped(by: Int)
    /// The first or the last step was asked for.
    case wentToEnd(isLast: Bool)
    /// Playing was begun or stopped.
    case playSwitched
    /// A play reached its next step.
    case ticked(play: Int)
    /// Another lesson was asked for, so many further.
    case chapterMoved(by: Int)
    /// A lesson was pointed at.
    case chapterSelected(Int)
    /// The first lesson on a topic was asked for.
    case topicSelected(Topic)
    /// Another layer was asked for, so many further among those that the topic is about.
    case otherLayer(by: Int)
    /// The arrows were given to the cell, or back to steps and layers.
    case pickingSwitched
    /// Questions before every step were asked for, or only before some.
    case askingSwitched
    /// The other convention was asked for, or again the one that the weights were trained with.
    case conventionSwitched
    /// The lesson was to fill the terminal, or no more.
    case presentingSwitched
    /// A blank screen was asked for, or the lesson again.
    case blankSwitched
    /// A slower pace was asked for, or a faster one.
    case paceChanged(by: Int)
    /// The topic's layer is selected, and a cell that makes its point is to be chosen.
    case placed
    /// A second of a presentation has passed.
    case secondPassed(presentation: Int)
  }

  /// The seconds that a step can stay.
  private static let paces = 1...30

  var fillsTerminal: Bool { presents }

  /// Begins with the cursor's cell.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    layer = core.selection.layer
    return begin(chapter: chapter, core)
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    // On another photo another cell may make the point; for some topics the sums decide.
    let isAboutPlace =
      question.base is RunQuestion || question.base is SumsQuestion
      || question.base is MeasurableGradientQuestion
    // What was told is on the page as it came to be known.
    if told.contains(where: { $0.key.chapter == chapter }) { noteTold(core) }
    return isAboutPlace && isPlacing(core) ? findCell(core) : []
  }

  mutating func subjectChanged(_ core: Core) {
    // Each of them keeps the outputs of all layers in memory.
    (told, placedFor) = ([], nil)
    made.forget()
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .blankSwitched, .paceChanged, .ticked, .placed, .secondPassed: break
    // Any other action shows the lesson again.
    default: isBlank = false
    }
    switch action {
    case .presentingSwitched:
      presents.toggle()
      elapsed = 0
      presentations += 1
      return presents ? [nextSecond] : []
    case .placed: return findCell(core)
    case .blankSwitched:
      isBlank.toggle()
      play = nil
    case .paceChanged(let seconds):
      pace = min(max(pace + seconds, Self.paces.lowerBound), Self.paces.upperBound)
      return [.said(Message("A step stays \(pace) s while they play."))]
    case .secondPassed(let presentation):
      guard presents, presentation == presentations else { return [] }
      elapsed += 1
      return [nextSecond]
    case .chapterMoved(let steps):
      return begin(chapter: chapter.stepped(by: steps, among: chapters(core).count), core)
    case .chapterSelected(let index): return begin(chapter: index, core)
    case .topicSelected(let topic):
      return begin(chapter: chapters(core).firstIndex(of: topic) ?? chapter, core)
    case .otherLayer(let steps):
      let positions = core.layers.indices.filter { topic.isAbout(core.layers[$0]) }
      let index = positions.firstIndex(of: core.selection.layer) ?? 0
      guard positions.indices.contains(index + steps) else { return [] }
      layer = positions[index + steps]
      return begin(topic, core)
    case .stepped(let steps): go(to: shownStep(core) + steps, core)
    case .wentToEnd(let isLast): go(to: isLast ? .max : 0, core)
    case .playSwitched: return switchPlay(core)
    case .ticked(let play): return play == self.play ? playNext(core) : []
    case .pickingSwitched: picksCell.toggle()
    case .askingSwitched: switchAsking(core)
    case .conventionSwitched:
      // The last step shows both answers side by side.
      play = nil
      show(step: .max, core)
      showsOther.toggle()
      noteTold(core)
    }
    return []
  }

  private mutating func go(to step: Int, _ core: Core) {
    play = nil
    show(step: step, core)
    noteTold(core)
  }

  private mutating func switchPlay(_ core: Core) -> [Intent] {
    guard play == nil else {
      play = nil
      return []
    }
    if step >= steps(core).count - 1 { step = 0 }
    plays += 1
    play = plays
    return nextTick(core)
  }

  private mutating func playNext(_ core: Core) -> [Intent] {
    show(step: step + 1, core)
    noteTold(core)
    if step >= steps(core).count - 1 { play = nil }
    return nextTick(core)
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let run = core.run else { return [] }
    var wants: [AnyQuestion] = []
    if topic.needsSums, core.layer.isActivated { wants.append(AnyQuestion(core.sums(of: run))) }
    if topic.needsBackground {
      wants.append(AnyQuestion(BackgroundQuestion(core.model)))
      wants.append(AnyQuestion(BackgroundPicturesQuestion(core.model.resolution)))
    }
    if let other = conventionQuestion(core) { wants.append(AnyQuestion(other)) }
    if let question = gradientQuestion(core) {
      wants.append(AnyQuestion(question))
    } else if let question = backpropagationQuestion(core) {
      wants.append(AnyQuestion(question))
    }
    if topic == .quantization { wants.append(AnyQuestion(IntegersQuestion(core.model, run))) }
    return wants + pairs(core).map { AnyQuestion($0.question) }
  }

  func numbers(_ core: Core) -> String? { core.cellNumbers(of: core.map) }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func lesson(_ action: LessonScreen.Action) -> Intent {
    .screen(ScreenAction(LessonScreen.self, action))
  }
}

// MARK: Steps

extension LessonScreen {
  /// Returns the index of the shown step.
  private func shownStep(_ core: Core) -> Int {
    let count = steps(core).count
    return count == 0 ? step : min(step, count - 1)
  }

  /// Shows the step at `index`, or the nearest that exists.
  ///
  /// While a lesson is being computed the index is kept, since the number of steps is unknown.
  private mutating func show(step index: Int, _ core: Core) {
    let count = steps(core).count
    step = min(max(index, 0), count == 0 ? Int.max / 2 : count - 1)
  }

  /// Keeps the lesson that is shown for the page.
  private mutating func noteTold(_ core: Core) {
    guard let now = shown(core) else { return }
    // On a stream each frame is a run of its own.
    told.removeAll { $0.key.run != core.run && $0.key.run != core.original }
    if let index = told.firstIndex(where: { $0.key.chapter == chapter }) {
      told[index] = now
    } else {
      told.append(now)
    }
  }

  private mutating func switchAsking(_ core: Core) {
    // The step that is shown, or the question before it.
    let step = currentStep(core)
    asksFirst.toggle()
    let isQuestion = step?.isQuestion == true
    let index = steps(core).firstIndex { isQuestion ? $0.text == step?.text : $0 == step }
    show(step: index ?? self.step, core)
  }

  /// Schedules the next tick of a play.
  private func nextTick(_ core: Core) -> [Intent] {
    guard let play else { return [] }
    // Questions stay longer, so that a class can answer.
    let isQuestion = currentStep(core)?.isQuestion == true
    let tick = ScreenAction(LessonScreen.self, .ticked(play: play))
    return [.perform(.later(milliseconds: 1000 * pace * (isQuestion ? 2 : 1), tick))]
  }

  /// Schedules the next second of a presentation.
  private var nextSecond: Intent {
    .perform(
      .later(
        milliseconds: 1000,
        ScreenAction(LessonScreen.self, .secondPassed(presentation: presentations))))
  }
}
