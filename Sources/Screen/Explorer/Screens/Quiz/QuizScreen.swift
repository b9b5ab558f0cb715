import Lessons
import MobileNet
import Research

extension ScreenID { static let quiz = ScreenID("quiz") }

/// Questions about the person's own photo, one at a time, answered by a key or by a show of hands.
struct QuizScreen: Screen {
  static let id = ScreenID.quiz
  static let title = "Quiz"

  /// How many quizzes there were, with this one; the next asks for the same skills about other layers.
  var number = 1
  /// The question that is shown; behind the last one stands the score.
  var index = 0
  /// What was answered to each question; nil for nothing yet.
  var answers: [Int?] = Array(repeating: nil, count: QuizScreen.count)
  /// The choice under the cursor.
  var cursor = 0
  /// How many hands went up for each choice, by question.
  var votes: [Int: [Int]] = [:]
  /// The hands that are being typed for the choice under the cursor; nil where keys are keys.
  var typedVotes: String?
  /// The scores of the quiz before this one, to see what was learned in between.
  var before: [Quiz.Score] = []
  /// What is asked about; other photos may come and go meanwhile.
  private(set) var asked: Asked?
  let made = Memo<Making, Quiz?>()

  /// A photo, and what the network made of it.
  struct Asked: Equatable, Sendable {
    let photo: String
    let run: Numbered<Run>
  }

  /// What a quiz depends on: it is made once, and not for every frame.
  struct Making: Equatable, Sendable {
    let run: Numbered<Run>
    let number: Int
    let language: String
  }

  /// What can happen on it.
  enum Action: Equatable, Sendable {
    /// The question before or after was asked for.
    case stepped(by: Int)
    /// The cursor was moved by choices.
    case moved(by: Int)
    /// A choice was pointed at, and is the answer.
    case pointed(Int)
    /// The choice under the cursor is the answer.
    case chosen
    /// Hands are to be counted for each choice, or no more.
    case votingSwitched
    /// A digit of the hands was typed.
    case typed(Character)
    /// The last digit was taken away.
    case erased
    /// Other questions on the same skills were asked for.
    case renewed
  }

  /// How many questions a quiz asks: one for each skill.
  static let count = Quiz.Skill.allCases.count
  /// The most hands that can go up, in digits.
  private static let mostDigits = 3

  /// The first question.
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
        // After the last choice the hands are all counted.
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

  /// Whether nothing was answered or counted yet.
  private var isUntouched: Bool { answers.allSatisfy { $0 == nil } && votes.isEmpty }

  /// Asks about the photo that is looked at, unless it asks about one already.
  private mutating func takeRun(_ core: Core) {
    guard asked == nil, let run = core.original else { return }
    asked = Asked(photo: core.photo.name, run: run)
  }

  /// Keeps what was typed as the hands for the choice under the cursor.
  private mutating func countHands(_ choices: Int) {
    if let typed = typedVotes, let hands = Int(typed) {
      votes[index, default: Array(repeating: 0, count: choices)][cursor] = hands
    }
    if typedVotes != nil { typedVotes = "" }
  }
}

extension Intent {
  /// Something happened in a quiz.
  static func quiz(_ action: QuizScreen.Action) -> Intent {
    .screen(ScreenAction(QuizScreen.self, action))
  }
}

// MARK: What is asked

extension QuizScreen {
  /// The questions; nil before the network has run.
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

  /// The question that is shown; nil where the score stands, and before the network has run.
  func question(_ core: Core) -> Quiz.Question? {
    guard let quiz = quiz(core), quiz.questions.indices.contains(index) else { return nil }
    return quiz.questions[index]
  }

  /// What was answered to the question that is shown.
  var answer: Int? { answers.indices.contains(index) ? answers[index] : nil }

  /// How many answers of each skill are right.
  func scores(_ core: Core) -> [Quiz.Score] { quiz(core)?.score(answers) ?? [] }
}
