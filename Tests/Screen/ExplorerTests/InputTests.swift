import Cells
import Foundation
import MobileNet
import Research
import Testing

@testable import Explorer

/// A person's statements about the input, in place of the file's.
@Suite struct InputTests {
  private func state() throws -> ExplorerState {
    var state = try Fixture.state(width: 120, height: 40)
    state.core.album = Album(["photos/a.png"])
    _ = reduce(&state, .opened(.input))
    return state
  }

  /// The statements with which the network is asked for after these keys.
  private func said(_ keys: Key..., on state: inout ExplorerState) throws -> Said {
    for key in keys { _ = reduce(&state, try #require(state.intent(for: key))) }
    return try #require(state.core.weights).said
  }

  @Test func keysSayWhatTheCommandLineWould() throws {
    var state = try state()
    #expect(try said(.right, on: &state) == ["crop": "1.0"])
    // The network is not read yet, and keys go on.
    #expect(try said(.right, on: &state) == ["crop": "0.875"])
    #expect(try said(.right, on: &state) == [:])
    #expect(try said(.left, on: &state) == ["crop": "0.875"])
    #expect(
      try said(.down, .down, .down, .right, on: &state)
        == ["crop": "0.875", "input-range": "-1.0..1.0"])
    let numbers = try said(.left, .left, on: &state)
    #expect(Set(numbers.keys) == ["crop", "mean", "scale"])
    #expect(try said(.down, .left, on: &state)["padding"] == "same")
    #expect(try said(.character("0"), on: &state) == [:])
  }

  /// The formulas give the values that stand beside them.
  @Test func theFormulasComeOut() throws {
    let state = try state()
    let formula = /pixel · ([0-9.]+) ([−+]) ([0-9.]+) +centre pixel: (\d+) → (-?[0-9.]+)/
    let found = render(state).cells.lines.compactMap { $0.firstMatch(of: formula)?.output }
    #expect(found.count == 3)
    for (_, scale, sign, offset, pixel, value) in found {
      let (factor, shift) = (try #require(Double(scale)), try #require(Double(offset)))
      let product = try #require(Double(pixel)) * factor
      let sum = sign == "+" ? product + shift : product - shift
      let shown = try #require(Double(value))
      #expect(abs(sum - shown) < 1e-4, "\(pixel) · \(scale)")
    }
  }

  @Test func whatWasSaidIsShownAndKept() throws {
    var state = try state()
    let question = ModelQuestion(
      state.model.source, said: try said(.right, on: &state), resolution: state.model.resolution)
    let pixels = state.model.checkpoint.preprocessing
    let other = Model(
      checkpoint: state.model.checkpoint, source: state.model.source, said: question.said,
      resolution: state.model.resolution)
    let effects = hear(Numbered(other, number: 7), to: question, on: &state)
    let photo = try #require(effects.questions(PhotoQuestion.self).first)
    hear(state.photo, to: photo, on: &state)
    #expect(state.screen == .input)
    let lines = render(state).cells.lines
    let shown = try #require(lines.first { $0.contains("your change") })
    #expect(shown.contains("crop"))
    #expect(shown.contains("\(Int(pixels.cropFraction * 100)) %"))
    let saved = try JSONDecoder().decode(
      SavedSession.self, from: JSONEncoder().encode(SavedSession(state)))
    #expect(saved.said == ["crop": "1.0"])
    // What can be compared with it is itself, as it was said.
    #expect(
      CandidatesQuestion(besides: state.model.value).said == ["crop": "1.0"])
  }

  @Test func sessionsOfBeforeSayNothing() throws {
    let text = String(
      decoding: try JSONEncoder().encode(SavedSession(try state())), as: UTF8.self)
    #expect(!text.contains("\"said\""))
    let saved = try JSONDecoder().decode(SavedSession.self, from: Data(text.utf8))
    #expect(saved.said.isEmpty)
  }
}
