import Cells
import Testing

@testable import Explorer

@Suite struct FindTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    try Fixture.state(width: size.width, height: size.height)
  }

  private func type(_ text: String, _ state: inout ExplorerState) throws {
    for character in text {
      _ = reduce(&state, try #require(state.intent(for: .character(character))))
    }
  }

  @Test(arguments: ScreenTests.sizes)
  func find(size: Size) throws {
    var state = try state(size)
    try type("/c5s", &state)
    _ = reduce(&state, try #require(state.intent(for: .down)))
    try expectScreen(state, "find-\(size.width)x\(size.height)")
  }

  @Test func itSaysWhereNothingIsFound() throws {
    let message = "no layer and no class has these letters"
    var state = try state()
    try type("/conv", &state)
    #expect(!render(state).cells.text.contains(message))
    try type("qqq", &state)
    #expect(render(state).cells.text.contains(message))
    _ = reduce(&state, try #require(state.intent(for: .escape)))
    try type(":layer 3", &state)
    #expect(!render(state).cells.text.contains(message))
  }

  @Test func wordsComeBeforePartsAndScatteredLettersAreNone() throws {
    #expect(FuzzyMatch.score("xyz", in: "conv1") == nil)
    #expect(FuzzyMatch.score("vc", in: "conv1") == nil)
    #expect(FuzzyMatch.score("", in: "conv1") == 0)
    func score(_ query: String, _ text: String) throws -> Int {
      try #require(FuzzyMatch.score(query, in: text))
    }
    #expect(FuzzyMatch.score("dog", in: "tailed frog") == nil)
    #expect(FuzzyMatch.score("fox", in: "fruit box") == nil)
    #expect(try score("c5s", "conv5_1_sep") < score("sep", "conv5_1_sep"))
    #expect(try score("gr", "golden retriever") < score("gr", "bighorn sheep, grey and large"))
    #expect(try score("cat", "tiger cat") > score("cat", "catamaran"))
    #expect(try score("cat", "catamaran") > score("cat", "delicate"))
    #expect(try score("CAT", "cat") > score("cat", "cat bear"))
    // The first place where a letter is found is not always the best.
    #expect(try score("ab", "a cab ab") == score("ab", "ab cab a"))
  }

  @Test func whatWasFoundIsGoneToAndGoneOnFrom() throws {
    var state = try state()
    try type("/sep", &state)
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(state.screen == .home)
    let first = state.layer.name
    #expect(first.hasSuffix("_sep"))
    try type("n", &state)
    #expect(state.layer.name.hasSuffix("_sep") && state.layer.name != first)
    try type("NN", &state)
    #expect(state.layer.name.hasSuffix("_sep") && state.layer.name != first)

    try type("/qqq", &state)
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(state.message == Message("Nothing is called qqq.", isError: true))
    for _ in 0..<4 { _ = reduce(&state, try #require(state.intent(for: .backspace))) }
    #expect(state.screen == .home)
  }

  @Test(arguments: [
    (":layer 12", 11, nil), (":layer conv4_1_dw", 9, nil),
    (":layer 99", 10, "99 is no layer of this network: 1 to 30."),
    (":layer", 10, ":layer needs a layer of this network: 1 to 30."),
    (":channel 70", 10, "70 is no channel of conv4_1_sep: 0 to 63."),
    (":layer +3", 10, "+3 is no layer of this network: 1 to 30."),
    (":layer 3 4", 10, "3 4 is no layer of this network: 1 to 30."),
    (":channel", 10, ":channel needs a channel of conv4_1_sep: 0 to 63."),
    (":channel 1 2", 10, "1 2 is no channel of conv4_1_sep: 0 to 63."),
    (":channel -1", 10, "-1 is no channel of conv4_1_sep: 0 to 63."),
    (":channel ٣", 10, "٣ is no channel of conv4_1_sep: 0 to 63."),
    (":place 3", 10, ":place takes a row and a column: 3,4."),
    (":place 3,4,5", 10, ":place takes a row and a column: 3,4."),
    (":place 3,4 x", 10, "4 x is no column of conv4_1_sep: 0 to 11."),
    (":place ,4", 10, ":place needs a row of conv4_1_sep: 0 to 11."),
    (":place 3,12", 10, "12 is no column of conv4_1_sep: 0 to 11."),
    (":", 10, "There are :layer, :channel and :place."),
    (":go", 10, ":go: there are :layer, :channel and :place."),
  ])
  func commandsGoStraightThereOrSayWhyNot(_ text: String, _ layer: Int, _ error: String?) throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(10))
    try type(text, &state)
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(state.selection.layer == layer)
    #expect(state.message?.text == error)
    #expect(state.screen == (error == nil ? .home : .find))
  }

  @Test func aColonAfterARefusedCommandBeginsTheNext() throws {
    var state = try state()
    try type(":layer 99", &state)
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    try type(":layer 7", &state)
    #expect(state.find.query == ":layer 7")
    // Other signs go on with what stands there.
    try type("7", &state)
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    _ = reduce(&state, try #require(state.intent(for: .backspace)))
    try type(":", &state)
    #expect(state.find.query == ":layer 7:")
  }

  @Test func aChannelAndACellAreShownWhereTheyCanBeSeen() throws {
    var state = try state()
    _ = reduce(&state, .layerSelected(10))
    _ = reduce(&state, .opened(.evidence))
    try type(":channel 50", &state)
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(state.screen == .home && state.channel == 50)
    try type(":place 3, 11", &state)
    _ = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(state.screen == .zoom && (state.cursor.y, state.cursor.x) == (3, 11))
    _ = reduce(&state, .layerSelected(28))
    #expect(throws: Command.Problem(text: ":place: fc7 has no rows and columns.")) {
      try Command("place 0,0", in: state.core)
    }
  }

  @Test func theScreenBelowDoesNotHearTheMouse() throws {
    var state = try state()
    try type("/conv", &state)
    #expect(render(state).intent(for: Mouse(.press, x: 2, y: 20)) == nil)
    #expect(render(state).intent(for: Mouse(.press, x: 20, y: 5)) == .find(.pointed(1)))
  }
}
