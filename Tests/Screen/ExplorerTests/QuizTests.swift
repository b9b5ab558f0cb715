import Cells
import Lessons
import Research
import Testing

@testable import Explorer

/// A quiz on the screen: what a person, or a class, answers is counted, and nothing is told before.
@Suite struct QuizTests {
  private func state(size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = press(.character("W"), on: &state)
    return state
  }

  private func press(_ key: Key, on state: inout ExplorerState) -> [Effect] {
    guard let intent = state.intent(for: key) else { return [] }
    return reduce(&state, intent)
  }

  private func type(_ keys: String, on state: inout ExplorerState) {
    for character in keys {
      _ = press(character == "\n" ? .enter : .character(character), on: &state)
    }
  }

  private func quiz(_ state: ExplorerState) throws -> Quiz {
    try #require(state[QuizScreen.self].quiz(state.core))
  }

  private func digit(_ choice: Int) -> String { "\(choice + 1)" }

  @Test(arguments: ScreenTests.sizes + [Size(width: 160, height: 50)])
  func screens(size: Size) throws {
    var state = try state(size: size)
    let name = "\(size.width)x\(size.height)"
    _ = press(.right, on: &state)
    type("H12\n3\n", on: &state)
    try expectScreen(state, "quiz-votes-\(name)")
    type("H", on: &state)
    type(digit((try quiz(state).questions[1].answer + 1) % 4), on: &state)
    try expectScreen(state, "quiz-answered-\(name)")
    for _ in 0..<QuizScreen.count { _ = press(.right, on: &state) }
    try expectScreen(state, "quiz-score-\(name)")
  }

  /// Below the question stand the photo and what the layer reads, and until it is answered not what it
  /// makes.
  @Test func aSmallTerminalShowsThePhoto() throws {
    var state = try state()
    func pictures() -> Int {
      let cells = render(state).cells
      return (12..<23).reduce(0) { sum, y in
        sum + (0..<80).count { cells[$0, y].style.background != nil }
      }
    }
    let asked = pictures()
    #expect(asked > 200)
    type("1", on: &state)
    #expect(pictures() > asked * 3 / 4)
    let layer = try #require(try quiz(state).questions[0].layer)
    #expect(render(state).cells.text.contains("What \(layer) makes:"))
  }

  @Test func theFooterNamesWhatEnterDoesNow() throws {
    var state = try state(size: Size(width: 160, height: 50))
    func words() -> [String] { Footer.bindings(state).compactMap(\.label) }
    #expect(words().contains("take") && words().contains("choice"))
    type("\n", on: &state)
    #expect(!words().contains("take") && !words().contains("choice"))
    #expect(!words().contains("hands") && words().contains("next"))
    for _ in 0..<QuizScreen.count { _ = press(.right, on: &state) }
    #expect(!words().contains("next") && words().contains("again"))
  }

  @Test func nothingIsToldBeforeItIsAnswered() throws {
    var state = try state(size: Size(width: 160, height: 50))
    for (index, question) in try quiz(state).questions.enumerated() {
      #expect(state[QuizScreen.self].index == index)
      let start = question.reason.prefix(20)
      #expect(!render(state).cells.text.contains(start))
      type(digit(question.answer), on: &state)
      #expect(render(state).cells.text.contains("Right. \(start)"))
      // A second answer is none.
      type(digit((question.answer + 1) % 4), on: &state)
      #expect(state[QuizScreen.self].answers[index] == question.answer)
      type("\n", on: &state)
    }
    #expect(render(state).cells.text.contains("9 of 9 right"))
    #expect(render(state).cells.text.contains("Nothing was missed."))
  }

  /// Before the lesson and after it: the same skills, other questions, both scores.
  @Test func theNextQuizIsComparedWithTheOneBefore() throws {
    var state = try state()
    let first = try quiz(state)
    for question in first.questions {
      let answer = question.skill == .field ? (question.answer + 1) % 4 : question.answer
      type(digit(answer) + "\n", on: &state)
    }
    let missed = try #require(first.questions.first { $0.skill == .field })
    #expect(render(state).cells.text.contains("8 of 9 right"))
    #expect(render(state).cells.text.contains(missed.reason))
    type("Z", on: &state)
    let second = try quiz(state)
    #expect(second.questions.map(\.skill) == first.questions.map(\.skill))
    for question in second.questions { type(digit(question.answer) + "\n", on: &state) }
    let lines = render(state).cells.lines
    let field = try #require(lines.first { $0.contains("receptive field") })
    #expect(field.contains("0/1     1/1"))
    let shape = try #require(lines.first { $0.contains("shape of an output") })
    #expect(shape.contains("1/1     1/1"))
  }

  @Test func noQuizAsksWhatOneBeforeItAsked() throws {
    var state = try state()
    var asked: Set<String> = []
    for number in 1...4 {
      let texts = try quiz(state).questions.map(\.text)
      #expect(asked.isDisjoint(with: texts))
      asked.formUnion(texts)
      #expect(asked.count == 9 * number && state[QuizScreen.self].number == number)
      _ = reduce(&state, .quiz(.renewed))
    }
  }

  @Test func handsAreCountedAndCanBeCorrected() throws {
    var state = try state(size: Size(width: 120, height: 40))
    type("H7\n", on: &state)
    type("1", on: &state)
    _ = press(.backspace, on: &state)
    type("21\n", on: &state)
    // Letters are no hands.
    type("x", on: &state)
    type("\n2\n", on: &state)
    #expect(state[QuizScreen.self].votes == [0: [7, 21, 0, 2]])
    #expect(state[QuizScreen.self].typedVotes == nil)
    // Above them stands the question, beside its number in large digits.
    let choices = render(state).cells.lines.dropFirst(6).filter { $0.contains("█") }
    #expect(choices.count == 3)
    #expect(state[QuizScreen.self].answers[0] == nil)
    _ = press(.escape, on: &state)
    _ = press(.character("W"), on: &state)
    #expect(state[QuizScreen.self].votes == [0: [7, 21, 0, 2]])
  }

  /// The quiz stays with the photo that it began with.
  @Test func anotherPhotoChangesNoQuestionThatWasAnswered() throws {
    var state = try state()
    let quiz = try quiz(state)
    type("1", on: &state)
    try Fixture.perform(
      show(Numbered(state.photo.value, number: 9), at: "b.png", on: &state), on: &state)
    _ = press(.escape, on: &state)
    _ = press(.character("W"), on: &state)
    #expect(try self.quiz(state) == quiz)
    #expect(render(state).cells.text.contains("gradient.png, quiz 1"))
  }

  @Test func beforeTheNetworkHasRunThereIsNothingToAsk() throws {
    let fixture = try Fixture.shared()
    var state = ExplorerState(
      size: Size(width: 80, height: 24), model: fixture.model, photo: fixture.photo)
    let effects = reduce(&state, .started)
    type("W\n", on: &state)
    #expect(render(state).cells.text.contains("running the network"))
    #expect(state[QuizScreen.self].index <= QuizScreen.count)
    try Fixture.perform(effects, on: &state)
    #expect(state[QuizScreen.self].quiz(state.core) != nil)
  }
}
