/// The sentences of quizzes in a language.
public struct QuizWords: Sendable, Equatable {
  let words: Words

  /// Those of `language`, or of English where nobody translated them; nil where the program's own
  /// files are missing.
  public init?(language: String) {
    guard let words = LessonLibrary.words(named: "quiz.words", in: language) else { return nil }
    self.words = words
  }

  /// What is said under `key` of `facts`.
  public func said(_ key: String, _ facts: [String: String] = [:]) -> String {
    words.word(key, facts: Facts(facts))
  }
}
