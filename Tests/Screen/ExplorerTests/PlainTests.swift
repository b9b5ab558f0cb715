import Cells
import Live
import MobileNet
import Research
import Tensors
import Testing

@testable import Explorer

/// The screens for people who hear them.
@Suite struct PlainTests {
  private func state(_ id: ScreenID, width: Int = 80, height: Int = 24) throws -> ExplorerState {
    var state = try Fixture.state(width: width, height: height)
    state.view.isPlain = true
    _ = reduce(&state, .layerSelected(6))
    if id != .home { try Fixture.perform(reduce(&state, .opened(id)), on: &state) }
    _ = reduce(&state, .keyPressed)
    return state
  }

  private func press(_ key: Key, _ state: inout ExplorerState) throws {
    _ = reduce(&state, .keyPressed)
    try Fixture.perform(reduce(&state, try #require(state.intent(for: key))), on: &state)
  }

  /// Signs that a screen reader spells out or leaves out.
  private static func isSpoken(_ sign: Unicode.Scalar) -> Bool { sign.value < 0x7F }

  @Test(arguments: ScreenID.allCases)
  func everyScreenIsSentencesWithoutBoxesOrColours(id: ScreenID) throws {
    for layer in [0, 1, 6, 27, 28, 29] {
      var state = try state(id, width: 120, height: 60)
      try Fixture.perform(reduce(&state, .layerSelected(layer)), on: &state)
      #expect(state.speech.sentences.count >= 3, "\(id)")
      for sentence in state.speech.sentences {
        #expect(".?!".contains(sentence.last ?? " "), "\(id), \(layer): \(sentence)")
        #expect(sentence.unicodeScalars.allSatisfy(Self.isSpoken), "\(id), \(layer): \(sentence)")
        for signs in ["  ", " = ", " + "] where id != .lesson || signs == "  " {
          #expect(!sentence.contains(signs), "\(id), \(layer): \(sentence)")
        }
      }
      let cells = render(state).cells
      #expect(cells.pictures.isEmpty && cells.cursor != nil)
      for y in 0..<cells.height {
        for x in 0..<cells.width { #expect(cells[x, y].style == Style(), "\(id) at \(x), \(y)") }
      }
    }
  }

  @Test func whatChangedIsSaidOnceAndTheRestStays() throws {
    var state = try state(.home)
    let before = render(state).cells
    try press(.right, &state)
    let after = render(state).cells
    let changed = zip(before.lines, after.lines).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    let cursor = try #require(after.cursor)
    #expect(cursor.x == 0 && changed.first == cursor.y && changed.count <= 3)
    #expect(after.lines[cursor.y].hasPrefix("Channel \(state.channel) of 0 to 31"))
    // A message stands in the last line, and is gone to.
    _ = reduce(&state, .failed("photo.png: cannot be read"))
    let told = render(state).cells
    #expect(told.cursor?.y == 23 && told.lines[23] == "Error: photo.png: cannot be read")
    #expect(Array(told.lines.prefix(23)) == Array(after.lines.prefix(23)))
  }

  @Test func aStreamSaysWhatItSeesAndNotEveryFrame() throws {
    var state = try state(.home)
    state.live = LiveState()
    let fixture = try Fixture.shared()
    let input = fixture.run.trace.input
    let halved = Tensor(shape: input.shape, values: input.values.map { $0 / 2 })
    let others = Numbered(Run(try Fixture.network().run(halved)), number: 77)
    /// A frame whose class was the likeliest in the last second, another one in this frame.
    func come(_ number: Int, _ classIndex: Int) {
      let trends = [
        ClassTrend(classIndex: classIndex, newest: 0.2, seconds: [nil, 0.1, 0.9]),
        ClassTrend(classIndex: 9, newest: 0.8, seconds: [0.9, 0.1, 0.2]),
      ]
      let frame = LiveFrame(
        model: 1, frame: number, age: 0, photo: fixture.photo,
        run: number % 2 == 0 ? others : fixture.run, trends: trends)
      _ = reduce(&state, .live(.came(frame)))
    }
    func label(_ index: Int) -> String { state.model.checkpoint.label(index) }
    come(1, 3)
    let first = state.speech.sentences
    #expect(first[1] == "Now it sees \(label(3)).")
    #expect(first[2].hasPrefix("The stream runs"))
    // Other numbers in every frame are not said.
    come(2, 3)
    #expect(state.speech.sentences == first)
    // Another class is, and nothing else.
    come(4, 5)
    let second = state.speech.sentences
    #expect(second[1] == "Now it sees \(label(5)).")
    #expect(Array(second.dropFirst(2)) == Array(first.dropFirst(2)))
    #expect(render(state).cells.cursor?.y == 1)
    // Who presses a key hears of the frame that is shown.
    try press(.right, &state)
    #expect(state.speech.sentences != second)
    // Paused, all of it is said.
    _ = reduce(&state, Intent.live(.pauseSwitched))
    #expect(state.speech.sentences.contains { $0.hasPrefix("The answer: ") })
    #expect(!state.speech.sentences.contains { $0.hasPrefix("Now it sees ") })
    // Where nothing was seen yet, as after other weights were taken, all of it is said once more.
    _ = reduce(&state, Intent.live(.pauseSwitched))
    state.live?.trends = []
    try press(.right, &state)
    let unseen = state.speech.sentences
    #expect(unseen[1].hasPrefix("The stream runs"))
    come(6, 5)
    #expect(state.speech.sentences[1] == "Now it sees \(label(5)).")
    #expect(state.speech.sentences[2] == unseen[1])
  }

  @Test func aFactIsSaidWithItsSource() {
    let facts = [
      WeightsFact(name: "width", value: "1", source: "seen from the layers"),
      WeightsFact(name: "classes", value: "10", source: "assumed: usual", isAssumption: true),
    ]
    #expect(
      facts.sentences == [
        "The width is 1, seen from the layers.", "The number of classes is 10 (assumed: usual).",
      ])
  }

  /// Some screens show the whole network, whatever is switched off.
  @Test func whatIsOffIsSaidWhereItCounts() throws {
    for id in [ScreenID.home, .grid, .precision, .weights, .compare, .adversarial, .roofline] {
      var state = try state(.home)
      try Fixture.perform(
        reduce(&state, .patched(Patch(layer: 4, part: .channels([2])))), on: &state)
      _ = reduce(&state, .opened(id))
      let isWhole = ![ScreenID.home, .grid].contains(id)
      let off = "1 channel off" + (isWhole ? " on the other screens, nothing here." : ".")
      #expect(state.speech.sentences.contains(off), "\(id)")
    }
  }

  @Test func whatIsCopiedIsSaidInShortNumbers() throws {
    var state = try state(.home)
    let effects = reduce(&state, .copied)
    guard case .copy(let copied) = effects.first else { throw CancellationError() }
    let said = try #require(state.message).text
    #expect(copied.contains(/\.\d{6}/) && !said.contains(/\.\d{5}/) && said.count < 100, "\(said)")
    let short = "mean 0.6991672023883736 at 2 max -1.5e-07".withShortNumbers
    #expect(short == "mean 0.6992 at 2 max -1.5e-07")
  }

  @Test func whereAMapIsStrongIsSaidByItsNineParts() {
    func text(_ values: [Float]) -> String {
      Whereabouts(Plane(height: 3, width: 3, values: values)).sentence
    }
    #expect(text([9, 0, 0, 0, 0, 0, 0, 0, 0]) == "It is strongest at the upper left.")
    #expect(
      text([0, 0, 0, 0, 8, 9, 0, 0, -20]) == "It is strongest on the right and in the middle.")
    #expect(text([0, -1, 0, 0, 0, 0, 0, 0, 0]) == "It is nowhere above zero.")
    #expect(text([Float](repeating: .nan, count: 9)) == "It is too large everywhere.")
    #expect(text([1, 1, 1, 1, 1, 1, 1, 1, 1]) == "It is strongest everywhere alike.")
    // Two of seven rows and columns are a part, or three.
    var values = [Float](repeating: 0, count: 49)
    values[48] = 1
    #expect(
      Whereabouts(Plane(height: 7, width: 7, values: values)).text == "at the lower right")
  }
}
