import Cells
import MobileNet
import Research
import Testing

@testable import Explorer
@testable import Lessons

@Suite struct LessonTests {
  static let sizes = ScreenTests.sizes + [Size(width: 160, height: 50)]

  private func state(layer: Int, size: Size = Size(width: 80, height: 24)) throws
    -> ExplorerState
  {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(layer))
    _ = reduce(&state, .channelSelected(1))
    _ = reduce(&state, .opened(.lesson))
    return state
  }

  /// Answers what is asked for with times that never change.
  private func measure(_ effects: [Effect], on state: inout ExplorerState) {
    for question in effects.questions(ReplacementQuestion.self) {
      let times = ReplacementTimes(separable: 0.25, standard: 0.5 + Double(question.layer))
      hear(times, to: question, on: &state)
    }
  }

  @Test(arguments: sizes)
  func cells(size: Size) throws {
    for (name, layer, step) in [
      ("conv1", 0, 13), ("dw", 3, 6), ("sep", 4, 12), ("pool6", 27, 8), ("fc7", 28, 99),
      ("prob", 29, 5),
    ] {
      var state = try state(layer: layer, size: size)
      _ = reduce(&state, .cellPointed(x: 5, y: 2))
      _ = reduce(&state, .channelSelected(1))
      _ = reduce(&state, .lesson(.stepped(by: step)))
      try expectScreen(state, "lesson-\(name)-\(size.width)x\(size.height)")
    }
  }

  @Test(arguments: sizes)
  func replacementAndNetwork(size: Size) throws {
    var state = try state(layer: 4, size: size)
    measure(reduce(&state, .lesson(.topicSelected(.replacement))), on: &state)
    _ = reduce(&state, .lesson(.wentToEnd(isLast: true)))
    try expectScreen(state, "lesson-replacement-\(size.width)x\(size.height)")
    measure(reduce(&state, .lesson(.topicSelected(.network))), on: &state)
    _ = reduce(&state, .lesson(.stepped(by: 5)))
    try expectScreen(state, "lesson-network-\(size.width)x\(size.height)")
    _ = reduce(&state, .lesson(.wentToEnd(isLast: true)))
    try expectScreen(state, "lesson-standard-\(size.width)x\(size.height)")
  }

  /// The topics that ask the network for more than its run.
  @Test(arguments: ScreenTests.sizes)
  func topics(size: Size) throws {
    for (topic, step) in [
      (Topic.field, 9), (.padding, 99), (.norm, 5), (.activation, 5), (.backpropagation, 5),
      (.quantization, 9),
    ] {
      var state = try state(layer: 3, size: size)
      _ = reduce(&state, .cellPointed(x: 5, y: 2))
      try Fixture.perform(reduce(&state, .lesson(.topicSelected(topic))), on: &state)
      _ = reduce(&state, .lesson(.stepped(by: step)))
      try expectScreen(state, "lesson-\(topic.rawValue)-\(size.width)x\(size.height)")
    }
  }

  @Test func thePictureOfAPairFillsTheScreenStepByStep() throws {
    var state = try state(layer: 2, size: Size(width: 120, height: 40))
    try Fixture.perform(reduce(&state, .lesson(.topicSelected(.picture))), on: &state)
    let steps = state.lessonSteps.count
    #expect(steps == 7)
    for step in 0..<steps {
      try expectScreen(state, "lesson-picture-\(step + 1)-120x40")
      _ = reduce(&state, .lesson(.stepped(by: 1)))
    }
  }

  @Test func aPresentationShowsTheLessonAlone() throws {
    var state = try state(layer: 2, size: Size(width: 120, height: 40))
    let before = render(state).cells.lines
    let effects = reduce(&state, .lesson(.presentingSwitched))
    try expectScreen(state, "lesson-presented-120x40")
    let lines = render(state).cells.lines
    #expect(!lines[0].contains("mobilenet-explorer") && !lines.joined().contains("? help"))
    // A second passes, and the clock says so; a second of an older presentation changes nothing.
    guard case .later(1000, let tick) = try #require(effects.last) else {
      Issue.record("no clock: \(effects)")
      return
    }
    #expect(render(state).cells.text.contains("─ 0:00 "))
    _ = reduce(&state, .timePassed(tick))
    #expect(render(state).cells.text.contains("─ 0:01 "))
    _ = reduce(&state, .lesson(.blankSwitched))
    #expect(render(state).cells.lines.allSatisfy { $0.allSatisfy { $0 == " " } })
    _ = reduce(&state, .lesson(.stepped(by: 0)))
    #expect(render(state).cells.text.contains("─ 0:01 "))
    _ = reduce(&state, .lesson(.presentingSwitched))
    #expect(render(state).cells.lines == before)
    _ = reduce(&state, .lesson(.presentingSwitched))
    _ = reduce(&state, .timePassed(tick))
    #expect(render(state).cells.text.contains("─ 0:00 "))
  }

  @Test(
    arguments: [
      .stepped(by: 1), .playSwitched, .wentToEnd(isLast: true), .chapterMoved(by: 1),
      .askingSwitched,
    ] as [LessonScreen.Action])
  func whoeverAsksForSomethingSeesIt(action: LessonScreen.Action) throws {
    var state = try state(layer: 2, size: Size(width: 120, height: 40))
    _ = reduce(&state, .lesson(.presentingSwitched))
    _ = reduce(&state, .lesson(.blankSwitched))
    _ = reduce(&state, .lesson(action))
    #expect(render(state).cells.text.contains("─ 0:00 "))
  }

  @Test func theConventionIsSwitchedLiveAndTheAnswerIsThere() throws {
    for (topic, convention) in [(Topic.padding, Convention.padding), (.activation, .activation)] {
      var state = try state(layer: 3, size: Size(width: 120, height: 40))
      let effects = reduce(&state, .lesson(.topicSelected(topic)))
      let run = try #require(state.run)
      #expect(effects.contains(.ask(ConventionQuestion(state.model, run, convention))))
      // Before the other run is there, the step says so.
      _ = reduce(&state, .lesson(.wentToEnd(isLast: true)))
      if topic == .padding {
        #expect(render(state).cells.text.contains("runs with the other padding"))
      }
      try Fixture.perform(effects, on: &state)
      _ = reduce(&state, .lesson(.stepped(by: -99)))
      let before = render(state).cells
      _ = reduce(&state, try #require(state.intent(for: .character("t"))))
      #expect(state.lesson.showsOther && state.lesson.step == state.lessonSteps.count - 1)
      let other = try #require(state.otherRun).trace
      let best = try #require(other.predictions().first)
      let percent = "\(Double((best.probability * 1000).rounded()) / 10) %"
      #expect(render(state).cells.text.contains(percent), "\(render(state).cells.text)")
      _ = reduce(&state, try #require(state.intent(for: .character("t"))))
      #expect(!state.lesson.showsOther && render(state).cells != before)
      // It says nothing about another photo.
      show(Numbered(state.photo.value, number: 77), at: "b.png", on: &state)
      #expect(state.otherRun == nil)
    }
  }

  @Test func keysThatComeBeforeTheLessonAreKept() throws {
    var state = try state(layer: 3)
    let effects = reduce(&state, .lesson(.topicSelected(.activation)))
    #expect(state.lessonSteps.isEmpty)
    for _ in 0..<3 { _ = reduce(&state, .lesson(.stepped(by: 1))) }
    try Fixture.perform(effects, on: &state)
    #expect(state.lessonStep == state.lessonSteps[3])
    _ = reduce(&state, .lesson(.topicSelected(.norm)))
    _ = reduce(&state, .lesson(.otherLayer(by: 1)))
    let layer = reduce(&state, .lesson(.otherLayer(by: 1)))
    #expect(state.lessonSteps.isEmpty)
    _ = reduce(&state, .lesson(.wentToEnd(isLast: true)))
    try Fixture.perform(layer, on: &state)
    #expect(state.lessonStep == state.lessonSteps.last)
    _ = reduce(&state, .lesson(.stepped(by: -1)))
    #expect(state.lessonStep == state.lessonSteps.dropLast().last)
  }

  @Test func itBeginsAwayFromTheBorderUnlessACellWasChosen() throws {
    for isChosen in [false, true] {
      var state = try Fixture.state(width: 80, height: 24)
      // Through layers of several sizes and back, which must not count as choosing.
      for layer in [0, 20, 3] { _ = reduce(&state, .layerSelected(layer)) }
      if isChosen { _ = reduce(&state, .cellPointed(x: 0, y: 0)) }
      _ = reduce(&state, .opened(.lesson))
      let plane = try #require(state.output).plane(state.channel)
      let (y, x) = (state.cursor.y, state.cursor.x)
      let isInside = 1..<plane.height - 1 ~= y && 1..<plane.width - 1 ~= x
      #expect(isChosen ? (y, x) == (0, 0) : isInside && plane[y, x] > 0)
    }
  }

  /// A padding lesson takes the cell where padding matters most, until the person picks one.
  @Test func theCellIsOneOnWhichThePointShows() throws {
    var state = try Fixture.state(width: 120, height: 40)
    _ = reduce(&state, .layerSelected(3))
    _ = reduce(&state, .opened(.lesson))
    try Fixture.perform(reduce(&state, .lesson(.topicSelected(.padding))), on: &state)
    func difference() throws -> Double {
      let windows = try #require(state.currentLesson as? PaddingLesson).windows
      return abs(windows.own.result - windows.other.result)
    }
    let shown = try difference()
    #expect(shown > 0)
    let chosen = (state.cursor.y, state.cursor.x)
    for (x, y) in [(0, 0), (1, 2), (3, 1), (5, 5)] {
      _ = reduce(&state, .cellPointed(x: x, y: y))
      #expect(try difference() <= shown)
    }
    // The person's own cell stays with the next topic and the next layer.
    _ = reduce(&state, .cellPointed(x: 1, y: 1))
    _ = reduce(&state, .lesson(.topicSelected(.cell)))
    _ = reduce(&state, .lesson(.topicSelected(.padding)))
    #expect((state.cursor.y, state.cursor.x) == (1, 1) && chosen != (1, 1))
  }

  @Test func aPersonsPlaylistTakesThePlaceOfTheTopics() throws {
    let files = [
      "first": "topic cell\ntitle First\nlayer conv2_2_dw\nchannel 2\n? How?\n= {recorded}\n",
      "second": "topic field\ntitle Second\n? How wide?\n= {nothing-of-the-kind}\n",
    ]
    let scripts = try files.mapValues { try ScriptParser.script($0, file: "own.lesson") }
    let entries = [
      Playlist.Entry(
        try #require(scripts["first"]),
        cell: Playlist.Cell("2,5").map { Asked($0, "own.playlist:1") }),
      Playlist.Entry(try #require(scripts["second"])),
      Playlist.Entry(try #require(scripts["first"]), layer: Asked("nowhere", "own.playlist:3")),
    ]
    var state = try Fixture.state(width: 120, height: 40)
    state.playlist = Numbered(Playlist(entries), number: 5)
    _ = reduce(&state, .opened(.lesson))
    #expect(state.layer.name == "conv2_2_dw" && state.channel == 2)
    #expect((state.cursor.y, state.cursor.x) == (2, 5))
    #expect(render(state).cells.text.contains("First"))
    #expect(render(state).cells.lines.contains { $0.hasPrefix(" 1 First  2 Second  3 First") })
    #expect(state.lessonSteps.map(\.text).first == "How?")
    // What is wrong with a file is said where its lesson would stand.
    _ = reduce(&state, try #require(state.intent(for: .tab)))
    #expect(render(state).cells.text.contains("own.lesson:4: nothing is called"))
    _ = reduce(&state, try #require(state.intent(for: .character("3"))))
    #expect(state.message?.text == "own.playlist:3: this network has no layer nowhere.")
    #expect(render(state).cells.text.contains("First"))
    _ = reduce(&state, try #require(state.intent(for: .tab)))
    #expect(state.lesson.chapter == 0)
  }

  @Test func thePageHasWhatCanBeToldAtOnce() throws {
    let state = try state(layer: 3)
    let page = HandOut(title: "T", photo: [], parts: state.lessonParts).html
    // Those that would have to be computed are left out.
    #expect(page.components(separatedBy: "<h2>").count == 1 + 3)
    for step in state.lessonSteps.suffix(3) {
      #expect(page.contains(step.text.replacing("<", with: "&lt;")))
    }
  }

  /// A told lesson keeps the run of its photo, which nobody asks for once another photo is open.
  @Test func anotherPhotoFreesTheRunThatWasTold() throws {
    let fixture = try Fixture.shared()
    var state = try state(layer: 3)
    func open(_ number: Int, _ run: Run) {
      let photo = Numbered(fixture.photo.value, number: number)
      _ = show(photo, at: "\(number).png", on: &state)
      let answer = RunQuestion.Answer(milliseconds: [], run: Numbered(run, number: number))
      hear(answer, to: RunQuestion(state.model, photo), on: &state)
    }
    var run: Run? = Run(fixture.run.trace)
    weak let watched = run
    open(8, try #require(run))
    run = nil
    _ = reduce(&state, .lesson(.stepped(by: 1)))
    #expect(watched != nil && state.toldTopics == [.cell])
    _ = reduce(&state, .closed(.lesson))
    open(9, Run(fixture.run.trace))
    #expect(watched == nil && state.toldTopics.isEmpty)
  }

  @Test func theArrowsPickACellUntilItIsFound() throws {
    var state = try state(layer: 3)
    _ = reduce(&state, .cellPointed(x: 4, y: 4))
    _ = reduce(&state, .lesson(.stepped(by: 3)))
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    for key in [Key.right, .right, .down, .left] {
      _ = reduce(&state, try #require(state.intent(for: key)))
    }
    #expect(state.cursor.x == 5 && state.cursor.y == 5)
    #expect(state.lesson.step == 3 && state.selection.layer == 3)
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    _ = reduce(&state, try #require(state.intent(for: .right)))
    #expect(state.cursor.x == 5 && state.lesson.step == 4)
  }

  @Test func aTopicTakesALayerThatItIsAboutAndComesBack() throws {
    var state = try state(layer: 6)
    _ = reduce(&state, .lesson(.topicSelected(.padding)))
    #expect(state.layer.name == "conv2_2_dw")
    _ = reduce(&state, .lesson(.topicSelected(.cell)))
    #expect(state.layer.name == "conv3_1_sep")
    _ = reduce(&state, .lesson(.topicSelected(.padding)))
    for name in ["conv3_2_dw", "conv4_2_dw", "conv5_6_dw", "conv5_6_dw"] {
      _ = reduce(&state, try #require(state.intent(for: .down)))
      #expect(state.layer.name == name)
    }
    _ = reduce(&state, .lesson(.topicSelected(.replacement)))
    #expect(state.layer.name == "conv5_6_dw")
    // Without a value of its own there is no cell to pick.
    #expect(state.intent(for: .enter) == nil)
  }

  @Test func everyStepAsksFirstIfThatIsWanted() throws {
    var state = try state(layer: 3)
    _ = reduce(&state, .lesson(.stepped(by: 4)))
    let step = try #require(state.lessonStep)
    _ = reduce(&state, try #require(state.intent(for: .character("Q"))))
    #expect(state.lessonStep == step && state.lesson.step == 7)
    _ = reduce(&state, .lesson(.stepped(by: 1)))
    #expect(state.lessonStep?.part == .question)
    _ = reduce(&state, .lesson(.stepped(by: 1)))
    #expect(state.lessonStep?.part == .terms(3..<4))
    _ = reduce(&state, try #require(state.intent(for: .character("Q"))))
    #expect(state.lessonStep?.part == .terms(3..<4))
  }

  @Test func theWholeLessonIsSavedAsText() throws {
    var state = try state(layer: 3)
    _ = reduce(&state, .opened(.save))
    #expect(reduce(&state, .save(.chosen(.lesson))) == [.save(.lesson)])
    let walkthrough = try #require(state.currentLesson as? Walkthrough)
    #expect(state.lessonText == walkthrough.text)
    #expect(state.lessonText.hasPrefix(walkthrough.title))
  }

  @Test func playingWalksThroughTheStepsAndStopsAtTheLast() throws {
    var state = try state(layer: 3)
    var effects = reduce(&state, .lesson(.playSwitched))
    let count = state.lessonSteps.count
    for step in 1..<count {
      guard case .later(_, let action) = effects.first else {
        Issue.record("no tick after step \(step)")
        return
      }
      effects = reduce(&state, .timePassed(action))
      #expect(state.lesson.step == step)
    }
    #expect(effects.isEmpty && state.lesson.play == nil)
    // Played again, it begins again, and the tick of the play before says nothing.
    _ = reduce(&state, .lesson(.playSwitched))
    #expect(state.lesson.step == 0 && state.lesson.play == 2)
    #expect(
      reduce(&state, .timePassed(.init(LessonScreen.self, .ticked(play: 1)))).isEmpty
        && state.lesson.step == 0)
    #expect(reduce(&state, .lesson(.stepped(by: 1))).isEmpty && state.lesson.play == nil)
  }

  @Test func everyTopicHasAKey() throws {
    var state = try state(layer: 4)
    let topics = state.lesson.chapters(state.core)
    #expect(topics.count == 11)
    for (key, topic) in [("2", topics[1]), ("1", topics[0]), ("1", topics[10]), ("1", topics[0])] {
      _ = reduce(&state, try #require(state.intent(for: .character(Character(key)))))
      #expect(state.lesson.topic == topic)
    }
  }

  /// What the list of terms shows and what it leaves out are all of them.
  @Test(arguments: [Size(width: 80, height: 24), Size(width: 160, height: 50)])
  func aListOfTermsSaysWhatFollows(size: Size) throws {
    var state = try state(layer: 28, size: size)
    _ = reduce(&state, .lesson(.wentToEnd(isLast: false)))
    let walkthrough = try #require(state.currentLesson as? Walkthrough)
    var sides: Set<Substring> = []
    for _ in walkthrough.steps {
      let lines = render(state).cells.lines
      let rest = lines.flatMap { $0.matches(of: /(\d+) (above|below)/) }.map(\.output)
      sides.formUnion(rest.map(\.2))
      let shown = lines.count { $0.contains(#/^ .channel \d+ /#) }
      #expect(
        shown > 5 && shown + rest.reduce(0) { $0 + (Int($1.1) ?? 0) } == walkthrough.terms.count)
      _ = reduce(&state, .lesson(.stepped(by: 1)))
    }
    // The steps go through the list: its end is shown as well as its beginning.
    #expect(sides == ["above", "below"])
  }

  /// The photo is no end to the bars of receptive fields: those of the last layers are larger.
  @Test func barsOfFieldsAreAsLongAsTheFieldsAreLarge() throws {
    var state = try state(layer: 26)
    _ = reduce(&state, .lesson(.topicSelected(.field)))
    _ = reduce(&state, .lesson(.wentToEnd(isLast: true)))
    let chart = try #require(state.lesson.currentStep(state.core)?.charts.first)
    let sizes = chart.rows.compactMap(\.value)
    #expect(sizes.max() == chart.reach && Set(sizes).count > 5)
    #expect(Double(state.model.resolution.width) < chart.reach)
  }

  @Test func keysStepChooseACellALayerAndATopic() throws {
    var state = try state(layer: 3)
    _ = reduce(&state, .cellPointed(x: 4, y: 4))
    // While a cell is picked the arrows move it.
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    for (key, y, x) in [(Key.left, 4, 3), (.down, 5, 3), (.up, 4, 3), (.right, 4, 4)] {
      _ = reduce(&state, try #require(state.intent(for: key)))
      #expect(state.cursor.y == y && state.cursor.x == x)
      let walkthrough = try #require(state.currentLesson as? Walkthrough)
      #expect(walkthrough.row == y && walkthrough.column == x)
    }
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    _ = reduce(&state, try #require(state.intent(for: .right)))
    #expect(state.lesson.step == 1)
    _ = reduce(&state, try #require(state.intent(for: .down)))
    #expect(state.selection.layer == 4 && state.lesson.step == 0)
    _ = reduce(&state, try #require(state.intent(for: .tab)))
    #expect(state.lesson.topic == .field)
    let effects = reduce(&state, try #require(state.intent(for: .character("6"))))
    #expect(state.lesson.topic == .replacement)
    let run = try #require(state.run)
    #expect(effects == [.ask(ReplacementQuestion(state.model, run, layer: 3))])
  }

  @Test func everyPairIsMeasuredOnce() throws {
    var state = try state(layer: 0)
    measure(reduce(&state, .lesson(.topicSelected(.network))), on: &state)
    #expect(state.measuredPairs.count == 13)
    #expect(reduce(&state, .lesson(.topicSelected(.network))).isEmpty)
    // Nor on the next photo: the times do not depend on it.
    try Fixture.perform(
      show(Numbered(state.photo.value, number: 9), at: "b.png", on: &state), on: &state)
    #expect(state.measuredPairs["conv2_1_dw"]?.separable == 0.25)
    // conv1, pooling, product and softmax take what they took; pairs what was measured.
    let own = try #require(state.run).trace.milliseconds
    let rest = own[0] + own[27] + own[28] + own[29]
    let pairs = (0..<13).reduce(0.0) { $0 + 0.5 + Double(1 + 2 * $1) }
    let lesson = try #require(state.currentLesson as? NetworkLesson)
    let whole = lesson.bill.times(lesson.measured)
    #expect(abs(whole.standard - rest - pairs) < 1e-9)
    #expect(abs(whole.separable - rest - 13 * 0.25) < 1e-9)
  }

  @Test func aClickOnTheOutputChoosesTheCell() throws {
    var state = try state(layer: 3, size: Size(width: 120, height: 40))
    let frame = render(state)
    let regions = frame.regions.filter { $0.area.y > 10 && $0.area.height > 3 }
    let area = try #require(regions.first?.area)
    let press = Mouse(.press, x: area.x, y: area.y)
    _ = reduce(&state, try #require(frame.intent(for: press)))
    #expect(state.cursor.x == 0 && state.cursor.y == 0)
  }
}
