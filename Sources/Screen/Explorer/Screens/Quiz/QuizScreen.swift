import Lessons
import MobileNet
import Research

extension ScreenID { static let quiz = ScreenID("quiz") }

/// A quiz on the person's own photo, one question at a time, answered by keys or by a show of
/// hands.
struct QuizScreen: Screen {
  static let id = ScreenID.quiz
  static let title = "Quiz"

  /// The number of the quiz, from 1; the next one asks for the same skills on other layers.
  var number = 1
  /// The index of the question; behind the last one the score is shown.
  var index = 0
  /// The chosen answer to each question; nil if there is none yet.
  var answers: [Int?] = Array(repeating: nil, count: QuizScreen.count)
  /// The index of the choice under the cursor.
  var cursor = 0
  /// The number of hands for each choice, by question.
  var votes: [Int: [Int]] = [:]
  /// The typed number of hands for the choice under the cursor; nil while no hands are counted.
  var typedVotes: String?
  /// The scores of the quiz before this one, for comparison.
  var before: [Quiz.Score] = []
  /// The photo that the quiz is about, which stays when another photo is opened.
  private(set) var asked: Asked?
  let made = Memo<Making, Quiz?>()

  /// A photo and the network's run on it.
  struct Asked: Equatable, Sendable {
    let photo: String
    let run: Numbered<Run>
  }

  /// Everything that a quiz depends on: the quiz is made once for all frames.
  struct Making: Equatable, Sendable {
    let run: Numbered<Run>
    let number: Int
    let language: String
  }

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The question before or after was asked for.
    case stepped(by: Int)
    /// The cursor was moved by choices.
    case moved(by: Int)
    /// A choice was pointed at and given as the answer.
    case pointed(Int)
    /// The choice under the cursor was given as the answer.
    case chosen
    /// Counting hands was begun or ended.
    case votingSwitched
    /// A digit of the number of hands was typed.
    case typed(Character)
    /// The last digit was deleted.
    case erased
    /// Other questions on the same skills were asked for.
    case renewed
  }

  /// The number of questions: one for each skill.
  static let count = Quiz.Skill.allCases.count
  /// The most digits that a number of hands can have.
  private static let mostDigits = 3

  /// Begins at the first question.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    typedVotes = nil
    if isUntouched { asked = nil }
    takeRun(core)
    return []
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    takeRun(core)
    return []
  }

  mutating func networkChanged(_ core: Core) { self = QuizScreen() }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    let choices = question(core)?.choices.count ?? 0
    switch action {
    case .stepped(let steps):
      typedVotes = nil
      index = min(max(index + steps, 0), Self.count)
      cursor = answer ?? 0
    case .moved(let steps):
      guard choices > 0 else { return [] }
      if typedVotes != nil { countHands(choices) }
      cursor = cursor.stepped(by: steps, among: choices)
    case .pointed(let choice):
      guard choice < choices, answer == nil else { return [] }
      if typedVotes != nil { countHands(choices) }
      cursor = choice
      return typedVotes == nil ? reduce(.chosen, core) : []
    case .chosen:
      if typedVotes != nil {
        countHands(choices)
        // All hands are counted after the last choice.
        if cursor == choices - 1 { typedVotes = nil } else { cursor += 1 }
      } else if choices == 0 || answer != nil {
        return reduce(.stepped(by: 1), core)
      } else {
        answers[index] = cursor
      }
    case .votingSwitched:
      guard choices > 0 else { return [] }
      if typedVotes == nil {
        typedVotes = ""
        cursor = 0
      } else {
        countHands(choices)
        typedVotes = nil
      }
    case .typed(let digit):
      guard let typed = typedVotes, typed.count < Self.mostDigits else { return [] }
      typedVotes = typed + String(digit)
    case .erased: _ = typedVotes?.popLast()
    case .renewed:
      let (next, scores) = (number + 1, scores(core))
      self = QuizScreen()
      (number, before) = (next, scores)
      takeRun(core)
    }
    return []
  }

  func typed(_ character: Character, _ core: Core) -> Intent? {
    typedVotes != nil && character.isASCII && character.isNumber ? .quiz(.typed(character)) : nil
  }

  /// Whether no question was answered and no hand counted yet.
  private var isUntouched: Bool { answers.allSatisfy { $0 == nil } && votes.isEmpty }

  /// Takes the explored photo as the quiz's, unless it has one.
  private mutating func takeRun(_ core: Core) {
    guard asked == nil, let run = core.original else { return }
    asked = Asked(photo: core.photo.name, run: run)
  }

  /// Stores the typed number of hands for the choice under the cursor.
  private mutating func countHands(_ choices: Int) {
    if let typed = typedVotes, let hands = Int(typed) {
      votes[index, default: Array(repeating: 0, count: choices)][cursor] = hands
    }
    if typedVotes != nil { typedVotes = "" }
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func quiz(_ action: QuizScreen.Action) -> Intent {
    .screen(ScreenAction(QuizScreen.self, action))
  }
}

// MARK: Questions

extension QuizScreen {
  /// Returns the quiz; nil before the network has run.
  func quiz(_ core: Core) -> Quiz? {
    guard let run = asked?.run else { return nil }
    let key = Making(run: run, number: number, language: core.view.language)
    return made.value(of: key) {
      QuizWords(language: key.language).map {
        Quiz(
          about: run.trace, checkpoint: core.model.checkpoint, count: Self.count, seed: 1,
          skipped: Self.count * (key.number - 1), words: $0)
      }
    }
  }

  /// Returns the shown question; nil if the score is shown, and before the network has run.
  func question(_ core: Core) -> Quiz.Question? {
    guard let quiz = quiz(core), quiz.questions.indices.contains(index) else { return nil }
    return quiz.questions[index]
  }

  /// The answer given to the shown question.
  var answer: Int? { answers.indices.contains(index) ? answers[index] : nil }

  /// Returns the number of right answers for each skill.
  func scores(_ core: Core) -> [Quiz.Score] { quiz(core)?.score(answers) ?? [] }
}
