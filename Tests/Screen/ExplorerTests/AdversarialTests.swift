import Cells
import Explanation
import Research
import Testing

@testable import Explorer

@Suite struct AdversarialScreenTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    try press(.character("!"), on: &state)
    #expect(state.screen == .adversarial)
    return state
  }

  private func press(_ key: Key, on state: inout ExplorerState) throws {
    let intent = try #require(state.intent(for: key))
    try Fixture.perform(reduce(&state, intent), on: &state)
  }

  @Test(arguments: ScreenTests.sizes)
  func aFewGreyLevels(size: Size) throws {
    var state = try state(size)
    try expectScreen(state, "adversarial-\(size.width)x\(size.height)")
    for key in [Key.character(">"), .right] { try press(key, on: &state) }
    try expectScreen(state, "adversarial-led-\(size.width)x\(size.height)")
  }

  @Test func theSmallestStepThatChangesTheAnswerIsShownUntilAnotherIsChosen() throws {
    var state = try state()
    func screen() -> AdversarialScreen { state[AdversarialScreen.self] }
    let answer = try #require(screen().answer(state.core))
    let examples = screen().examples(state.core)
    #expect(examples.map(\.step) == Array(AdversarialExample.usualSteps))
    let first = examples.first { $0.predictions.first?.classIndex != answer }
    #expect(screen().step(state.core) == (first ?? examples.last)?.step)
    _ = reduce(&state, .adversarial(.stepChosen(5)))
    try press(.right, on: &state)
    #expect(screen().step(state.core) == 6)
    #expect(render(state).cells.text.contains("each colour 6 grey"))
    try press(.tab, on: &state)
    #expect(screen().question(state.core)?.rounds == 10)
  }

  @Test func theChartNamesTheClassThatWins() throws {
    let state = try state(Size(width: 160, height: 50))
    let screen = state[AdversarialScreen.self]
    let answer = try #require(screen.answer(state.core))
    let winner = screen.examples(state.core).compactMap { $0.predictions.first?.classIndex }
      .first { $0 != answer }
    let title = try #require(render(state).cells.lines.first { $0.contains("by grey levels") })
    #expect(title.contains("how likely \(state.model.checkpoint.shortLabel(answer)) "))
    if let winner {
      #expect(title.contains("\(state.model.checkpoint.shortLabel(winner)) (dots) are"))
    } else {
      #expect(title.contains(" is, by grey levels"))
    }
  }

  @Test func anotherClassIsLedTo() throws {
    var state = try state()
    func verdict() -> String? { state[AdversarialScreen.self].sentences(state.core).last }
    // Nothing was wanted yet but another answer.
    #expect(["The answer is another one.", "The answer is still the same."].contains(verdict()))
    let answer = try #require(state[AdversarialScreen.self].answer(state.core))
    #expect(state[AdversarialScreen.self].aim(state.core) == .away(from: answer))
    try press(.character(">"), on: &state)
    let chosen = try #require(state.core.chosenClass)
    #expect(chosen != answer && state[AdversarialScreen.self].aim(state.core) == .toward(chosen))
    #expect(verdict()?.contains("wanted") == true)
  }
}
