import MobileNet
import Reports
import Tensors

/// Questions about a person's own photo, with the numbers of the network's run.
///
/// Every question has four choices: the right answer, and three results of common mistakes. Two
/// quizzes with different seeds test the same skills in the same order, on other layers and values:
/// one for each group, or one before a lesson and one after.
public struct Quiz: Sendable, Equatable {
  /// A question.
  public struct Question: Sendable, Equatable {
    /// The skill that the question tests.
    public let skill: Skill
    /// The text of the question, in one or more lines.
    public let text: String
    /// The possible answers.
    public let choices: [String]
    /// The index of the right answer.
    public let answer: Int
    /// The reason why the answer is right.
    public let reason: String
    /// The name of the layer that is asked about; nil if none is.
    public let layer: String?

    /// Returns the text broken at spaces to `width` columns; the rows of a grid stay as they are.
    public func lines(width: Int) -> [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
        line.hasPrefix(" ") ? [String(line)] : String(line).wrapped(to: width)
      }
    }
  }

  /// The result of a quiz for one skill.
  public struct Score: Sendable, Equatable, Codable {
    /// The skill.
    public let skill: Skill
    /// The number of right answers.
    public let right: Int
    /// The number of questions.
    public let all: Int
  }

  /// The questions, in order.
  public let questions: [Question]

  /// The sentences around the questions.
  public let words: QuizWords

  /// Asks `count` questions about `trace`, a run of a network with `checkpoint`, in the words of
  /// `words`; the same `seed` gives the same questions.
  ///
  /// The first `skipped` questions of the seed are left out: a test after a lesson covers the
  /// skills of the one before, without its questions.
  public init(
    about trace: Trace, checkpoint: Checkpoint, count: Int, seed: UInt64, skipped: Int = 0,
    words: QuizWords
  ) {
    var numbers = SplitMix64(seed: seed)
    var questions: [Question] = []
    for index in 0..<skipped + count {
      let skill = Skill.allCases[index % Skill.allCases.count]
      var source = QuestionSource(trace: trace, checkpoint: checkpoint, numbers: numbers)
      // A question that repeats an earlier one is made anew, as long as there are other layers.
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

  /// Returns the name of `skill` as people see it, in the language of the quiz.
  public func name(of skill: Skill) -> String { words.said("skill-\(skill.rawValue)") }

  /// Returns the number of right `answers` by skill, in the order of the skills.
  ///
  /// An answer is the index of a choice, or nil if nothing was chosen.
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
  /// A skill that a question tests.
  public enum Skill: String, CaseIterable, Sendable, Codable {
    /// The shape of a layer's output, from its input and its stride.
    case shape
    /// The number of a layer's parameters.
    case parameters
    /// The number of a layer's multiply-adds.
    case multiplyAdds = "multiply-adds"
    /// The value of a depthwise layer, from nine products and a bias.
    case value
    /// The result of an activation function for a sum.
    case activation
    /// The growth of the receptive field from layer to layer.
    case field = "receptive-field"
    /// The effect of half the width on a pointwise layer.
    case width
    /// The effect of half the resolution on a layer.
    case resolution
    /// The cost of a pair relative to the standard convolution that it replaces.
    case ratio
  }
}
