import Foundation

/// The sentences of quizzes in a language.
public struct QuizWords: Sendable, Equatable {
  let words: Words

  /// Those of `language`, or of English where nobody translated them; nil where the program's own
  /// files are missing.
  public init?(language: String) {
    let file = { (language: String) in
      LessonLibrary.folder.appendingPathComponent(language).appendingPathComponent("quiz.words")
    }
    let english = try? LessonLibrary.words(at: file(LessonLibrary.english).path, fallback: nil)
    guard let english else { return nil }
    words = (try? LessonLibrary.words(at: file(language).path, fallback: english)) ?? english
  }

  /// What is said under `key` of `facts`.
  public func said(_ key: String, _ facts: [String: String] = [:]) -> String {
    var all = Facts()
    for (name, text) in facts { all.set(name, text) }
    return words.word(key, facts: all)
  }
}
