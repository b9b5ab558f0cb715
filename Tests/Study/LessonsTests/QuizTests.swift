import Foundation
import MobileNet
import Testing

@testable import Lessons

/// Quizzes: every answer is recomputed here from the table of layers and the trace.
@Suite struct QuizTests {
  private func quiz(
    _ architecture: Architecture = Architecture(width: 0.5, classes: 100), seed: UInt64 = 7,
    count: Int = 45, language: String = "en"
  ) throws -> (quiz: Quiz, example: Example) {
    let example = try Example(architecture)
    let words = try #require(QuizWords(language: language))
    return (
      Quiz(
        about: example.trace, checkpoint: example.checkpoint, count: count, seed: seed,
        words: words), example
    )
  }

  /// A patch of zeros has nothing to multiply.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func noPatchIsAllZero(seed: UInt64) throws {
    let (quiz, _) = try quiz(seed: seed)
    for question in quiz.questions where question.skill == .value {
      let given = try #require(question.text.components(separatedBy: "What does").first)
      #expect(numbers(in: given).suffix(19).prefix(9).contains { $0 != 0 }, "\(question.text)")
    }
  }

  @Test func germanQuizzesHaveGermanNumbers() throws {
    let (english, german) = (try quiz().quiz, try quiz(language: "de").quiz)
    let choices = zip(english.questions, german.questions).flatMap { zip($0.choices, $1.choices) }
    #expect(choices.contains { $0.0.contains(",") })
    for (ours, theirs) in choices {
      #expect(theirs == String(ours.map { $0 == "," ? "." : $0 == "." ? "," : $0 }))
    }
  }

  @Test(arguments: [1, 7, 99, 12345] as [UInt64])
  func everyQuestionHasFourChoicesAndItsAnswerIsTrue(seed: UInt64) throws {
    let (quiz, example) = try quiz(
      Architecture(width: 0.5, classes: 100, activation: seed == 7 ? .relu6 : .relu), seed: seed)
    #expect(quiz.questions.count == 45)
    for question in quiz.questions {
      #expect(Set(question.choices).count == 4, "\(question)")
      let right = question.choices[question.answer]
      let layer = example.trace.layers.first { question.text.contains("\($0.name)") }
      switch question.skill {
      case .shape: #expect(right == "\(try #require(layer).output)")
      case .parameters:
        let layer = try #require(layer)
        #expect(numbers(in: right) == [Double(Independent.parameters(of: layer))])
      case .multiplyAdds:
        let layer = try #require(layer)
        let biases = layer.output.channels
        let weights = Independent.parameters(of: layer) - biases
        #expect(numbers(in: right) == [Double(weights * layer.output.places)])
      case .value:
        let given = try #require(question.text.components(separatedBy: "What does").first)
        let stated = numbers(in: given)
        // conv…, channel, row, column, nine values, nine weights, the bias.
        let (patch, kernel) = (stated.suffix(19).prefix(9), stated.suffix(10).prefix(9))
        let sum = zip(patch, kernel).reduce(try #require(stated.last)) { $0 + $1.0 * $1.1 }
        let ceiling = seed == 7 ? 6 : Double.infinity
        let made = min(max(sum, 0), ceiling)
        // The sheet shows two digits of each number.
        let slack = 0.02 + zip(patch, kernel).reduce(0) { $0 + 0.005 * (abs($1.0) + abs($1.1)) }
        #expect(abs(try #require(numbers(in: right).first) - made) < slack, "\(question)")
      case .activation:
        let end = try #require(question.text.components(separatedBy: " is ").last)
        let sum = try #require(Double(end.components(separatedBy: ". What")[0]))
        let made = min(max(sum, 0), seed == 7 ? 6 : Double.infinity)
        #expect(numbers(in: right) == [made], "\(question)")
      case .field:
        let stated = numbers(in: question.reason)
        #expect(stated[0] + stated[1] * stated[2] == stated[3])
        #expect(numbers(in: right) == [stated[3], stated[3]])
        #expect(question.text.contains("sees \(Int(stated[0]))×\(Int(stated[0])) pixels"))
      case .width:
        // M/2 inputs and N/2 outputs at as many places.
        let layer = try #require(layer)
        let half = layer.input.channels / 2 * (layer.output.channels / 2) * layer.output.places
        #expect(numbers(in: right) == [Double(half)])
      case .resolution:
        let layer = try #require(layer)
        let side = layer.output.height / 2
        let parameters = Independent.parameters(of: layer)
        let work = (parameters - layer.output.channels) * side * side
        #expect(numbers(in: right) == [Double(parameters), Double(work)])
      case .ratio:
        let outputs = try #require(numbers(in: question.reason).first { $0 > 9 })
        #expect(abs(try #require(numbers(in: right).first) - 100 * (1 / outputs + 1 / 9)) < 0.06)
      }
    }
  }

  @Test func theSameSeedAsksTheSameAndAnotherAsksTheSameSkillsAboutOtherThings() throws {
    let first = try quiz().quiz
    #expect(try quiz().quiz == first)
    let other = try quiz(seed: 8).quiz
    #expect(other.questions.map(\.skill) == first.questions.map(\.skill))
    #expect(other.questions.map(\.text) != first.questions.map(\.text))
    #expect(Set(first.questions.map(\.skill)) == Set(Quiz.Skill.allCases))
  }

  @Test func answersAreCountedBySkill() throws {
    let quiz = try quiz(count: 18).quiz
    var answers: [Int?] = quiz.questions.map(\.answer)
    #expect(quiz.score(answers).allSatisfy { $0.right == 2 && $0.all == 2 })
    answers[0] = nil
    answers[1] = (quiz.questions[1].answer + 1) % 4
    let score = quiz.score(answers)
    #expect(score.map(\.right) == [1, 1, 2, 2, 2, 2, 2, 2, 2])
  }

  @Test(arguments: ["en", "de", "es"])
  func everySentenceIsThereInEveryLanguage(language: String) throws {
    let (quiz, _) = try quiz(count: 36, language: language)
    let words = try #require(QuizWords(language: language))
    for key in [
      "title", "right", "chosen", "yes", "no", "hands", "before", "now", "nothing-missed", "missed",
    ] {
      let said = words.said(
        "screen-\(key)", ["photo": "a.jpg", "number": "1", "right": "2", "answered": "3"])
      #expect(!said.contains("screen-") && !said.contains("{"), "\(said)")
      // The same word may be right in two languages, but no sentence is.
      let english = QuizWords(language: "en")?.said("screen-\(key)")
      #expect(language == "en" || !said.contains(" ") || said != english)
    }
    let paper = QuizPaper(quiz, title: "Title <1>", words: words)
    for text in [paper.worksheet, paper.key, paper.html] {
      for sign in ["{", "ask-", "because-", "\\n"] where !text.hasPrefix("<!doctype") || sign != "{"
      {
        #expect(!text.contains(sign), "\(text)")
      }
    }
    // The sheet does not tell, the key does.
    #expect(paper.worksheet.split(separator: "\n").count { $0.contains("[ ]") } == 4 * 36)
    for question in quiz.questions { #expect(!paper.worksheet.contains(question.reason)) }
    #expect(paper.html.contains("Title &lt;1&gt;"))
    #expect(paper.worksheet.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
