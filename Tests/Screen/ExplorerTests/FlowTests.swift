import Cells
import MobileNet
import Reports
import Research
import Testing

@testable import Explorer

@Suite struct FlowScreenTests {
  private func state(_ size: Size = Size(width: 120, height: 40)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(4))
    for key in [Key.character("G"), .character("U")] { try press(key, on: &state) }
    #expect(state.screen == .flow)
    return state
  }

  private func press(_ key: Key, on state: inout ExplorerState) throws {
    let intent = try #require(state.intent(for: key))
    try Fixture.perform(reduce(&state, intent), on: &state)
  }

  @Test(arguments: ScreenTests.sizes)
  func aChannelIsFollowed(size: Size) throws {
    var state = try state(size)
    try expectScreen(state, "flow-\(size.width)x\(size.height)")
    for key in [Key.tab, .tab] { try press(key, on: &state) }
    try expectScreen(state, "flow-photo-\(size.width)x\(size.height)")
  }

  @Test func theChannelsThatCarryMostAreNamedWithWhatTheyCarry() throws {
    let state = try state()
    let question = try #require(state[FlowScreen.self].question(state.core))
    #expect(question.part == .channels([state.channel]) && question.layer == 4)
    let flow = try #require(state.core.answers[question] ?? nil)
    let text = render(state).cells.text
    for name in ["conv3_1_sep", "conv6_sep", "fc7"] {
      let position = try #require(state.layers.firstIndex { $0.name == name })
      let channels = try #require(flow.channels(at: position))
      let best = try #require(
        channels.indices.max { channels[$0].magnitude < channels[$1].magnitude })
      // Classes stand there by name.
      let sign = name == "fc7" ? state.model.checkpoint.label(best) : " \(best) "
      #expect(text.contains(sign), "\(name) \(best)")
    }
  }

  /// A channel of which the next layer makes nothing says where its way ends.
  @Test func aWayThatEndsSaysWhere() throws {
    var found = 0
    for size in [Size(width: 80, height: 24), Size(width: 160, height: 50)] {
      var state = try state(size)
      for layer in 4..<20 where state.layers[layer].output.places > 1 {
        for channel in 0..<state.layers[layer].output.channels {
          let next = try #require(state.run?.trace.output(at: layer + 1))
          let isDead =
            state.layers[layer + 1].kind == .depthwise
            && next.plane(channel).values.allSatisfy { $0 == 0 }
          guard isDead else { continue }
          _ = reduce(&state, .layerSelected(layer))
          try Fixture.perform(reduce(&state, .channelSelected(channel)), on: &state)
          let text = render(state).cells.text.replacing(/\s+/, with: " ")
          let name = state.layers[layer + 1].name
          #expect(text.contains("Nothing of it gets that far: \(name) makes of it only what"))
          found += 1
          break
        }
      }
    }
    #expect(found > 0)
  }

  @Test func aChannelThatIsSwitchedOffIsSaidToBe() throws {
    for (layer, reason) in [(4, "that far: it is"), (5, "that far: in conv2_2_dw it is")] {
      var state = try state()
      let channel = state.channel
      // The layer behind keeps the channel.
      let offName = state.layers[layer].name
      try Fixture.perform(
        reduce(&state, .patched(Patch(layer: layer, part: .channels([channel])))), on: &state)
      _ = reduce(&state, .channelSelected(channel))
      try Fixture.perform(reduce(&state, .opened(.flow)), on: &state)
      let text = render(state).cells.text.replacing(/\s+/, with: " ")
      #expect(text.contains(reason.replacing("conv2_2_dw", with: offName) + " switched off."))
      #expect(!text.contains("cuts off"))
    }
  }

  /// All but the class that is followed count against it.
  @Test func aClassThatIsLoweredIsNotSaidToBeRaised() throws {
    let state = try state(Size(width: 160, height: 50))
    let question = try #require(state[FlowScreen.self].question(state.core))
    let flow = try #require(state.core.answers[question] ?? nil)
    let classifier = try #require(state.layers.classifier)
    let sums = try #require(flow.channels(at: classifier))
    let text = render(state).cells.text
    let own = try #require(state.core.selectedClass)
    for (index, sum) in sums.enumerated() where sum != 0 {
      let isRaised = (index == own) == (sum > 0)
      let label = state.model.checkpoint.label(index)
      #expect(text.contains("\(isRaised ? "more" : "less") \(label)"), "\(label): \(sum)")
    }
  }

  @Test func aSmallTerminalShowsManyLayersAndTheNamesOfClasses() throws {
    let state = try state(Size(width: 80, height: 24))
    let text = render(state).cells.text
    let names = state.layers.filter { $0.kind == .pointwise && $0.index > 5 }.map(\.name)
    #expect(names.count { text.contains($0) } >= 9)
    let question = try #require(state[FlowScreen.self].question(state.core))
    let flow = try #require(state.core.answers[question] ?? nil)
    let classifier = try #require(state.layers.classifier)
    let sums = try #require(flow.channels(at: classifier))
    let best = try #require(sums.indices.max { sums[$0].magnitude < sums[$1].magnitude })
    let label = state.model.checkpoint.label(best)
    let way = (best == state.core.selectedClass) == (sums[best] > 0) ? "↑" : "↓"
    #expect(text.contains("\(NumberText.value(Float(sums[best]))) \(way)\(label.prefix(3))"))
  }

  @Test func theSourceIsTheChannelTheCellOrThePlaceOfThePhoto() throws {
    var state = try state()
    _ = reduce(&state, .cellPointed(x: 3, y: 2))
    func question() -> FlowQuestion? { state[FlowScreen.self].question(state.core) }
    try press(.tab, on: &state)
    #expect(question()?.part == .area(rows: 2..<3, columns: 3..<4) && question()?.layer == 4)
    try press(.tab, on: &state)
    // A cell of 24×24 stands for 4×4 pixels of 96×96.
    #expect(question()?.part == .area(rows: 8..<12, columns: 12..<16))
    #expect(question()?.layer == nil)
    try press(.tab, on: &state)
    _ = reduce(&state, .layerSelected(29))
    #expect(question() == nil)
    #expect(render(state).cells.text.contains("prob does not lie before the answer"))
  }
}
