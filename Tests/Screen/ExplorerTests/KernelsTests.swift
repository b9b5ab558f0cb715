import Cells
import Testing

@testable import Explorer

@Suite struct KernelsTests {
  private func state(layer: Int, channel: Int, size: Size = Size(width: 80, height: 24)) throws
    -> ExplorerState
  {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(layer))
    _ = reduce(&state, .channelSelected(channel))
    _ = reduce(&state, .opened(.kernels))
    return state
  }

  @Test(arguments: ScreenTests.sizes)
  func kernels(size: Size) throws {
    for (name, layer) in [("conv1", 0), ("dw", 3), ("sep", 4), ("fc7", 28)] {
      var state = try state(layer: layer, channel: 2, size: size)
      _ = reduce(&state, .kernels(.moved(by: 1)))
      try expectScreen(state, "kernels-\(name)-\(size.width)x\(size.height)")
    }
  }

  @Test func whatInputChannelsAddIsTheMeanOfTheSums() throws {
    for layer in [2, 10, 26, 28] {
      let state = try state(layer: layer, channel: 5)
      let trace = try #require(state.run?.trace)
      let sums = try Fixture.network().preactivation(at: layer, of: trace).plane(5)
      let contributions = try #require(state.contributions)
      #expect(contributions.entries.count == state.layer.input.channels)
      #expect(abs(contributions.sum - sums.statistics.mean) < 1e-4)
    }
    #expect(try state(layer: 3, channel: 5).contributions == nil)
  }

  @Test func theListIsSortedByMagnitude() throws {
    var state = try state(layer: 10, channel: 3)
    var sizes = try #require(state.contributions).entries.map(\.contribution.magnitude)
    #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 >= $1 })
    _ = reduce(&state, .kernels(.orderCycled))
    sizes = try #require(state.contributions).entries.map { Double($0.weight.magnitude) }
    #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func aPersonWalksFromAClassToThePixelsAndForthAgain() throws {
    var state = try state(layer: 29, channel: 7)
    var way: [KernelsScreen.Waypoint] = []
    while state.screen == .kernels {
      way.append(KernelsScreen.Waypoint(layer: state.selection.layer, channel: state.channel))
      let expected = state.contributions?.entries.first?.channel ?? state.channel
      _ = reduce(&state, try #require(state.intent(for: .enter)))
      #expect(state.screen == .input || state.channel == expected)
    }
    #expect(way.map(\.layer) == (0...29).reversed())
    #expect(state.screen == .input)
    _ = reduce(&state, .wentBack)
    for step in way.dropLast().reversed() {
      _ = reduce(&state, try #require(state.intent(for: .backspace)))
      #expect((state.selection.layer, state.channel) == (step.layer, step.channel))
    }
    #expect(state.intent(for: .backspace) == nil)
  }

  @Test func aClickOnALineSelectsItAndAnotherGoesThere() throws {
    var state = try state(layer: 10, channel: 3)
    let press = Mouse(.press, x: 10, y: 8)
    _ = reduce(&state, try #require(render(state).intent(for: press)))
    #expect(state.kernels.cursor == 3)
    let channel = try #require(state.contributions).entries[3].channel
    _ = reduce(&state, try #require(render(state).intent(for: press)))
    #expect((state.selection.layer, state.channel) == (9, channel))
  }

  /// Who goes to another layer by another way has walked no way there.
  @Test func theWayBackIsOnlyTheOneThatWasWalked() throws {
    var state = try state(layer: 28, channel: 2)
    for _ in 0..<2 { _ = reduce(&state, try #require(state.intent(for: .enter))) }
    #expect(render(state).cells.lines[22].contains("fc7 2 ← pool6 "))
    let (layer, channel) = (state.selection.layer, state.channel)
    _ = reduce(&state, try #require(state.intent(for: .pageUp)))
    #expect(!render(state).cells.text.contains("←"))
    #expect(state.intent(for: .backspace) == nil)
    // A walk from there begins there.
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(state.kernels.trail(state.core).map(\.layer) == [layer - 1])
    _ = reduce(&state, .layerSelected(layer))
    _ = reduce(&state, .channelSelected(channel))
    #expect(state.intent(for: .backspace) == nil)
  }
}
