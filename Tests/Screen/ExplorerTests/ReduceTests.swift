import Cells
import Reports
import Testing

@testable import Explorer

/// (state, action) → (state, effects).
@Suite struct ReduceTests {
  private func state() throws -> ExplorerState { try Fixture.state(width: 80, height: 24) }

  @Test func layersAreWalkedWithinTheirEnds() throws {
    var state = try state()
    #expect(reduce(&state, .layerMoved(by: -1)).isEmpty)
    #expect(state.place.layer == 0)
    _ = reduce(&state, .layerMoved(by: 3))
    #expect(state.place.layer == 3)
    _ = reduce(&state, .layerSelected(.max))
    #expect(state.place.layer == 29)
    _ = reduce(&state, .layerMoved(by: 5))
    #expect(state.place.layer == 29)
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
    _ = reduce(&state, .zoom(.pointed(x: 40, y: 47)))
    _ = reduce(&state, .layerSelected(3))
    #expect(state.layer.output.height == 24)
    #expect((state.zoom.x, state.zoom.y) == (20, 23))
    _ = reduce(&state, .zoom(.moved(x: 100, y: -100)))
    #expect((state.zoom.x, state.zoom.y) == (23, 0))
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
    #expect(state.action(for: .down) == .layerMoved(by: 1))
    #expect(state.action(for: .escape) == nil)
    #expect(state.action(for: .character("q")) == .quit)
    _ = reduce(&state, .opened(.zoom))
    #expect(state.action(for: .down) == .zoom(.moved(x: 0, y: 1)))
    #expect(state.action(for: .escape) == .wentBack)
    _ = reduce(&state, .opened(.help))
    #expect(state.action(for: .character("q")) == .quit)
    _ = reduce(&state, .help(.searched(true)))
    #expect(state.action(for: .character("q")) == .help(.typed("q")))
  }

  @Test func whatWasComputedForAScreenOrARunGoesWithIt() throws {
    var state = try state()
    func act(_ actions: Action...) throws {
      for action in actions { try Fixture.perform(reduce(&state, action), on: &state) }
    }
    try act(
      .layerSelected(20), .opened(.zoom), .zoom(.preactivationSwitched), .lesson(.begun),
      .lesson(.topicSelected(.padding)), .beside(.begun(.photo(path: "b.png"))))
    #expect(state.zoom.preactivation != nil && state.beside.answer != nil)
    #expect(state.lesson.others.count == 1)
    try act(.wentBack)
    #expect(state.beside.answer == nil && state.lesson.others.count == 1)
    try act(.wentBack)
    #expect(state.lesson.others.isEmpty && state.zoom.preactivation != nil)
    let photo = Numbered(state.photo.value, number: 9)
    _ = reduce(&state, .photoOpened(path: "b.png", photo, model: state.model.number))
    #expect(state.zoom.preactivation == nil)
  }

  @Test func effectsAreAskedFor() throws {
    var state = try state()
    #expect(reduce(&state, .quit) == [.quit])
    #expect(reduce(&state, .suspended) == [.suspend])
  }

  @Test func noScreenBindsAKeyTwice() throws {
    for screen in Screen.ID.allCases {
      for pane in HomeState.Pane.allCases {
        var state = try state()
        state.screens = [screen]
        state.home.pane = pane
        let keys = screen.definition.bindings.flatMap { binding in
          binding.keys.filter { binding.action($0, state) != nil }
        }
        #expect(Set(keys).count == keys.count, "\(screen)")
      }
    }
  }

  @Test func tabGivesTheArrowsToThePanesInTurn() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(10))
    func press(_ key: Key) throws { _ = reduce(&state, try #require(state.action(for: key))) }
    try press(.tab)
    try press(.down)
    try press(.right)
    #expect(state.place.layer == 10 && (state.zoom.y, state.zoom.x) == (1, 1))
    let value = try #require(state.output)[1, 1, state.channel]
    let line = render(state).cells.lines.first { $0.contains("row 1, column 1: ") }
    #expect(line?.contains(NumberText.value(value)) == true)
    try press(.tab)
    try press(.down)
    let second = try #require(state.run).value.predictions()[1].classIndex
    try press(.enter)
    #expect(state.screen == .evidence && state.selectedClass == second)
    try press(.escape)
    #expect(state.screen == .home && state.home.pane == .answers)
    try press(.escape)
    #expect(state.home.pane == .layers && state.action(for: .escape) == nil)
    try press(.backTab)
    #expect(state.home.pane == .answers)
    try press(.tab)
    try press(.down)
    #expect(state.home.pane == .layers && state.place.layer == 11)
  }

  @Test func aClickSelectsTheLayerUnderIt() throws {
    let state = try state()
    let frame = render(state)
    #expect(frame.action(for: Mouse(.press, x: 5, y: 4)) == .layerSelected(2))
    #expect(frame.action(for: Mouse(.wheelDown, x: 5, y: 4)) == .layerMoved(by: 1))
    let footer = try #require(frame.cells.lines.last)
    let quit = try #require(footer.range(of: "q quit"))
    let column = footer.distance(from: footer.startIndex, to: quit.lowerBound)
    #expect(frame.action(for: Mouse(.press, x: column, y: 23)) == .quit)
  }
}
