import MobileNet
import Reports

/// Questions about a person's own photo, with the numbers that the network has for it.
///
/// Every question has four choices, of which one is right and the others are what common mistakes
/// come to. Two quizzes with different seeds ask for the same skills in the same order, about other
/// layers and other values: one for each group, or one before a lesson and one after.
public struct Quiz: Sendable, Equatable {
  /// A question.
  public struct Question: Sendable, Equatable {
    /// What answering it takes.
    public let skill: Skill
    /// What is asked, in one or more lines.
    public let text: String
    /// What can be answered.
    public let choices: [String]
    /// The index of the right answer.
    public let answer: Int
    /// Why it is right.
    public let reason: String

    /// What is asked, broken at spaces to `width` columns; the rows of a grid stay as they are.
    public func lines(width: Int) -> [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
        line.hasPrefix(" ") ? [String(line)] : String(line).wrapped(to: width)
      }
    }
  }

  /// How well a skill is mastered.
  public struct Score: Sendable, Equatable, Codable {
    /// The skill.
    public let skill: Skill
    /// How many answers are right.
    public let right: Int
    /// How many questions were asked.
    public let all: Int
  }

  /// The questions, in order.
  public let questions: [Question]

  /// The sentences around the questions.
  public let words: QuizWords

  /// Asks `count` questions about `trace`, a run of a network with `checkpoint`, in the words of
  /// `words`; the same `seed` asks the same ones.
  ///
  /// The first `skipped` questions of the seed are left out: a test after a lesson asks for the same
  /// skills as that before it, and nothing that was asked there.
  public init(
    about trace: Trace, checkpoint: Checkpoint, count: Int, seed: UInt64, skipped: Int = 0,
    words: QuizWords
  ) {
    var numbers = SeededNumbers(seed: seed)
    var questions: [Question] = []
    for index in 0..<skipped + count {
      let skill = Skill.allCases[index % Skill.allCases.count]
      var source = QuestionSource(trace: trace, checkpoint: checkpoint, numbers: numbers)
      // Two questions of a skill are about two layers, as long as there are enough.
      var question = source.question(skill, words: words)
      for _ in 0..<20 where questions.contains(where: { $0.text == question.text }) {
        question = source.question(skill, words: words)
      }
      questions.append(question)
      numbers = source.numbers
    }
    self.questions = Array(questions.dropFirst(skipped))
    self.words = words
  }

  /// What people call `skill`, in the language of the quiz.
  public func name(of skill: Skill) -> String { words.said("skill-\(skill.rawValue)") }

  /// How many of `answers` are right, by skill, in the order in which skills were asked for.
  ///
  /// An answer is the index of a choice, or nil where nothing was chosen.
  public func score(_ answers: [Int?]) -> [Score] {
    Skill.allCases.compactMap { skill in
      let asked = questions.indices.filter { questions[$0].skill == skill }
      let right = asked.filter {
        answers.indices.contains($0) && answers[$0] == questions[$0].answer
      }
      return asked.isEmpty ? nil : Score(skill: skill, right: right.count, all: asked.count)
    }
  }
}

extension Quiz {
  /// What a question tests.
  public enum Skill: String, CaseIterable, Sendable, Codable {
    /// The shape of a layer's output, from its input and its stride.
    case shape
    /// A layer's parameters.
    case parameters
    /// A layer's multiply-adds.
    case multiplyAdds = "multiply-adds"
    /// The value of a depthwise layer, from nine products and a bias.
    case value
    /// What an activation function makes of a sum.
    case activation
    /// How the receptive field grows.
    case field = "receptive-field"
    /// What half the width does to a pointwise layer.
    case width
    /// What half the resolution does to a layer.
    case resolution
    /// What a pair costs of the standard convolution that it replaces.
    case ratio
  }
}
