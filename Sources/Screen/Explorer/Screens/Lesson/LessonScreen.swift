import Lessons
import MobileNet
import Research

extension ScreenID { static let lesson = ScreenID("lesson") }

/// How a layer made a value, step by step, and why it is made this way.
struct LessonScreen: Screen {
  static let id = ScreenID.lesson
  static let title = "Lesson"

  /// What is explained.
  var topic = Topic.cell
  /// The step that is shown.
  var step = 0
  /// Counts the plays, so that a tick of an older one is known; nil while nothing plays.
  var play: Int?
  /// How many plays there were.
  private var plays = 0
  /// Whether the arrows pick a cell; otherwise they step and go from layer to layer.
  var picksCell = false
  /// Whether every step asks first, and not only some.
  var asksFirst = false
  /// Whether what is shown is the network with the other convention.
  var showsOther = false
  /// The position of the layer that the person chose; a topic that is not about it explains another.
  var layer = 0
  /// Whether it takes the whole terminal, with large numbers and nothing that is not the lesson.
  var presents = false
  /// Whether nothing is shown, so that the class looks up.
  var isBlank = false
  /// The seconds that a step stays while the steps play.
  var pace = 3
  /// The seconds since the presentation began.
  var elapsed = 0
  /// Counts the presentations, so that a second of an older one is known.
  private var presentations = 0
  let made = Memo<MadeLesson.Key, MadeLesson>()

  /// What can happen on it.
  enum Action: Equatable, Sendable {
    /// The step before or after was asked for.
    case stepped(by: Int)
    /// The first or the last step was asked for.
    case wentToEnd(isLast: Bool)
    /// Playing was begun or stopped.
    case playSwitched
    /// It is time for the next step of a play.
    case ticked(play: Int)
    /// Another topic was asked for.
    case topicMoved(by: Int)
    /// A topic was pointed at.
    case topicSelected(Topic)
    /// Another layer was asked for, so many away among those that the topic is about.
    case otherLayer(by: Int)
    /// The arrows were given to the cell, or back to the steps.
    case pickingSwitched
    /// Questions before every step were asked for, or only before some.
    case askingSwitched
    /// The other convention was asked for, or the one that the weights were trained with.
    case conventionSwitched
    /// The whole terminal was asked for, or the other parts of the screen again.
    case presentingSwitched
    /// An empty screen was asked for, or the lesson again.
    case blankSwitched
    /// A slower play was asked for, or a faster one.
    case paceChanged(by: Int)
    /// A second of a presentation has passed.
    case secondPassed(presentation: Int)
  }

  /// The seconds that a step can stay.
  private static let paces = 1...30

  var fillsTerminal: Bool { presents }

  /// Begins with the cell under the cursor.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    layer = core.selection.layer
    return findCell(core) + begin(topic, core)
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .presentingSwitched:
      presents.toggle()
      isBlank = false
      elapsed = 0
      presentations += 1
      return presents ? [nextSecond] : []
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
    case .topicMoved(let steps): return begin(Topic.allCases.element(steps, after: topic), core)
    case .topicSelected(let topic): return begin(topic, core)
    case .otherLayer(let steps):
      let positions = core.layers.indices.filter { topic.isAbout(core.layers[$0]) }
      let index = positions.firstIndex(of: core.selection.layer) ?? 0
      guard positions.indices.contains(index + steps) else { return [] }
      layer = positions[index + steps]
      return begin(topic, core)
    case .stepped(let steps):
      play = nil
      isBlank = false
      show(step: shownStep(core) + steps, core)
    case .wentToEnd(let isLast):
      play = nil
      show(step: isLast ? .max : 0, core)
    case .playSwitched:
      guard play == nil else {
        play = nil
        return []
      }
      if step >= steps(core).count - 1 { step = 0 }
      plays += 1
      play = plays
      return nextTick(core)
    case .ticked(let play):
      guard play == self.play else { return [] }
      show(step: step + 1, core)
      if step >= steps(core).count - 1 { self.play = nil }
      return nextTick(core)
    case .pickingSwitched: picksCell.toggle()
    case .askingSwitched: switchAsking(core)
    case .conventionSwitched:
      // The answers stand side by side in the last step.
      play = nil
      show(step: .max, core)
      showsOther.toggle()
    }
    return []
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let run = core.run else { return [] }
    var wants: [AnyQuestion] = []
    if topic.needsSums, core.layer.isActivated { wants.append(AnyQuestion(core.sums(of: run))) }
    if topic.needsBackground { wants.append(AnyQuestion(BackgroundQuestion(core.model))) }
    if let other = conventionQuestion(core) { wants.append(AnyQuestion(other)) }
    return wants + pairs(core).map { AnyQuestion($0.question) }
  }

  func numbers(_ core: Core) -> String? { core.cellNumbers(of: core.map) }
}

