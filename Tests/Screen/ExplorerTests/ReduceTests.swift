import Cells
import Reports
import Research
import Testing

@testable import Explorer

/// Intents, and the state after them.
@Suite struct ReduceTests {
  private func state() throws -> ExplorerState { try Fixture.state(width: 80, height: 24) }

  @Test func layersAreWalkedWithinTheirEnds() throws {
    var state = try state()
    #expect(reduce(&state, .layerMoved(by: -1)).isEmpty)
    #expect(state.selection.layer == 0)
    _ = reduce(&state, .layerMoved(by: 3))
    #expect(state.selection.layer == 3)
    _ = reduce(&state, .layerSelected(.max))
    #expect(state.selection.layer == 29)
    _ = reduce(&state, .layerMoved(by: 5))
    #expect(state.selection.layer == 29)
  }

  @Test func eachLayerKeepsItsChannel() throws {
    var state = try state()
    let output = try #require(state.output)
    let deviations = (0..<output.shape.channels).map { channel in
      let values = output.plane(channel).values.map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    #expect(deviations[state.channel] == deviations.max())
    _ = reduce(&state, .channelSelected(5))
    _ = reduce(&state, .channelMoved(by: -2))
    #expect(state.channel == 3)
    _ = reduce(&state, .channelMoved(by: 1000))
    #expect(state.channel == 7)
    _ = reduce(&state, .layerMoved(by: 1))
    _ = reduce(&state, .layerMoved(by: -1))
    #expect(state.channel == 7)
  }

  @Test func theCursorStaysAtItsPlaceFromLayerToLayer() throws {
    var state = try state()
    _ = reduce(&state, .opened(.zoom))
    _ = reduce(&state, .cellPointed(x: 40, y: 47))
    _ = reduce(&state, .layerSelected(3))
    #expect(state.layer.output.height == 24)
    #expect((state.cursor.x, state.cursor.y) == (20, 23))
    _ = reduce(&state, .cellMoved(x: 100, y: -100))
    #expect((state.cursor.x, state.cursor.y) == (23, 0))
  }

  @Test func screensAreLeftInTheOrderTheyWereEntered() throws {
    var state = try state()
    _ = reduce(&state, .opened(.zoom))
    _ = reduce(&state, .opened(.help))
    #expect(state.screen == .help)
    _ = reduce(&state, .wentBack)
    #expect(state.screen == .zoom)
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, .wentBack)
    #expect(state.screen == .home)
  }

  @Test func keysMeanWhatTheirScreenSays() throws {
    var state = try state()
    #expect(state.intent(for: .down) == .layerMoved(by: 1))
    #expect(state.intent(for: .escape) == nil)
    #expect(state.intent(for: .character("q")) == .quit)
    _ = reduce(&state, .opened(.zoom))
    #expect(state.intent(for: .down) == .cellMoved(x: 0, y: 1))
    #expect(state.intent(for: .escape) == .wentBack)
    _ = reduce(&state, .opened(.help))
    #expect(state.intent(for: .character("q")) == .wentBack)
    _ = reduce(&state, .help(.searched(true)))
    #expect(state.intent(for: .character("q")) == .help(.typed("q")))
  }

  @Test func whatWasComputedForAScreenOrARunGoesWithIt() throws {
    var state = try state()
    func act(_ intents: Intent...) throws {
      for intent in intents { try Fixture.perform(reduce(&state, intent), on: &state) }
    }
    let sums = SumsQuestion(state.model, try #require(state.run), layer: 20)
    try act(
      .layerSelected(20), .opened(.zoom), .zoom(.sumsSwitched),
      .beside(.began(.photo(path: "b.png"))))
    // What is covered keeps what it has.
    #expect(state.answers[sums] != nil && state.counterpart != nil)
    try act(.wentBack)
    #expect(state.answers[sums] != nil && state.counterpart == nil)
    try act(.wentBack)
    #expect(state.answers[sums] == nil)
    try act(.opened(.zoom))
    #expect(state.answers[sums] != nil)
    show(Numbered(state.photo.value, number: 9), at: "b.png", on: &state)
    #expect(state.answers[sums] == nil)
  }

  @Test func effectsAreAskedFor() throws {
    var state = try state()
    #expect(reduce(&state, .quit) == [.quit])
    #expect(reduce(&state, .suspended) == [.suspend])
  }

  @Test func noScreenBindsAKeyTwice() throws {
    for screen in ScreenID.allCases {
      for pane in HomeScreen.Pane.allCases {
        var state = try state()
        state.screens = [screen]
        state.home.pane = pane
        let keys = screen.type.bindings.flatMap { binding in
          binding.keys.filter { binding.action($0, state) != nil }
        }
        #expect(Set(keys).count == keys.count, "\(screen)")
      }
    }
  }

  @Test func tabGivesTheArrowsToThePanesInTurn() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(10))
    _ = reduce(&state, .cellPointed(x: 0, y: 0))
    func press(_ key: Key) throws { _ = reduce(&state, try #require(state.intent(for: key))) }
    try press(.tab)
    try press(.down)
    try press(.right)
    #expect(state.selection.layer == 10 && (state.cursor.y, state.cursor.x) == (1, 1))
    let value = try #require(state.output)[1, 1, state.channel]
    let line = render(state).cells.lines.first { $0.contains("row 1, column 1: ") }
    #expect(line?.contains(NumberText.value(value)) == true)
    try press(.tab)
    try press(.down)
    let second = try #require(state.run).trace.predictions()[1].classIndex
    try press(.enter)
    #expect(state.screen == .evidence && state.selectedClass == second)
    try press(.escape)
    #expect(state.screen == .home && state.home.pane == .answers)
    try press(.escape)
    #expect(state.home.pane == .layers && state.intent(for: .escape) == nil)
    try press(.backTab)
    #expect(state.home.pane == .answers)
    try press(.tab)
    try press(.down)
    #expect(state.home.pane == .layers && state.selection.layer == 11)
  }

  @Test func aClickSelectsTheLayerUnderIt() throws {
    let state = try state()
    let frame = render(state)
    #expect(frame.intent(for: Mouse(.press, x: 5, y: 4)) == .layerSelected(2))
    #expect(frame.intent(for: Mouse(.wheelDown, x: 5, y: 4)) == .layerMoved(by: 1))
    let footer = try #require(frame.cells.lines.last)
    let quit = try #require(footer.range(of: "q quit"))
    let column = footer.distance(from: footer.startIndex, to: quit.lowerBound)
    #expect(frame.intent(for: Mouse(.press, x: column, y: 23)) == .quit)
  }
}
