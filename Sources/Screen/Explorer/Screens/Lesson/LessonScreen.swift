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
  private var ownPlace: OwnPlace?
  /// The lessons that were told, in that order.
  private(set) var told: [Told] = []
  /// The number of presentations so far, which tells the seconds of the current one from older
  /// ones.
  private var presentations = 0
  let made = Memo<MadeLesson.Key, MadeLesson>()

  /// The topic and the run that the cell was chosen for.
  private var placedFor: PlacedFor?

  /// A lesson as it was told.
  struct Told: Equatable, Sendable {
    let key: MadeLesson.Key
    let part: HandOut.Part

    static func == (first: Told, second: Told) -> Bool { first.key == second.key }
  }

  private struct OwnPlace: Equatable {
    let layer: Int
    let row: Int
    let column: Int
    let channel: Int
  }

  private struct PlacedFor: Equatable {
    let topic: Topic
    let run: Numbered<Run>
    let layer: Int
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
    case .stepped(let steps):
      play = nil
      show(step: shownStep(core) + steps, core)
      noteTold(core)
    case .wentToEnd(let isLast):
      play = nil
      show(step: isLast ? .max : 0, core)
      noteTold(core)
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
      noteTold(core)
      if step >= steps(core).count - 1 { self.play = nil }
      return nextTick(core)
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

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let run = core.run else { return [] }
    var wants: [AnyQuestion] = []
    if topic.needsSums, core.layer.isActivated { wants.append(AnyQuestion(core.sums(of: run))) }
    if topic.needsBackground { wants.append(AnyQuestion(BackgroundQuestion(core.model))) }
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

// MARK: Changes of state

extension LessonScreen {
  /// Returns the topics of the lessons to choose from.
  func chapters(_ core: Core) -> [Topic] {
    core.playlist?.value.entries.map(\.script.topic) ?? Topic.allCases
  }

  /// What the lessons that can be chosen are called: a person's own by their titles.
  func names(_ core: Core) -> [String] {
    guard let playlist = core.playlist?.value else {
      return Topic.allCases.map { core.stage.name(of: $0) }
    }
    return playlist.entries.map { entry in
      LessonLibrary.contains(entry.script)
        ? core.stage.name(of: entry.script.topic) : entry.script.name
    }
  }

  /// Returns the entry of the person's playlist for the current lesson.
  func entry(_ core: Core) -> Playlist.Entry? {
    core.playlist.flatMap {
      $0.value.entries.indices.contains(chapter) ? $0.value.entries[chapter] : nil
    }
  }

  /// Begins a lesson, at the layer, channel and cell that the person's playlist asks for.
  private mutating func begin(chapter index: Int, _ core: Core) -> [Intent] {
    let chapters = chapters(core)
    guard chapters.indices.contains(index) else { return [] }
    chapter = index
    guard let entry = entry(core) else { return begin(chapters[index], core) }
    var intents: [Intent] = []
    if let asked = entry.layer {
      guard
        let found = core.layers.firstIndex(where: {
          $0.name == asked.value || "\($0.index)" == asked.value
        })
      else {
        return begin(chapters[index], core)
          + [.said(Message("\(asked.line): this network has no layer \(asked.value)."))]
      }
      layer = found
    }
    intents += begin(entry.script.topic, core)
    let own = core.layers[entry.script.topic.layer(nearest: layer, in: core.layers)]
    if let channel = entry.channel {
      intents.append(
        0..<own.output.channels ~= channel.value
          ? .channelSelected(channel.value)
          : .said(
            Message(
              "\(channel.line): \(own.name) has channels 0 to \(own.output.channels - 1).")))
    }
    if let cell = entry.cell {
      let (row, column) = (cell.value.row, cell.value.column)
      let isThere = 0..<own.output.height ~= row && 0..<own.output.width ~= column
      intents.append(
        isThere
          ? .cellPointed(x: column, y: row)
          : .said(
            Message(
              "\(cell.line): \(own.name) has rows and columns from 0,0 to "
                + "\(own.output.height - 1),\(own.output.width - 1).")))
    }
    return intents
  }

  /// Begins `topic` at the layer that the person chose, or the nearest one that the topic is about.
  private mutating func begin(_ topic: Topic, _ core: Core) -> [Intent] {
    self.topic = topic
    step = 0
    play = nil
    picksCell = false
    showsOther = false
    let places = isPlacing(core)
    return [.layerSelected(topic.layer(nearest: layer, in: core.layers))]
      + (places ? [.lesson(.placed)] : [])
  }

  /// Returns whether the lesson may choose the cell: the person chose none.
  private func isPlacing(_ core: Core) -> Bool {
    let (cursor, layer) = (core.cursor, core.selection.layer)
    guard cursor.isPlaced else { return true }
    return ownPlace.map { ($0.layer, $0.row, $0.column) == (layer, cursor.y, cursor.x) } ?? false
  }

  /// The channel that the person chose, and not the lesson.
  private func chosenChannel(_ core: Core) -> Int? {
    let chosen = core.selection.chosenChannels[core.layer.name]
    return ownPlace?.layer == core.selection.layer && ownPlace?.channel == chosen ? nil : chosen
  }

  /// Which value has a gradient that can be measured, as long as the lesson is to choose it and has not
  /// yet.
  private func gradientQuestion(_ core: Core) -> MeasurableGradientQuestion? {
    guard backpropagationQuestion(core) != nil, let run = core.run, core.live == nil,
      core.layer.output.places > 1, isPlacing(core), placedFor != placing(run, core)
    else { return nil }
    return MeasurableGradientQuestion(
      core.model, run, layer: core.selection.layer, channel: chosenChannel(core))
  }

  private func placing(_ run: Numbered<Run>, _ core: Core) -> PlacedFor {
    PlacedFor(topic: topic, run: run, layer: core.selection.layer)
  }

  /// Moves the cursor to the cell, and unless the person chose one to the channel, that makes the
  /// topic's point.
  private mutating func findCell(_ core: Core) -> [Intent] {
    guard let run = core.run, core.live == nil, core.layer.output.places > 1 else { return [] }
    let telling: TellingValue
    if topic == .backpropagation {
      guard let found = gradientQuestion(core).flatMap({ core.answers[$0] }) else { return [] }
      telling = found
    } else {
      telling = topic.tellingValue(
        in: run.trace, checkpoint: core.model.checkpoint, layer: core.selection.layer,
        channel: core.channel, mayTakeOthers: chosenChannel(core) == nil,
        sums: sums(core)?.sums.value)
    }
    placedFor = placing(run, core)
    ownPlace = OwnPlace(
      layer: core.selection.layer, row: telling.row, column: telling.column,
      channel: telling.channel)
    let channel: [Intent] =
      telling.channel == core.channel ? [] : [.channelSelected(telling.channel)]
    return channel + [.cellPointed(x: telling.column, y: telling.row)]
  }

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

extension LessonScreen {
  /// The part of a session for a lesson.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let topic: String
    let lessonStep: Int
    let lessonLayer: String
    let asksFirst: Bool
    let showsOther: Bool
  }

  /// More than the steps of any lesson.
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
    chapter = chapters(core).firstIndex(of: topic) ?? 0
    return missing
  }
}
