/// The sentences of quizzes in a language.
public struct QuizWords: Sendable, Equatable {
  let words: Words

  /// Reads the sentences of `language`, in English where they are not translated; nil if the
  /// program's own files are missing.
  public init?(language: String) {
    guard let words = LessonLibrary.words(named: "quiz.words", in: language) else { return nil }
    self.words = words
  }

  /// Returns the sentence called `key`, with the values of `facts` in place of its names, and with
  /// those of `verbatim`, which stay as they are.
  public func said(
    _ key: String, _ facts: [String: String] = [:], verbatim: [String: String] = [:]
  ) -> String {
    words.word(key, facts: Facts(facts, verbatim: verbatim))
  }

  /// Returns `text` with its numbers as the language writes them.
  func number(_ text: String) -> String { words.number(text) }
}
