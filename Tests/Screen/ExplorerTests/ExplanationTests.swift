import Cells
import Explanation
import MobileNet
import Research
import Testing

@testable import Explorer

@Suite struct ExplanationScreenTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    let intent = try #require(state.intent(for: .character("G")))
    try Fixture.perform(reduce(&state, intent), on: &state)
    #expect(state.screen == .explanation)
    return state
  }

  private func press(_ key: Key, on state: inout ExplorerState) throws {
    let intent = try #require(state.intent(for: key))
    try Fixture.perform(reduce(&state, intent), on: &state)
  }

  @Test(arguments: ScreenTests.sizes)
  func methodsStandSideBySide(size: Size) throws {
    var state = try state(size)
    try expectScreen(state, "explanation-\(size.width)x\(size.height)")
    try press(.down, on: &state)
    try press(.down, on: &state)
    try expectScreen(state, "explanation-integrated-\(size.width)x\(size.height)")
  }

  /// The numbers of the table are those that the module computes.
  @Test func theTableShowsTheAreas() throws {
    let state = try state()
    let fixture = try Fixture.shared()
    let explainer = Explainer(try Fixture.network(), fixture.run.trace)
    let index = try #require(state.selectedClass)
    let lines = render(state).cells.text.split(separator: "\n")
    for method in ExplanationMethod.allCases {
      let found = try #require(try explainer.explain(.logit(index), by: method))
      let curves = explainer.curves(of: found)
      let line = try #require(lines.first { $0.contains("  " + method.rawValue + "  ") })
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      #expect(numbers.contains { abs($0 - curves.deletionArea) < 0.0006 }, "\(line)")
      #expect(numbers.contains { abs($0 - curves.insertionArea) < 0.0006 }, "\(line)")
    }
  }

  @Test func whatIsExplainedFollowsTheSelection() throws {
    var state = try state()
    let best = try #require(state.selectedClass)
    func target() -> Target? { state[ExplanationScreen.self].target(state.core) }
    #expect(target() == .logit(best))
    try press(.character("d"), on: &state)
    let rival = try #require(state.rival)
    #expect(target() == .difference(best, from: rival))
    try press(.tab, on: &state)
    #expect(target() == .channelMean(layer: 0, channel: state.channel))
    try press(.pageDown, on: &state)
    #expect(target() == .channelMean(layer: 1, channel: state.channel))
    try press(.tab, on: &state)
    let cursor = state.core.cursor
    #expect(
      target() == .value(layer: 1, row: cursor.y, column: cursor.x, channel: state.channel))
  }

  @Test func theSelectedLayerIsLookedAtWhereItComesBefore() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(4))
    try press(.character("L"), on: &state)
    let screen = state[ExplanationScreen.self]
    #expect(screen.question(.gradient, state.core)?.level == .layer(4))
    // Probabilities come behind the logits.
    _ = reduce(&state, .layerSelected(29))
    #expect(state[ExplanationScreen.self].question(.gradient, state.core)?.level == .usual)
  }

  @Test func thePictureFormsWhileItIsDrawn() throws {
    var state = try state()
    let effects = reduce(&state, try #require(state.intent(for: .character("V"))))
    let asked = try #require(effects.questions(VisualizationQuestion.self).first)
    // Nobody looks at the methods meanwhile.
    #expect(effects.questions(ExplanationQuestion.self).isEmpty)
    struct Enough: Error {}
    var first: VisualizationQuestion.Answer?
    _ = try? asked.answer(Fixture.shared().researcher) { answer in
      first = answer
      throw Enough()
    }
    let partial = try #require(first)
    #expect(partial.step == 4 && partial.pixels.width == VisualizationQuestion.side)
    _ = reduce(&state, .answered(AnyQuestion(asked), .partial(partial)))
    #expect(render(state).cells.text.contains("step 4 of \(VisualizationQuestion.steps)"))
    let again = reduce(&state, try #require(state.intent(for: .character("Z"))))
    #expect(again.questions(VisualizationQuestion.self).first?.seed == 2)
    #expect(again.cancelled.contains(AnyQuestion(asked)))
  }

  @Test func withoutAClassifierAChannelCanBeExplained() throws {
    var state = try Fixture.state(width: 80, height: 24)
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: nil))
    state.core.model = Numbered(Model(checkpoint: checkpoint, resolution: 96), number: 60)
    _ = reduce(&state, .opened(.explanation))
    #expect(render(state).cells.text.contains("No classifier in this checkpoint: Tab explains"))
  }
}
