import Foundation
import Reports

/// A quiz on paper: the questions for the class, and the key for the teacher.
public struct QuizPaper {
  private let quiz: Quiz
  private let title: String
  private let words: QuizWords

  /// Puts `quiz` on paper under `title`.
  public init(_ quiz: Quiz, title: String, words: QuizWords) {
    self.quiz = quiz
    self.title = title
    self.words = words
  }

  /// The width of the text, in characters.
  private static let width = 78

  /// The questions with their choices, each after a box to tick.
  public var worksheet: String {
    let questions = quiz.questions.enumerated().map { index, question in
      let choices = question.choices.enumerated().map { "   [ ] \(letter($0))  \($1)" }
      return (numbered(index, question.lines) + [""] + choices).joined(separator: "\n")
    }
    return ([title, words.said("name-and-date")] + questions).joined(separator: "\n\n")
  }

  private var keyTitle: String { "\(title) \(words.said("key-title"))" }

  /// The right answers with their reasons.
  public var key: String {
    let answers = quiz.questions.enumerated().map { index, question in
      let right = "\(letter(question.answer))  \(question.choices[question.answer])"
      return numbered(index) { [right] + question.reason.wrapped(to: $0) }.joined(separator: "\n")
    }
    return ([keyTitle] + answers).joined(separator: "\n\n")
  }

  /// The questions and the key as HTML, for a browser or a printer; the key begins on a new page.
  public var html: String {
    let questions = quiz.questions.map { question in
      let choices = question.choices.map { "<li>\($0.escapedForMarkup)</li>" }.joined()
      return
        "<li><p class=\"question\">\(question.text.escapedForMarkup)</p><ol type=\"a\">\(choices)</ol></li>"
    }
    let answers = quiz.questions.map { question in
      "<li><b>\(letter(question.answer)) \(question.choices[question.answer].escapedForMarkup)</b> "
        + "\(question.reason.escapedForMarkup)</li>"
    }
    return """
      <!doctype html>
      <meta charset="utf-8">
      <title>\(title.escapedForMarkup)</title>
      <style>
      body { font: 12pt/1.4 sans-serif; max-width: 42em; margin: 2em auto; }
      .question { white-space: pre-wrap; font-variant-numeric: tabular-nums; }
      li { margin-bottom: .6em; break-inside: avoid; }
      .key { break-before: page; }
      </style>
      <h1>\(title.escapedForMarkup)</h1>
      <p>\(words.said("name-and-date").escapedForMarkup)</p>
      <ol>\(questions.joined(separator: "\n"))</ol>
      <h1 class="key">\(keyTitle.escapedForMarkup)</h1>
      <ol>\(answers.joined(separator: "\n"))</ol>
      """
  }

  /// The questions and answers as JSON, for scripts.
  public var json: JSONReport {
    JSONReport(
      quiz.questions.map {
        Encoded(
          skill: $0.skill.rawValue, question: $0.text, choices: $0.choices, answer: $0.answer,
          reason: $0.reason)
      })
  }

  private struct Encoded: Encodable {
    let skill: String
    let question: String
    let choices: [String]
    let answer: Int
    let reason: String
  }

  /// Returns lines after the number of a question.
  private func numbered(_ index: Int, _ lines: (_ width: Int) -> [String]) -> [String] {
    let mark = "\(index + 1). ".padded(right: 4)
    let lines = lines(Self.width - mark.count)
    return lines.enumerated().map { ($0 == 0 ? mark : "    ") + $1 }
  }

  private func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index % 26)))
  }
}
