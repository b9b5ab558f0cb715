import Research
import Testing

@testable import Cells
@testable import Explorer
@testable import MobileNet

@Suite struct ScreenTests {
  @Test func aLongNameOfANetworkGivesWayToThePhotos() throws {
    var state = try Fixture.state(width: 80, height: 24)
    let own = state.model.checkpoint
    let name = "converted-from-somewhere-" + String(repeating: "x", count: 40)
    let weights = own.architecture.layers(resolution: 224).compactMap { layer in
      own.weights(of: layer).map { (layer.name, $0) }
    }
    let checkpoint = try Checkpoint(
      name: name, architecture: own.architecture,
      weights: Dictionary(uniqueKeysWithValues: weights), preprocessing: own.preprocessing)
    state.core.model = Numbered(Model(checkpoint: checkpoint, resolution: 96), number: 60)
    let line = try #require(render(state).cells.lines.first)
    #expect(line.contains(" gradient.png ") && line.contains("… at 96 "))
    #expect(line.contains("converted-from-somewhere"))
  }

  /// Only where somebody measured what percentages mean.
  @Test func homeSaysWhereNoClassIsLikely() throws {
    let plain = try Fixture.state(width: 120, height: 40)
    let best = try #require(plain.run?.trace.predictions(top: 1).first)
    #expect(best.probability < 0.5 && !render(plain).cells.text.contains("not sure"))
    let own = plain.model
    let checkpoint = own.checkpoint.adding(calibration: [
      .init(resolution: own.resolution, temperature: 1, errorBefore: 10, error: 1)
    ])
    var state = ExplorerState(
      size: plain.size,
      model: Numbered(Model(checkpoint: checkpoint, resolution: own.resolution), number: 61),
      photo: plain.photo)
    try Fixture.perform(reduce(&state, .started), on: &state)
    // The title alone, so that nothing moves; where there is no room for titles, the whole sentence.
    let answer = render(state).cells.text
    #expect(answer.contains("answer: not sure") && !answer.contains("not sure: none"))
    state.core.size = Size(width: 80, height: 24)
    #expect(render(state).cells.text.contains("not sure: none of 10 classes reaches 50 %"))
  }

