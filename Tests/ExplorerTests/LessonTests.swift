import Cells
import Lessons
import MobileNet
import Testing

@testable import Explorer

@Suite struct LessonTests {
  static let sizes = ScreenTests.sizes + [Size(width: 160, height: 50)]

  private func state(layer: Int, size: Size = Size(width: 80, height: 24)) throws
    -> ExplorerState
  {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(layer))
    _ = reduce(&state, .channelSelected(1))
    _ = reduce(&state, .lesson(.begun))
    return state
  }

  /// Answers what is asked for with times that never change.
  private func measure(_ effects: [Effect], on state: inout ExplorerState) {
    var waiting = effects
    while !waiting.isEmpty {
      guard case .measureReplacement(let model, _, let layer) = waiting.removeFirst() else {
        continue
      }
      let times = ReplacementTimes(separable: 0.25, standard: 0.5 + Double(layer))
      waiting += reduce(
        &state,
        .lesson(
          .measured(model: model.number, depthwise: model.layers[layer].name, times)))
    }
  }

  @Test(arguments: sizes)
  func cells(size: Size) throws {
    for (name, layer, step) in [
      ("conv1", 0, 13), ("dw", 3, 6), ("sep", 4, 12), ("pool6", 27, 8), ("fc7", 28, 99),
      ("prob", 29, 5),
    ] {
      var state = try state(layer: layer, size: size)
      _ = reduce(&state, .zoom(.pointed(x: 5, y: 2)))
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

  @Test func playingWalksThroughTheStepsAndStopsAtTheLast() throws {
    var state = try state(layer: 3)
    var effects = reduce(&state, .lesson(.playSwitched))
    let count = state.lessonSteps.count
    for step in 1..<count {
      guard case .later(_, let action) = effects.first else {
        Issue.record("no tick after step \(step)")
        return
      }
      effects = reduce(&state, action)
      #expect(state.lesson.step == step)
    }
    #expect(effects.isEmpty && state.lesson.play == nil)
    // Played again, it begins again, and the tick of the play before says nothing.
    _ = reduce(&state, .lesson(.playSwitched))
    #expect(state.lesson.step == 0 && state.lesson.play == 2)
    #expect(reduce(&state, .lesson(.ticked(play: 1))).isEmpty && state.lesson.step == 0)
    #expect(reduce(&state, .lesson(.stepped(by: 1))).isEmpty && state.lesson.play == nil)
  }

  @Test func keysStepChooseACellALayerAndATopic() throws {
    var state = try state(layer: 3)
    _ = reduce(&state, .zoom(.pointed(x: 4, y: 4)))
    for (key, y, x) in [("h", 4, 3), ("j", 5, 3), ("k", 4, 3), ("l", 4, 4)] {
      _ = reduce(&state, try #require(state.action(for: .character(Character(key)))))
      #expect(state.zoom.y == y && state.zoom.x == x)
      #expect(state.walkthrough?.row == y && state.walkthrough?.column == x)
    }
    _ = reduce(&state, try #require(state.action(for: .right)))
    #expect(state.lesson.step == 1)
    _ = reduce(&state, try #require(state.action(for: .down)))
    #expect(state.place.layer == 4 && state.lesson.step == 0)
    let effects = reduce(&state, try #require(state.action(for: .tab)))
    #expect(state.lesson.topic == .replacement)
    #expect(effects == [.measureReplacement(state.model, try #require(state.run), layer: 3)])
  }

  @Test func everyPairIsMeasuredOnceAndAnswersForOtherWeightsComeTooLate() throws {
    var state = try state(layer: 0)
    measure(reduce(&state, .lesson(.topicSelected(.network))), on: &state)
    #expect(state.measured.count == 13)
    #expect(reduce(&state, .lesson(.topicSelected(.network))).isEmpty)
    let times = ReplacementTimes(separable: 9, standard: 9)
    _ = reduce(&state, .lesson(.measured(model: 99, depthwise: "conv2_1_dw", times)))
    #expect(state.measured["conv2_1_dw"]?.separable == 0.25)
    // conv1, pooling, product and softmax take what they took; pairs what was measured.
    let own = try #require(state.run).milliseconds
    let rest = own[0] + own[27] + own[28] + own[29]
    let pairs = (0..<13).reduce(0.0) { $0 + 0.5 + Double(1 + 2 * $1) }
    let standard = try #require(state.bill?.standardMilliseconds(state.measured))
    #expect(abs(standard - rest - pairs) < 1e-9)
  }

  @Test func aClickOnTheOutputChoosesTheCell() throws {
    var state = try state(layer: 3, size: Size(width: 120, height: 40))
    let frame = render(state)
    let regions = frame.regions.filter { $0.area.y > 10 && $0.area.height > 3 }
    let area = try #require(regions.first?.area)
    let press = Mouse(.press, x: area.x, y: area.y)
    _ = reduce(&state, try #require(frame.action(for: press)))
    #expect(state.zoom.x == 0 && state.zoom.y == 0)
  }
}
