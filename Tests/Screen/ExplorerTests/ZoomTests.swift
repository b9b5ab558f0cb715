import Cells
import MobileNet
import Research
import Testing

@testable import Explorer

@Suite struct ZoomTests {
  @Test func theSumsBeforeReLUAreAskedForOncePerLayer() throws {
    var state = try Fixture.state(width: 80, height: 24)
    let run = try #require(state.run)
    func sums(_ layer: Int) -> SumsQuestion { SumsQuestion(state.model, run, layer: layer) }
    _ = reduce(&state, .layerSelected(2))
    _ = reduce(&state, .opened(.zoom))
    let effects = reduce(&state, .zoom(.sumsSwitched))
    #expect(effects == [.ask(sums(2))])
    try Fixture.perform(effects, on: &state)
    #expect(reduce(&state, .cellMoved(x: 1, y: 0)) == [])
    #expect(reduce(&state, .layerMoved(by: 1)) == [.ask(sums(3))])
    // What is not there yet is not shown under another layer's name.
    #expect(state.sums == nil)
    #expect(reduce(&state, .layerSelected(27)) == [.cancel(AnyQuestion(sums(3)))])
    #expect(reduce(&state, .zoom(.sumsSwitched)) == [])
    #expect(reduce(&state, .layerSelected(2)) == [])
  }

  @Test(arguments: ScreenTests.sizes)
  func beforeReLU(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(4))
    _ = reduce(&state, .channelSelected(1))
    _ = reduce(&state, .cellPointed(x: 0, y: 0))
    _ = reduce(&state, .opened(.zoom))
    try Fixture.perform(reduce(&state, .zoom(.sumsSwitched)), on: &state)
    try expectScreen(state, "preactivation-\(size.width)x\(size.height)")
    // What is shown becomes the output once the negative part is cut off.
    let sums = try #require(state.sums?.sums.value)
    let output = try #require(state.output)
    #expect(sums.values.contains { $0 < 0 })
    #expect(zip(sums.values, output.values).allSatisfy { abs(max($0, 0) - $1) < 1e-5 })
  }

  @Test func aHistogramCountsEveryValueThatIsNotZero() {
    let scale = HeatScale(ViewSettings(), shown: [0, 8], layer: 0...8)
    let histogram = HistogramView([0, 0, 1, 1.5, 2, 7.9, 8], scale: scale)
    #expect(histogram.counts(4) == [2, 1, 0, 2])
    let nothing = HeatScale(ViewSettings(), shown: [0], layer: 0...0)
    #expect(HistogramView([0, 0], scale: nothing).counts(4) == [0, 0, 0, 0])
  }

  @Test func aHistogramWithoutBarsSaysWhy() {
    func text(_ values: [Float]) -> String {
      let scale = HeatScale(ViewSettings(), shown: [0], layer: 0...0)
      let size = Size(width: 40, height: 4)
      var cells = CellBuffer(size: size)
      HistogramView(values, scale: scale).draw(in: Rect(size), of: &cells)
      return cells.text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }
    #expect(text([0, 0]) == "every value is 0")
    #expect(text([.nan, .infinity]) == "every value is too large")
    #expect(text([.nan, 0]) == "every value is too large, or 0")
  }

  @Test func aClickOnTheLayersPictureZoomsToTheCell() throws {
    var state = try Fixture.state(width: 119, height: 40)
    // 24 cells a side below the layer's facts.
    _ = reduce(&state, .layerSelected(3))
    let frame = render(state)
    let places = (0..<40).compactMap { y -> (x: Int, y: Int)? in
      guard case .screen(let action)? = frame.intent(for: Mouse(.press, x: 100, y: y)),
        case .entered(let x, let y)? = action.action as? ZoomScreen.Action
      else { return nil }
      return (x, y)
    }
    let rows = places.map(\.y)
    #expect(Set(rows) == Set(0..<24) && rows == rows.sorted())
    #expect(Set(places.map(\.x)).count == 1)
    let place = try #require(places.first { $0.y == 7 })
    _ = reduce(&state, .zoom(.entered(x: place.x, y: place.y)))
    #expect(state.screen == .zoom && (state.cursor.y, state.cursor.x) == (7, place.x))
    #expect(place.x > 0)
  }

  @Test func whereCellsAreChannelsTheCursorIsTheChannel() throws {
    var state = try Fixture.state(width: 80, height: 24)
    _ = reduce(&state, .layerSelected(27))
    _ = reduce(&state, .cellPointed(x: 2, y: 3))
    #expect(state.channel == 3 * 16 + 2)
    _ = reduce(&state, .cellMoved(x: 1, y: -1))
    #expect(state.channel == 2 * 16 + 3)
    _ = reduce(&state, .cellMoved(x: 0, y: 100))
    #expect(state.channel == 255)
  }

  @Test func theCursorIsOnTheLargestValueUntilItIsMoved() throws {
    var state = try Fixture.state(width: 80, height: 24)
    _ = reduce(&state, .opened(.zoom))
    for layer in [0, 4, 10] {
      _ = reduce(&state, .layerSelected(layer))
      for channel in [0, 3] {
        _ = reduce(&state, .channelSelected(channel))
        let plane = try #require(state.output).plane(channel)
        #expect(plane[state.cursor.y, state.cursor.x] == plane.values.max())
        #expect(render(state).cells.text.contains("rank 1 of"))
      }
    }
    let (y, x) = (state.cursor.y, state.cursor.x)
    _ = reduce(&state, .cellMoved(x: x > 0 ? -1 : 1, y: 0))
    _ = reduce(&state, .channelSelected(5))
    #expect((state.cursor.y, state.cursor.x) == (y, x > 0 ? x - 1 : x + 1))
  }

  @Test func anAreaThatIsMarkedTwiceStaysWhereItIs() throws {
    var state = try Fixture.state(width: 120, height: 40)
    _ = reduce(&state, .layerSelected(2))
    _ = reduce(&state, .opened(.zoom))
    _ = reduce(&state, .cellPointed(x: 2, y: 3))
    func press(_ keys: Key...) throws {
      for key in keys { _ = reduce(&state, try #require(state.intent(for: key))) }
    }
    try press(.character("v"), .right, .down, .character("v"), .right, .right)
    #expect(state.cursor.area?.rows == 3..<5 && state.cursor.area?.columns == 2..<4)
    #expect(state.cursor.x == 5)
    try press(.character("x"))
    #expect(state.patches.map(\.part) == [.area(rows: 3..<5, columns: 2..<4)])
    try press(.escape, .character("v"))
    #expect(state.cursor.area == nil)
  }

  @Test func aKeyWithoutMeaningSaysSo() throws {
    let state = try Fixture.state(width: 80, height: 24)
    #expect(state.intent(for: .function(1)) == .opened(.help))
    #expect(state.intent(for: .function(5)) == nil)
    #expect(
      state.answer(toUnknown: .function(5))
        == .said(Message("F5 does nothing here; ? lists the keys.")))
    #expect(state.answer(toUnknown: .escape) == nil)
  }

  @Test func aKeyThatLedToTheScreenSaysHowToLeaveIt() throws {
    var state = try Fixture.state(width: 80, height: 24)
    for (key, sign) in [(Key.character("X"), "X"), (.character("^"), "^")] {
      _ = reduce(&state, try #require(state.intent(for: key)))
      #expect(state.intent(for: key) == nil)
      #expect(
        state.answer(toUnknown: key)
          == .said(Message("\(sign) leads to this screen; Esc goes back.")))
    }
  }
}
