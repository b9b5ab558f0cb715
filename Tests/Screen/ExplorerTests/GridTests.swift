import Cells
import Research
import Testing

@testable import Explorer

@Suite struct GridTests {
  private func state(layer: Int) throws -> ExplorerState {
    var state = try Fixture.state(width: 80, height: 24)
    _ = reduce(&state, .layerSelected(layer))
    _ = reduce(&state, .opened(.grid))
    return state
  }

  @Test(arguments: ScreenTests.sizes)
  func grid(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(12))
    _ = reduce(&state, .opened(.grid))
    _ = reduce(&state, .grid(.orderCycled))
    _ = reduce(&state, .grid(.moved(columns: 1, rows: 1)))
    _ = reduce(&state, .grid(.marked))
    try expectScreen(state, "grid-\(size.width)x\(size.height)")
  }

  /// Squares stay square, whatever the signs that pictures are made of.
  @Test(arguments: [GlyphSet.half, .quadrants, .sextants, .octants])
  func thumbnailsFillTheirPlaces(glyphs: GlyphSet) throws {
    var state = try Fixture.state(width: 160, height: 50)
    state.view.capabilities = Capabilities(colors: .trueColor, unicode: true, glyphs: glyphs)
    _ = reduce(&state, .layerSelected(0))
    let layout = GridLayout(GridScreen(), state.core)
    let thumbnails = Thumbnails(
      try #require(state.output), statistics: try #require(state.statistics),
      size: layout.thumbnail, core: state.core)
    var cells = CellBuffer(size: layout.thumbnail)
    cells.capabilities = state.view.capabilities
    thumbnails.draw(
      state.channel, in: Rect(x: 0, y: 0, width: cells.width, height: cells.height), of: &cells)
    let drawn = (0..<cells.width).filter { x in
      (0..<cells.height).contains { cells[x, $0] != Cell() }
    }
    // A column may stay free on either side, so that places are of the same size.
    let first = drawn.first ?? cells.width
    #expect(first <= 1 && drawn == Array(first..<cells.width - first))
  }

  @Test func anOrderPutsTheLargestFirst() throws {
    var state = try state(layer: 12)
    let statistics = try #require(state.statistics)
    func expectDescending(_ value: (Int) -> Double) {
      let values = state.gridChannels.map(value)
      #expect(values.count == 128)
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
      #expect(state.channel == state.gridChannels.first)
    }
    #expect(state.gridChannels == Array(0..<128))
    _ = reduce(&state, .grid(.orderCycled))
    expectDescending { statistics.channels[$0].mean }
    _ = reduce(&state, .grid(.orderCycled))
    expectDescending { Double(statistics.channels[$0].maximum) }
    _ = reduce(&state, .grid(.orderCycled))
    expectDescending { statistics.channels[$0].zeroShare }
  }

  @Test func aMarkedAreaSortsByWhatIsLargerInsideThanOutside() throws {
    var state = try state(layer: 12)
    // No area is marked: the order is not offered.
    for _ in GridOrder.allCases {
      _ = reduce(&state, .grid(.orderCycled))
      #expect(state[GridScreen.self].order != .area)
    }
    _ = reduce(&state, .cellPointed(x: 1, y: 0))
    _ = reduce(&state, .areaSwitched)
    _ = reduce(&state, .cellPointed(x: 2, y: 3))
    while state[GridScreen.self].order != .area { _ = reduce(&state, .grid(.orderCycled)) }
    let output = try #require(state.output)
    func contrast(_ channel: Int) -> Double {
      var (inside, outside): ([Double], [Double]) = ([], [])
      for y in 0..<output.shape.height {
        for x in 0..<output.shape.width {
          let value = Double(output[y, x, channel])
          if 0...3 ~= y, 1...2 ~= x { inside.append(value) } else { outside.append(value) }
        }
      }
      return inside.reduce(0, +) / Double(inside.count)
        - outside.reduce(0, +) / Double(outside.count)
    }
    let values = state.gridChannels.map(contrast)
    #expect(values.count == 128 && values[0] > values[127])
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 - 1e-6 })
    #expect(render(state).cells.text.contains("by inside minus outside"))
  }

  @Test func theOrderByInfluenceIsThereOnceAllIsMeasured() throws {
    var state = try state(layer: 27)
    state.grid.order = .zeros
    let index = try #require(state.selectedClass)
    let effects = reduce(&state, .grid(.orderCycled))
    let run = try #require(state.run)
    let question = InfluenceQuestion(state.model, run, layer: 27, classIndex: index)
    #expect(effects == [.ask(question)])
    #expect(state.gridChannels == Array(0..<256))
    let some = [Float](repeating: 1, count: 16)
    _ = reduce(&state, .answered(AnyQuestion(question), .partial(some)))
    #expect(state.influence == nil && state.gridChannels == Array(0..<256))
    #expect(render(state).cells.text.contains("measured 16 of 256"))
    try Fixture.perform(effects, on: &state)
    // Behind the pooling layer the influence is the weight times the value.
    let all = try #require(state.model.checkpoint.weights(of: state.layers[28]))
    let count = all.biases.count
    let rows = (0..<count).map { Array(all.weights(of: $0)) }
    // What all classes get alike does not count.
    let weights = rows[0].indices.map { input in
      rows[index][input] - rows.reduce(0) { $0 + $1[input] } / Float(count)
    }
    let values = try #require(state.output).values
    let expected = zip(weights, values).map { Double($0 * $1) }
    let influence = try #require(state.influence)
    #expect(zip(influence, expected).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    #expect(state.channel == influence.indices.max { influence[$0] < influence[$1] })
    // Elsewhere nothing is measured, and where nothing can be, numbers are the order.
    #expect(reduce(&state, .layerSelected(28)) == [])
    #expect(state.gridChannels == Array(0..<10))
  }

  @Test func theCursorStaysWithinTheChannels() throws {
    var state = try state(layer: 12)
    _ = reduce(&state, .channelSelected(0))
    let layout = GridLayout(state.grid, state.core)
    #expect((layout.columns, layout.rows) == (7, 3))
    let expected: [(GridScreen.Action, Int)] = [
      (.moved(columns: 1, rows: 0), 1), (.moved(columns: 0, rows: 1), 8), (.paged(1), 29),
      (.moved(columns: -100, rows: 0), 0), (.movedToLast, 127), (.paged(3), 127),
      (.movedToFirst, 0),
    ]
    for (action, channel) in expected {
      _ = reduce(&state, .grid(action))
      #expect(state.channel == channel, "\(action)")
    }
  }

  @Test func fewChannelsAreAsLargeAsAPageHasRoomFor() throws {
    var state = try state(layer: 0)
    let layout = GridLayout(state.grid, state.core)
    #expect(layout.thumbnail == Size(width: 16, height: 8))
    #expect((layout.columns, layout.rows) == (4, 2))
    _ = reduce(&state, .grid(.resized(by: -1)))
    #expect(GridLayout(state.grid, state.core).thumbnail.width == 12)
    _ = reduce(&state, .grid(.resized(by: 2)))
    #expect(GridLayout(state.grid, state.core).thumbnail.width == 20)
    // A single value is one row high, and a page has room for more of them.
    state.grid.thumbnailWidth = nil
    _ = reduce(&state, .layerSelected(27))
    #expect(GridLayout(state.grid, state.core).thumbnail == Size(width: 10, height: 1))
  }

  @Test func comingBackFromTheZoomReturnsToTheCursor() throws {
    var state = try state(layer: 12)
    _ = reduce(&state, .grid(.movedToLast))
    for key in [Key.enter, .character("<"), .escape] {
      _ = reduce(&state, try #require(state.intent(for: key)))
    }
    #expect(state.screen == .grid)
    #expect(state.channel == 126)
  }

  @Test func aClickSelectsAThumbnailAndAnotherOpensIt() throws {
    var state = try state(layer: 12)
    _ = reduce(&state, .channelSelected(0))
    let place = GridLayout(state.grid, state.core).place(9)
    let press = Mouse(.press, x: place.x + 2, y: place.y + 1)
    _ = reduce(&state, try #require(render(state).intent(for: press)))
    #expect(state.channel == 9)
    #expect(state.screen == .grid)
    _ = reduce(&state, try #require(render(state).intent(for: press)))
    #expect(state.screen == .zoom)
  }

  @Test func marksBelongToTheirLayer() throws {
    var state = try state(layer: 12)
    _ = reduce(&state, .channelSelected(5))
    _ = reduce(&state, .grid(.marked))
    #expect(state.markedChannels == [5])
    _ = reduce(&state, .layerMoved(by: 1))
    #expect(state.markedChannels == [])
    _ = reduce(&state, .layerMoved(by: -1))
    _ = reduce(&state, .grid(.marked))
    #expect(state.markedChannels == [])
  }
}
