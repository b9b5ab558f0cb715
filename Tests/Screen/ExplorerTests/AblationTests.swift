import Cells
import MobileNet
import Testing

@testable import Explorer

@Suite struct AblationTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(10))
    return state
  }

  private func press(_ key: Key, _ state: inout ExplorerState) throws {
    try Fixture.perform(reduce(&state, try #require(state.action(for: key))), on: &state)
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

  @Test func whereNothingIsOffAllOfTheAdviceCanBeRead() throws {
    var state = try state()
    _ = reduce(&state, .opened(.ablation))
    let words = render(state).cells.lines.joined(separator: " ").split(separator: " ")
    #expect(words.joined(separator: " ").contains("or the area marked in the zoom (v)."))
  }

  @Test func channelsThatFollowEachOtherAreOneRange() throws {
    var state = try state()
    _ = reduce(
      &state, .ablation(.switchedOff(SwitchOff(layer: 2, part: .channels([0, 1, 2, 5, 7, 8])))))
    #expect(render(state).cells.text.contains("1  conv2_1_sep, channels 0–2, 5, 7–8"))
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
    #expect(state.run?.value.predictions() != original.value.predictions())
    #expect(state.ablation.original == original)
    try press(.character("u"), &state)
    #expect(state.run == original && state.ablation == AblationState())
    #expect(state.action(for: .character("u")) == nil)
  }

  @Test func switchesAddUpAndAreTurnedBackOneByOne() throws {
    var state = try state()
    let original = try #require(state.run)
    let first = SwitchOff(layer: 10, part: .channels([5]))
    let second = SwitchOff(layer: 12, part: .area(rows: 0..<2, columns: 1..<3))
    #expect(
      reduce(&state, .ablation(.switchedOff(first))) == [.rerun(state.model, original, [first])])
    let effects = reduce(&state, .ablation(.switchedOff(second)))
    #expect(effects == [.rerun(state.model, original, [first, second])])
    // The answer to the first question alone comes too late.
    let late = Numbered(original.value, number: 50)
    _ = reduce(&state, .ablation(.reran(original: original.number, [first], late)))
    #expect(state.run == original)
    #expect(reduce(&state, .ablation(.switchedOff(second))) == [])
    #expect(
      reduce(&state, .ablation(.undone)) == [.rerun(state.model, original, [first])])
  }

  @Test func anAreaReachesFromItsCornerToTheCursor() throws {
    var state = try state()
    _ = reduce(&state, .opened(.zoom))
    _ = reduce(&state, .zoom(.pointed(x: 4, y: 6)))
    for key in [Key.character("v"), .left, .left, .up] {
      _ = reduce(&state, try #require(state.action(for: key)))
    }
    #expect(state.switchOff.part == .area(rows: 5..<7, columns: 2..<5))
    _ = reduce(&state, .layerMoved(by: 1))
    #expect(state.switchOff.part == .channels([state.channel]))
  }

  @Test func anotherPhotoIsSeenWithTheSamePartsOffAndOtherWeightsWithNone() throws {
    var state = try state()
    try press(.character("x"), &state)
    let switches = state.ablation.switches
    let photo = Numbered(state.photo.value, number: 9)
    #expect(
      reduce(&state, .photoOpened(path: "b.png", photo, model: state.model.number)).first
        == .infer(state.model, photo))
    let run = Numbered(try Fixture.shared().run.value, number: 10)
    #expect(reduce(&state, .inferred(run)) == [.rerun(state.model, run, switches)])
    let model = Numbered(state.model.value, number: 11)
    _ = reduce(&state, .weightsOpened(model, photo, path: state.album.path))
    #expect(reduce(&state, .inferred(run)) == [])
  }

  @Test func howMuchIsOffIsSaidWhereverTheNetworkIsNamed() throws {
    var state = try state()
    #expect(state.ablation.summary == nil)
    func off(_ layer: Int, _ part: SwitchOff.Part) throws {
      let action = AblationAction.switchedOff(SwitchOff(layer: layer, part: part))
      try Fixture.perform(reduce(&state, .ablation(action)), on: &state)
    }
    try off(10, .channels([5]))
    #expect(render(state).cells.lines[0].contains(" ─ 1 channel off ─ "))
    // A channel that is off twice is one channel.
    try off(10, .channels([5, 6]))
    try off(12, .channels([5]))
    #expect(state.ablation.summary == "3 channels off")
    try off(12, .area(rows: 0..<2, columns: 1..<3))
    #expect(render(state).cells.lines[0].contains(" ─ 3 channels and 1 area off ─ "))
    // What the network is compared with has nothing switched off.
    try Fixture.perform(reduce(&state, .compare(.begun)), on: &state)
    #expect(
      render(state).cells.text.contains(
        "3 channels and 1 area off in the explored network, nothing in these."))
    try Fixture.perform(reduce(&state, .beside(.begun(.photo(path: "b.png")))), on: &state)
    let words = render(state).cells.text.split(whereSeparator: \.isWhitespace)
    #expect(words.joined(separator: " ").contains("off on the left; the right side is whole."))
  }

  @Test func whatComesLastCannotBeSwitchedOff() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(28))
    #expect(reduce(&state, try #require(state.action(for: .character("x")))) == [])
    #expect(state.message?.isError == true && state.ablation.switches.isEmpty)
  }
}