extension Intent {
  /// Something happened in a lesson.
  static func lesson(_ action: LessonScreen.Action) -> Intent {
    .screen(ScreenAction(LessonScreen.self, action))
  }
}

// MARK: What happens

extension LessonScreen {
  /// Begins `topic` with the layer that the person chose, or the nearest that it is about.
  private mutating func begin(_ topic: Topic, _ core: Core) -> [Intent] {
    self.topic = topic
    step = 0
    play = nil
    picksCell = false
    showsOther = false
    return [.layerSelected(topic.layer(nearest: layer, in: core.layers))]
  }

  /// Stays with the cell that is looked at, the channel's largest value unless one was chosen.
  private func findCell(_ core: Core) -> [Intent] {
    guard !core.cursor.isPlaced, core.layer.output.places > 1, core.run != nil else { return [] }
    return [.cellPointed(x: core.cursor.x, y: core.cursor.y)]
  }

  /// The index of the step that is shown.
  private func shownStep(_ core: Core) -> Int {
    let count = steps(core).count
    return count == 0 ? step : min(step, count - 1)
  }

  /// Shows the step at `index`, or the nearest there is.
  ///
  /// Keys that come while a lesson is being computed are kept: nobody knows yet how long it is.
  private mutating func show(step index: Int, _ core: Core) {
    let count = steps(core).count
    step = min(max(index, 0), count == 0 ? Int.max / 2 : count - 1)
  }

  private mutating func switchAsking(_ core: Core) {
    // The step that is shown, or the question before it.
    let step = currentStep(core)
    asksFirst.toggle()
    let isQuestion = step?.isQuestion == true
    let index = steps(core).firstIndex { isQuestion ? $0.text == step?.text : $0 == step }
    show(step: index ?? self.step, core)
  }

  /// Makes the next step of a play happen.
  private func nextTick(_ core: Core) -> [Intent] {
    guard let play else { return [] }
    // Questions wait longer, so that a class can answer.
    let isQuestion = currentStep(core)?.isQuestion == true
    let tick = ScreenAction(LessonScreen.self, .ticked(play: play))
    return [.perform(.later(milliseconds: 1000 * pace * (isQuestion ? 2 : 1), tick))]
  }

  /// Makes the clock of a presentation go on.
  private var nextSecond: Intent {
    .perform(
      .later(
        milliseconds: 1000,
        ScreenAction(LessonScreen.self, .secondPassed(presentation: presentations))))
  }
}

extension LessonScreen {
  /// What a session keeps of a lesson.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let topic: String
    let lessonStep: Int
    let lessonLayer: String
    let asksFirst: Bool
    let showsOther: Bool
  }

  /// No lesson has as many steps.
  private static let mostSteps = 100_000

  func saved(_ core: Core) -> Saved? {
    Saved(
      topic: topic.rawValue, lessonStep: step,
      lessonLayer: core.layers[min(layer, core.layers.count - 1)].name, asksFirst: asksFirst,
      showsOther: showsOther)
  }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    var missing =
      take(saved.topic, "topic", for: &topic)
      + take(saved.lessonStep, 0..<Self.mostSteps, "a lesson's step", for: &step)
    let explained = core.layers.firstIndex { $0.name == saved.lessonLayer }
    if explained == nil { missing.append("a lesson on \(saved.lessonLayer)") }
    layer = explained ?? core.selection.layer
    asksFirst = saved.asksFirst
    showsOther = saved.showsOther
    return missing
  }
}
