import Cells
import MobileNet
import Research
import Testing

@testable import Explorer

/// The footer names keys that do something, in the state that it is shown in.
struct FooterTests {
  /// The layers to open screens from: one in the middle, and those at both ends, where a step one
  /// way leads nowhere.
  private static let positions = [0, 3, 28]

  @Test(arguments: ScreenID.allCases)
  func everyKeyOfTheFooterDoesSomething(id: ScreenID) throws {
    for position in Self.positions {
      var state = try Fixture.state(width: 160, height: 50)
      try settle(reduce(&state, .layerSelected(position)), on: &state)
      if id != .home { try settle(reduce(&state, .opened(id)), on: &state) }
      expectKeysWork(state, "\(id) at \(state.layer.name)")
      // And wherever one of its keys leads to on the same screen.
      for binding in id.type.bindings {
        guard let key = binding.keys.last, let intent = state.intent(for: key) else { continue }
        var next = state
        try settle(reduce(&next, intent), on: &next)
        next.message = nil
        guard next.screen == id else { continue }
        expectKeysWork(next, "\(id) at \(next.layer.name), after \(binding.symbol)")
      }
    }
  }

  /// Answers what takes no gradients; what does is still being computed.
  private func settle(_ effects: [Effect], on state: inout ExplorerState) throws {
    var waiting = effects.questions
    while !waiting.isEmpty {
      let question = waiting.removeFirst()
      switch question.base {
      case is RunQuestion, is TimesQuestion, is AtlasQuestion, is CandidatesQuestion,
        is MeasurementQuestion, is RoofQuestion, is SumsQuestion:
        guard let answer = try Fixture.shared().answer(question) else { continue }
        waiting += reduce(&state, .answered(question, .whole(answer))).questions
      default: continue
      }
    }
  }

  /// Of the keys of each binding one does something: more than saying that it does nothing.
  private func expectKeysWork(_ state: ExplorerState, _ place: String) {
    for binding in Footer.bindings(state) {
      let isAlive = binding.keys.contains { key in
        guard let intent = state.intent(for: key) else { return false }
        var other = state
        let effects = reduce(&other, intent)
        other.message = nil
        return !effects.isEmpty || other != state
      }
      #expect(isAlive, "\(place): \(binding.symbol) \(binding.label ?? "")")
    }
  }
}
