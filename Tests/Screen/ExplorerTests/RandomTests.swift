import Cells
import MobileNet
import Research
import Testing

@testable import Explorer

/// Whatever a person does, the screens stay whole.
@Suite struct RandomTests {
  /// The same numbers in every run: a multiplicative congruential generator (Lehmer, modulus 2³¹−1).
  struct Dice: RandomNumberGenerator {
    var state: UInt64 = 20_260_728

    mutating func next() -> UInt64 {
      func half() -> UInt64 {
        state = state * 48271 % 0x7FFF_FFFF
        return state
      }
      return half() << 33 ^ half() << 2 ^ half() >> 29
    }
  }

  /// Every key that does something on a screen and some that do nothing.
  ///
  /// A key is there as often as screens use it. Without many a way back all would be typed into
  /// the search.
  private static let keys: [Key] =
    ScreenID.allCases.flatMap { $0.type.bindings.flatMap(\.keys) }
    + Bindings.everywhere.flatMap(\.keys)
    + Array(":layer 12,conv").map { .character($0) }
    + [Key](repeating: .escape, count: 20)
    // Two networks stand beside each other only after several keys in a row.
    + Array("cJcJcJ").map { .character($0) }
    + [.character("é"), .character("日"), .control("x"), .tab, .delete, .function(5)]

  @Test func aHundredThousandRandomKeysLeaveTheScreensWhole() throws {
    var dice = Dice()
    var state = try Fixture.state(width: 80, height: 24)
    let fixture = try Fixture.shared()
    var waiting: [AnyQuestion] = []
    var screens: Set<ScreenID> = []
    for step in 0..<100_000 {
      switch Int.random(in: 0..<100, using: &dice) {
      case 0:
        let size = Size(
          width: .random(in: 0...140, using: &dice), height: .random(in: 0...45, using: &dice))
        waiting += reduce(&state, .resized(size)).questions
      case 1:
        let kinds: [Mouse.Kind] = [.press, .release, .drag, .wheelUp, .wheelDown]
        let mouse = Mouse(
          kinds[Int.random(in: 0..<kinds.count, using: &dice)],
          x: .random(in: -1...140, using: &dice), y: .random(in: -1...45, using: &dice))
        if let intent = render(state).intent(for: mouse) {
          waiting += reduce(&state, intent).questions
        }
      default:
        _ = reduce(&state, .keyPressed)
        let key = Self.keys[Int.random(in: 0..<Self.keys.count, using: &dice)]
        if let intent = state.intent(for: key) { waiting += reduce(&state, intent).questions }
      }
      screens.insert(state.screen)
      if step % 20 == 0 {
        #expect(render(state).cells.size == state.size)
        expectWhole(state)
      }
      // Answers come late and not to every question.
      if step % 50 == 0, let question = waiting.last {
        waiting = []
        if let answer = try fixture.answer(question) {
          waiting += reduce(&state, .answered(question, .whole(answer))).questions
        }
      }
    }
    #expect(Set(ScreenID.allCases).subtracting(screens) == [])
  }

  private func expectWhole(_ state: ExplorerState) {
    #expect(state.screens.first == .home)
    #expect(Set(state.screens).count == state.screens.count)
    #expect(state.layers.indices.contains(state.selection.layer))
    #expect((0..<state.layer.output.channels).contains(state.channel))
    #expect((0..<state.planeShape.height).contains(state.cursor.y))
    #expect((0..<state.planeShape.width).contains(state.cursor.x))
    #expect(state.statistics?.channels.count == state.layer.output.channels)
    #expect(!state.patches.isEmpty || state.run == state.original)
    #expect(state.grid.thumbnailWidth.map { GridLayout.widths.contains($0) } != false)
  }
}
