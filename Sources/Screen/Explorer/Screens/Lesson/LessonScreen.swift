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
  /// Which of the lessons that can be chosen it is.
  var chapter = 0
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
  /// The cell that the lesson chose itself, so that its point shows; the next topic may choose
  /// another, as long as the person does not.
  private var ownPlace: OwnPlace?
  /// The lessons that were told, in that order.
  private(set) var told: [Told] = []
  /// Counts the presentations, so that a second of an older one is known.
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
    /// Another lesson was asked for.
    case chapterMoved(by: Int)
    /// A lesson was pointed at.
    case chapterSelected(Int)
    /// The first lesson on a topic was asked for.
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
    /// The layer of a topic is there, and a cell is to be found on which its point shows.
    case placed
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
    return begin(chapter: chapter, core)
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    // Another photo has another place; where a function cuts off most is known with the sums.
    let isAboutPlace =
      question.base is RunQuestion || question.base is SumsQuestion
      || question.base is MeasurableGradientQuestion
    // What was told is on the page as it came to be known.
    if told.contains(where: { $0.key.chapter == chapter }) { noteTold(core) }
    return isAboutPlace && isPlacing(core) ? findCell(core) : []
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .blankSwitched, .paceChanged, .ticked, .placed, .secondPassed: break
    // Whoever asks for something wants to see it.
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
      // The answers stand side by side in the last step.
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
  /// Something happened in a lesson.
  static func lesson(_ action: LessonScreen.Action) -> Intent {
    .screen(ScreenAction(LessonScreen.self, action))
  }
}

// MARK: What happens

extension LessonScreen {
  /// The topics of the lessons that can be chosen.
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

  /// What the person's playlist has of the lesson that is told.
  func entry(_ core: Core) -> Playlist.Entry? {
    core.playlist.flatMap {
      $0.value.entries.indices.contains(chapter) ? $0.value.entries[chapter] : nil
    }
  }

  /// Begins a lesson, with the place that the person's playlist asks for.
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

  /// Begins `topic` with the layer that the person chose, or the nearest that it is about.
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

  /// Whether the cell is the lesson's to choose: the person chose none.
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

  /// Takes the cell on which the topic's point shows, and the channel, unless the person chose one.
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

  /// Keeps the lesson that is shown for the page.
  private mutating func noteTold(_ core: Core) {
    guard let now = shown(core) else { return }
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
    chapter = chapters(core).firstIndex(of: topic) ?? 0
    return missing
  }
}