  /// In a small terminal, which has no frames, only marks stand in the first column.
  @Test func textBeginsInOneColumnOnAllScreens() throws {
    let marks: Set<Character> = [" ", "▸", "●", "−", "▏"]
    let fixture = try FurnishedFixture.shared()
    for id in ScreenID.allCases where ![.find, .save, .leave].contains(id) {
      var state = try fixture.state(width: 80, height: 24)
      try fixture.perform(reduce(&state, .layerSelected(4)), on: &state)
      try fixture.perform(reduce(&state, .opened(id)), on: &state)
      let cells = render(state).cells
      for y in 1..<23 {
        let sign = cells[0, y].text.first ?? " "
        // A network's letter is the mark of its point in the plot.
        let isMark = marks.contains(sign) || id == .compare && cells[1, y].text == " "
        #expect(
          isMark && !cells[0, y].isPicture,
          "\(id), row \(y): \(cells.lines[y])")
      }
    }
  }

  /// Layers up to what is switched off are not run again, and keep the time that they took.
  @Test func aLayerThatIsNotRunAgainKeepsItsTime() throws {
    var state = try Fixture.state(width: 80, height: 24)
    let former = state.core.layerMilliseconds
    let questions = reduce(&state, .patched(Patch(layer: 6, part: .channels([1])))).questions
    let asked = try #require(questions.first { $0.base is RerunQuestion })
    let answer = try #require(try Fixture.shared().answer(asked) as? Numbered<Run>)
    var trace = answer.trace
    for layer in 0..<12 { trace.milliseconds[layer] = layer <= 6 ? 0 : 7.25 }
    let run = Numbered(Run(trace), number: answer.number)
    _ = reduce(&state, .answered(asked, .whole(run)))
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .layerSelected(6))
    #expect(state.screen == .home)
    #expect(state.core.layerMilliseconds[0...6] == former[0...6])
    let lines = render(state).cells.lines
    for (position, layer) in state.layers.prefix(12).enumerated() {
      let line = try #require(lines.first { $0.contains(" \(layer.index) \(layer.name) ") })
      #expect(line.contains("7.25") == (position > 6), "\(line)")
    }
  }

  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]

  @Test(arguments: sizes)
  func home(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(6))
    try expectScreen(state, "home-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes)
  func zoom(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(10))
    _ = reduce(&state, .opened(.zoom))
    _ = reduce(&state, .cellPointed(x: 3, y: 2))
    try expectScreen(state, "zoom-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes)
  func input(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .opened(.input))
    try expectScreen(state, "input-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes)
  func help(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .opened(.help))
    try expectScreen(state, "help-\(size.width)x\(size.height)")
  }

  @Test func beforeTheFirstAnswer() throws {
    let fixture = try Fixture.shared()
    var state = ExplorerState(
      size: Size(width: 80, height: 24), model: fixture.model, photo: fixture.photo)
    _ = reduce(&state, .started)
    let question = AnyQuestion(RunQuestion(fixture.model, fixture.photo))
    let partial = RunQuestion.Answer(milliseconds: [0.5])
    _ = reduce(&state, .answered(question, .partial(partial)))
    try expectScreen(state, "computing-80x24")
  }

  /// Until the network has run often enough, it is said how often it has.
  @Test func timesAreTheLeastOfManyRuns() throws {
    let fixture = try Fixture.shared()
    var state = ExplorerState(
      size: Size(width: 120, height: 40), model: fixture.model, photo: fixture.photo)
    _ = reduce(&state, .started)
    let run = RunQuestion.Answer(milliseconds: [], run: fixture.run)
    let effects = hear(run, to: RunQuestion(fixture.model, fixture.photo), on: &state)
    let question = TimesQuestion(fixture.model, fixture.run)
    #expect(effects == [.ask(question)])
    func header() -> String { render(state).cells.lines[0] }
    #expect(header().hasSuffix(" ms, 1 run"))
    var times = fixture.run.trace.milliseconds
    times[6] = 0.75
    func answer(_ runs: Int) -> TimesQuestion.Answer {
      .init(runs: runs, milliseconds: times, total: 7)
    }
    _ = reduce(&state, .answered(AnyQuestion(question), .partial(answer(5))))
    #expect(header().hasSuffix(" 7.0 ms, 5 runs"))
    hear(answer(20), to: question, on: &state)
    #expect(header().hasSuffix(" 7.0 ms"))
    #expect(
      render(state).cells.lines.contains { $0.contains("conv3_1_sep") && $0.contains("0.75") })
    // Another photo takes as long, and parts that are off take less.
    _ = show(Numbered(fixture.photo.value, number: 9), at: "b.png", on: &state)
    #expect(state.answers[question] != nil)
  }

  /// Times are kept when nobody looks, and with them the network that they are of.
  @Test func timesOfAnotherNetworkDoNotKeepItInMemory() throws {
    let fixture = try Fixture.shared()
    let times = TimesQuestion.Answer(runs: 20, milliseconds: [], total: 7)
    var answers = Answers()
    let questions = (1...3).map {
      TimesQuestion(Numbered(fixture.model.value, number: $0), fixture.run)
    }
    for question in questions.map(AnyQuestion.init) {
      _ = answers.want([question])
      _ = answers.keep(only: [question], model: question.base.modelNumber)
      let isAwaited = answers.take(.whole(times), to: question)
      #expect(isAwaited)
    }
    #expect(questions.map { answers[$0] != nil } == [false, false, true])
  }

  @Test func aTerminalThatIsTooSmallSaysSo() throws {
    try expectScreen(Fixture.state(width: 40, height: 12), "small-40x12")
  }

  @Test func aLongMessageIsReadableToItsEnd() throws {
    var state = try Fixture.state(width: 80, height: 24)
    let path = "/" + String(repeating: "folder/", count: 20) + "photo.jpg"
    let reason = "\(path): cannot be read: the file ends in the middle of the picture"
    _ = reduce(&state, .failed(reason))
    let lines = render(state).cells.lines
    // A path is broken where a line ends, without anything between its parts.
    #expect(lines.suffix(3).joined().replacing(" ", with: "") == reason.replacing(" ", with: ""))
    _ = reduce(&state, .keyPressed)
    #expect(render(state).cells.lines.last?.hasSuffix("? help") == true)
  }

  /// The keys that help shows and those that it counts below are all of them.
  @Test(arguments: [Size(width: 80, height: 24), Size(width: 160, height: 50)])
  func helpCountsTheKeysBelow(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .opened(.help))
    let all = KeyHelp.all(for: .home, isLive: false).reduce(0) { $0 + $1.keys.count }
    for pages in [0, 1] {
      _ = reduce(&state, .help(.paged(by: pages)))
      let help = state[HelpScreen.self]
      let room = HelpLayout(state.core, in: Layout.body(of: state.core)).room
      let seen = help.lines(state.core).prefix(help.scroll + room).count {
        if case .key(let symbol, _) = $0 { !symbol.isEmpty } else { false }
      }
      let text = render(state).cells.text
      let said = try #require(text.firstMatch(of: /… (\d+) more keys below/))
      #expect(Int(said.output.1) == all - seen)
    }
  }

  /// Where not all words fit, the last ones are there with the last keys.
  @Test func theWordsOfHelpTurnWithItsKeys() throws {
    var state = try Fixture.state(width: 120, height: 40)
    _ = reduce(&state, .opened(.help))
    let (first, last) = (
      HelpLegend.words[0].word, HelpLegend.words[HelpLegend.words.count - 1].word
    )
    #expect(render(state).cells.text.contains(first))
    #expect(!render(state).cells.text.contains(last))
    _ = reduce(&state, .help(.scrolled(by: .max / 2)))
    #expect(render(state).cells.text.contains(last))
  }

  @Test func aSearchForAKeyThatIsNotThereSaysSo() throws {
    var state = try Fixture.state(width: 80, height: 24)
    _ = reduce(&state, .opened(.help))
    _ = reduce(&state, .help(.searched(true)))
    for letter in "xyzzy" { _ = reduce(&state, .help(.typed(letter))) }
    #expect(render(state).cells.lines[2] == "    No key does that: xyzzy")
  }

  /// Drawings are right without Unicode as well: nothing is cut, and arrows stay arrows.
  @Test func formulasAreSpelledOutWithoutUnicode() throws {
    var state = try Fixture.state(width: 120, height: 40)
    state.view.capabilities = Capabilities(colors: .none, unicode: false)
    let text = render(state).cells.downgraded(to: state.view.capabilities).text
    #expect(text.contains("96x96x3 -> 48x48x8"))
    #expect(text.contains("48*48 * 3*3*3*8 = "))
    #expect(!text.contains("?") || text.contains("? help"))
  }

  @Test func everySizeCanBeDrawn() throws {
    for screen in ScreenID.allCases {
      for width in stride(from: 0, through: 200, by: 13) {
        for height in stride(from: 0, through: 70, by: 7) {
          var state = try Fixture.state(width: width, height: height)
          _ = reduce(&state, .opened(screen))
          for layer in [0, 12, 27, 29] {
            _ = reduce(&state, .layerSelected(layer))
            #expect(render(state).cells.size == state.size)
          }
        }
      }
    }
  }
}
