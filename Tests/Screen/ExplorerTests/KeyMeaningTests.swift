import Cells
import MobileNet
import Research
import Testing

@testable import Explorer

/// A key means the same on every screen that has it.
@Suite struct KeyMeaningTests {
  /// Keys that go on, and what they go through: one thing on every screen.
  private static let steps: Set<Key> = [
    .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .tab, .backTab, .enter, .backspace,
    .escape, .character("<"), .character(">"), .character("-"), .character("+"),
  ]

  /// Letters whose words differ while they do the same.
  private static let words: [Character: Set<String>] = [
    // The layer before or after; in a menu, the line.
    "k": ["layer", "weights", "choose", "choice", ""],
    "j": ["layer", "weights", "choose", "choice", ""],
    // The grid and the kernels by what they are sorted by, the plot by what it is spread by.
    "O": ["order"],
    // Searching: for a name, in the help for a key.
    "/": ["find", "search"],
    // Out of where one is.
    "q": ["back", "quit"],
    // Time: a stream's or a lesson's.
    " ": ["pause", "go on", "play"],
    // Copying, and yes to the question whether to quit.
    "y": ["quit", ""],
    // Keeping what is seen; when leaving, all of it.
    "s": ["save"],
    // A screen's own key leads back from it.
    "i": ["input", "back"],
  ]

  @Test func aLetterHasOneWord() {
    var found: [Character: Set<String>] = [:]
    let bindings =
      ScreenID.allCases.flatMap { $0.type.bindings } + Bindings.everywhere + Bindings.live
    for binding in bindings {
      for case .character(let letter) in binding.keys where !Self.steps.contains(.character(letter))
      {
        if letter.isNumber { continue }
        found[letter, default: []].insert(binding.label ?? "")
      }
    }
    for (letter, words) in found.sorted(by: { $0.key < $1.key }) {
      let allowed = Self.words[letter]
      #expect(allowed.map(words.isSubset) ?? (words.count == 1), "\(letter): \(words.sorted())")
    }
  }

  @Test func qAsksBeforeWhatIsMarkedOrOffIsLost() throws {
    var state = try Fixture.state(width: 80, height: 24)
    #expect(state.intent(for: .character("q")) == .quit)
    _ = reduce(&state, .layerSelected(6))
    _ = reduce(&state, .channelSelected(3))
    _ = reduce(&state, .grid(.marked))
    _ = reduce(&state, .cellPointed(x: 2, y: 2))
    _ = reduce(&state, .areaSwitched)
    try Fixture.perform(
      reduce(&state, .patched(Patch(layer: 6, part: .channels([1, 2])))), on: &state)
    #expect(state.losses == ["2 channels off", "1 channel marked", "an area marked"])
    #expect(state.intent(for: .character("q")) == .wentBack)
    _ = reduce(&state, .wentBack)
    _ = reduce(&state, try #require(state.intent(for: .character("q"))))
    let text = render(state).cells.text
    for line in ["This would be lost.", "2 channels off.", "An area marked.", "Enter quits"] {
      #expect(text.contains(line), "\(line)")
    }
    for key in [Key.character("q"), .character("y"), .enter] {
      #expect(state.intent(for: key) == .quit)
    }
    #expect(state.intent(for: .character("n")) == .closed(.leave))
    #expect(
      reduce(&state, try #require(state.intent(for: .character("s")))) == [.save(.session)])
    #expect(state.screen == .home)
    // Whoever wants out at once has Ctrl-C.
    #expect(state.intent(for: .control("c")) == .quit)
  }

  @Test func otherWeightsSayWhatGoesWithThem() throws {
    var state = try Fixture.state(width: 80, height: 24)
    _ = reduce(&state, .grid(.marked))
    let (model, photo) = (Numbered(state.model.value, number: 9), state.photo)
    _ = reduce(&state, .weightsAsked("other", resolution: nil))
    let effects = hear(model, to: ModelQuestion("other", resolution: nil), on: &state)
    let wanted = try #require(effects.questions(PhotoQuestion.self).first)
    hear(photo, to: wanted, on: &state)
    #expect(state.model == model && state.losses.isEmpty)
    let name = model.checkpoint.name
    #expect(state.message?.text == "1 channel marked: that was in \(name), and is gone.")
  }

  @Test func everyShortcutOfAScreenIsAmongThoseOfTheRegistry() {
    let having = Registry.screens.filter { !$0.shortcuts.isEmpty }.map { $0.id }
    #expect(having.count > 10)
    let shortcuts = Registry.shortcuts + Registry.lastShortcuts
    #expect(Set(shortcuts.map { $0.id }) == Set(having))
    #expect(shortcuts.count == having.count)
  }
}
