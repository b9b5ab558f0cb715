import Cells
import MobileNet
import Research
import Tensors
import Testing

@testable import Explorer

@Suite struct AblationTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(10))
    return state
  }

  private func press(_ key: Key, _ state: inout ExplorerState) throws {
    try Fixture.perform(reduce(&state, try #require(state.intent(for: key))), on: &state)
  }

  @Test(arguments: ScreenTests.sizes)
  func ablation(size: Size) throws {
    var state = try state(size)
    for channel in [3, 8, 40] {
      _ = reduce(&state, .channelSelected(channel))
      _ = reduce(&state, .grid(.marked))
    }
    _ = reduce(&state, .opened(.grid))
    try press(.character("x"), &state)
    _ = reduce(&state, .opened(.zoom))
    for key in [Key.character("v"), .right, .down, .character("x")] { try press(key, &state) }
    try expectScreen(state, "ablation-\(size.width)x\(size.height)")
  }

  /// One is drawn from means of blocks, which are smaller than its values.
  @Test func twoPicturesOfAChannelShareOneScale() {
    let shape = Shape(height: 32, width: 32, channels: 1)
    let values = (0..<1024).map { Float($0 * 37 % 101) }
    let outputs = [values, values.map { $0 / 3 }].map { Tensor(shape: shape, values: $0) }
    let bars = [0, 1].map { index in
      var cells = CellBuffer(size: Size(width: 24, height: 9))
      ChannelPicture(
        output: outputs[index], channel: 0, view: ViewSettings(), compared: outputs[1 - index],
        hasBar: true
      ).draw(in: Rect(x: 0, y: 0, width: 24, height: 9), of: &cells)
      return cells.lines.last { $0.contains(where: \.isNumber) }
    }
    #expect(bars[0] != nil && bars[0] == bars[1])
  }

  /// Layers in front of what is off don't change: they make room for the picture of the change.
  @Test func layersInFrontScrollAwayFromAPatch() throws {
    var state = try state(Size(width: 160, height: 50))
    _ = reduce(&state, .patched(Patch(layer: 10, part: .channels([1]))))
    let text = render(state).cells.text
    #expect(text.contains("… ") && text.contains(" above"))
    #expect(text.contains("now minus before") && text.contains("prob "))
  }

  @Test func whereNothingIsOffAllOfTheAdviceCanBeRead() throws {
    var state = try state()
    _ = reduce(&state, .opened(.ablation))
    let left = render(state).cells.lines.map { $0.prefix(40) }
    let words = left.joined(separator: " ").split(separator: " ")
    #expect(words.joined(separator: " ").contains("or the area marked in the zoom (v)."))
  }

  /// A channel that is off says nothing, so that another would be chosen in its place.
  @Test func theChannelThatIsSwitchedOffStaysInSight() throws {
    for layer in [2, 5, 10] {
      var state = try state()
      _ = reduce(&state, .layerSelected(layer))
      let channel = state.channel
      try press(.character("x"), &state)
      #expect(state.patches.map(\.part) == [.channels([channel])])
      #expect(state.channel == channel)
    }
  }

  /// Its colours keep the scale of the whole network, so that what is the same everywhere is no
  /// brightest colour.
  @Test func aChannelThatIsItsMeanIsNotTheBrightest() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(4))
    try press(.character("x"), &state)
    try Fixture.perform(reduce(&state, .ablation(.kindChosen(.mean))), on: &state)
    let values = try #require(state.core.map).values
    let value = try #require(values.first)
    #expect(value > 0 && values.allSatisfy { abs($0 - value) < 1e-5 })
    var frame = Frame(size: Size(width: 40, height: 20))
    let scale = try #require(
      ChannelPane(core: state.core).draw(in: frame.area, of: &frame) { _, _ in nil })
    #expect(scale.position(of: value) < 0.95)
  }

  @Test func channelsThatFollowEachOtherAreOneRange() throws {
    var state = try state()
    _ = reduce(
      &state, .patched(Patch(layer: 2, part: .channels([0, 1, 2, 5, 7, 8]))))
    #expect(state.core.patchNames == ["channels 0–2, 5, 7–8 of conv2_1_sep: off"])
  }

  @Test func whatIsShownIsTheNetworkWithoutTheChannelUntilItIsUndone() throws {
    var state = try state()
    let original = try #require(state.run)
    state.grid.order = .mean
    let channel = try #require(state.gridChannels.first)
    _ = reduce(&state, .channelSelected(channel))
    try press(.character("x"), &state)
    #expect(state.screen == .ablation)
    #expect(state.output?.plane(channel).values.allSatisfy { $0 == 0 } == true)
    #expect(state.statistics?.channels[channel].zeroShare == 1)
    #expect(state.run?.trace.predictions() != original.trace.predictions())
    #expect(state.original == original)
    try press(.character("u"), &state)
    #expect(state.run == original && state.patches.isEmpty)
    #expect(state.intent(for: .character("u")) == nil)
  }

  @Test func patchesAddUpAndAreTurnedBackOneByOne() throws {
    var state = try state()
    let original = try #require(state.run)
    let first = Patch(layer: 10, part: .channels([5]))
    let second = Patch(layer: 12, part: .area(rows: 0..<2, columns: 1..<3))
    func rerun(_ patches: Patch...) -> RerunQuestion {
      RerunQuestion(state.model, original, patching: patches)
    }
    #expect(reduce(&state, .patched(first)) == [.ask(rerun(first))])
    let early = Numbered(original.value, number: 50)
    hear(early, to: rerun(first), on: &state)
    #expect(state.run == early)
    // The answer with the first switch stays until that with both is there.
    #expect(reduce(&state, .patched(second)) == [.ask(rerun(first, second))])
    #expect(state.run == early)
    #expect(reduce(&state, .patched(second)) == [])
    let effects = reduce(&state, .undone)
    #expect(effects.questions == [AnyQuestion(rerun(first))])
    #expect(effects.cancelled == [AnyQuestion(rerun(first, second))])
    // The answer to what nobody asks any more comes too late.
    hear(Numbered(original.value, number: 51), to: rerun(first, second), on: &state)
    #expect(state.run?.number != 51)
  }

  @Test func anAreaReachesFromItsCornerToTheCursor() throws {
    var state = try state()
    _ = reduce(&state, .opened(.zoom))
    _ = reduce(&state, .cellPointed(x: 4, y: 6))
    for key in [Key.character("v"), .left, .left, .up] {
      _ = reduce(&state, try #require(state.intent(for: key)))
    }
    func part() -> Patch.Part? {
      if case .patched(let off) = state.intent(for: .character("x")) { off.part } else { nil }
    }
    #expect(part() == .area(rows: 5..<7, columns: 2..<5))
    // It lies on the same part of the photo in the next layer, and nowhere where there is one place.
    let size = state.layer.output.height
    _ = reduce(&state, .layerMoved(by: 1))
    #expect(state.layer.output.height == size / 2)
    #expect(part() == .area(rows: 2..<4, columns: 1..<3))
    _ = reduce(&state, .layerSelected(27))
    #expect(part() == .channels([state.channel]))
    #expect(state.message?.text == "pool6 has a single place: no area is marked any more.")
  }

  @Test func anotherPhotoIsSeenWithTheSamePartsOffAndOtherWeightsWithNone() throws {
    var state = try state()
    try press(.character("x"), &state)
    let patches = state.patches
    let photo = Numbered(state.photo.value, number: 9)
    let asked = show(photo, at: "b.png", on: &state)
    let question = RunQuestion(state.model, photo)
    #expect(asked.contains(.ask(question)))
    let run = Numbered(try Fixture.shared().run.value, number: 10)
    let answer = RunQuestion.Answer(milliseconds: [], run: run)
    #expect(
      hear(answer, to: question, on: &state)
        == [.ask(RerunQuestion(state.model, run, patching: patches))])
    let model = Numbered(state.model.value, number: 11)
    try take(model, photo, &state)
    #expect(state.model == model && state.patches.isEmpty)
  }

  /// The last layers of a network with one before its classifier, whose classes are each right or
  /// wrong, and of one that ends with its features: which of them can be switched off.
  @Test(arguments: [
    (2, ["pool6": true, "fc7": true, "fc8": false, "prob": false], "before fc8 can be"),
    (nil, ["conv6_sep": false, "pool6": false], "no classifier"),
  ])
  func onlyWhatComesBeforeTheClassifierIsSwitchedOff(
    classes: Int?, layers: [String: Bool], reason: String
  ) throws {
    let fixture = try Fixture.shared()
    let architecture = fixture.model.checkpoint.architecture
    let checkpoint = try Checkpoint.synthetic(
      Architecture(
        stemChannels: architecture.stemChannels, pairChannels: architecture.pairs.map(\.channels),
        hidden: classes == nil ? [] : [.init(channels: 6, activation: .relu)], classes: classes,
        head: .sigmoid, padding: .symmetric, activation: .relu))
    let model = Numbered(Model(checkpoint: checkpoint, resolution: 96), number: 500)
    let trace = try Network(checkpoint, resolution: 96).run(fixture.photo.prepared.tensor)
    let run = RunQuestion.Answer(
      milliseconds: trace.milliseconds, run: Numbered(Run(trace), number: 500))
    for (name, isAllowed) in layers {
      var state = ExplorerState(
        size: Size(width: 80, height: 24), model: model, photo: fixture.photo)
      _ = reduce(&state, .started)
      hear(run, to: RunQuestion(model, fixture.photo), on: &state)
      let layer = try #require(model.layers.firstIndex { $0.name == name })
      _ = reduce(&state, .layerSelected(layer))
      _ = reduce(&state, try #require(state.intent(for: .character("x"))))
      #expect(state.patches.isEmpty != isAllowed, "\(name)")
      #expect(render(state).cells.text.contains(reason) != isAllowed, "\(name)")
    }
  }

  /// Lets other weights arrive, and the photo for them.
  private func take(
    _ model: Numbered<Model>, _ photo: Numbered<Photo>, _ state: inout ExplorerState
  ) throws {
    _ = reduce(&state, .weightsAsked("other", resolution: nil))
    let effects = hear(model, to: ModelQuestion("other", resolution: nil), on: &state)
    let wanted = try #require(effects.questions(PhotoQuestion.self).first)
    hear(photo, to: wanted, on: &state)
  }

  @Test func howMuchIsOffIsSaidWhereverTheNetworkIsNamed() throws {
    var state = try state()
    #expect(state.patches.summary == nil)
    func off(_ layer: Int, _ part: Patch.Part) throws {
      let off = Patch(layer: layer, part: part)
      try Fixture.perform(reduce(&state, .patched(off)), on: &state)
    }
    try off(10, .channels([5]))
    #expect(render(state).cells.lines[0].contains(" ─ 1 channel off ─ "))
    // A channel that is off twice is one channel.
    try off(10, .channels([5, 6]))
    try off(12, .channels([5]))
    #expect(state.patches.summary == "3 channels off")
    try off(12, .area(rows: 0..<2, columns: 1..<3))
    #expect(render(state).cells.lines[0].contains(" ─ 3 channels and 1 area off ─ "))
    // What the network is compared with has nothing switched off.
    try Fixture.perform(reduce(&state, .opened(.compare)), on: &state)
    #expect(
      render(state).cells.text.contains(
        "3 channels and 1 area off in the explored network; these are whole."))
    try Fixture.perform(reduce(&state, .beside(.began(.photo(path: "b.png")))), on: &state)
    let words = render(state).cells.text.split(whereSeparator: \.isWhitespace)
    #expect(words.joined(separator: " ").contains("off on the left; the right side is whole."))
  }

  @Test func somethingElseIsPutInThePartsPlace() throws {
    var state = try state()
    _ = reduce(&state, .channelSelected(3))
    try press(.character("x"), &state)
    try press(.right, &state)
    #expect(state.patches == [Patch(layer: 10, part: .channels([3]), change: .mean)])
    #expect(state.core.patchNames == ["channel 3 of conv4_1_sep: its mean over the picture"])
    #expect(state.patches.summary == "1 patched")
    #expect(state.intent(for: .character("+")) == nil)
    try press(.right, &state)
    try press(.character("+"), &state)
    #expect(state.patches == [Patch(layer: 10, part: .channels([3]), change: .scaled(by: 2.5))])
    let expected = try Fixture.network().rerun(
      try #require(state.original).trace, patching: state.patches)
    #expect(state.run?.trace.output(at: 29).values == expected.output(at: 29).values)
    try press(.right, &state)
    try press(.character("-"), &state)
    let largest = try #require(state.original?.value.statistics(at: 10).range.upperBound)
    #expect(state.patches.first?.change == .clamped(0...(largest / 2 * 0.8)))
    try press(.character("*"), &state)
    #expect(state.patches.first?.part == .whole)
    // There is but one photo.
    _ = reduce(&state, try #require(state.intent(for: .right)))
    #expect(state.message?.isError == true && state.patches.first?.change != .off)
  }

  @Test func aPartIsTakenFromTheNextPhoto() throws {
    var state = try state()
    state.core.album = Album(["a.png", "b.png", "c.png"], of: nil, showing: "a.png")
    try press(.character("x"), &state)
    let asked = reduce(&state, try #require(state.intent(for: .character("I"))))
    let question = try #require(asked.questions(PhotoQuestion.self).first)
    #expect(question.path == "b.png")
    #expect(state[AblationScreen.self].awaited?.path == "b.png")
    let photo = Numbered(state.photo.value, number: 70)
    let next = hear(photo, to: question, on: &state)
    let wanted = try #require(next.questions(RunQuestion.self).first)
    #expect(wanted.photo == photo)
    let run = Numbered(Run(try Fixture.network().run(photo.prepared.tensor)), number: 71)
    hear(RunQuestion.Answer(milliseconds: [], run: run), to: wanted, on: &state)
    #expect(state.patches.map(\.change) == [.taken(from: .init(name: "b.png", trace: run.trace))])
    #expect(state.core.patchNames.first?.hasSuffix(": as in b.png") == true)
    let again = reduce(&state, try #require(state.intent(for: .character("I"))))
    #expect(again.questions(PhotoQuestion.self).first?.path == "c.png")
  }

  @Test func theArrowsTakeAnotherPatch() throws {
    var state = try state()
    for channel in [3, 8] {
      try Fixture.perform(
        reduce(&state, .patched(Patch(layer: 10, part: .channels([channel])))), on: &state)
    }
    // The last one stands above.
    for key in [Key.tab, .right] { try press(key, &state) }
    #expect(state.patches.map(\.change) == [.mean, .off])
    for key in [Key.tab, .right, .right] { try press(key, &state) }
    #expect(state.patches.map(\.change) == [.mean, .scaled(by: 2)])
    #expect(state.patches.summary == "2 patched")
  }

  @Test func whatComesLastCannotBeSwitchedOff() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(28))
    #expect(reduce(&state, try #require(state.intent(for: .character("x")))) == [])
    #expect(state.message?.isError == true && state.patches.isEmpty)
  }
}
