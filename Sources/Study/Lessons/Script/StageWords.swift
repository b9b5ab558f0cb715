/// The texts around the pictures and numbers of a lesson on the screen, in a language.
public struct StageWords: Sendable {
  private let words: Words

  private static let known = Dictionary(
    uniqueKeysWithValues: LessonLibrary.languages.map {
      ($0, LessonLibrary.words(named: "stage.words", in: $0) ?? Words())
    })

  /// Uses the texts of `language`, in English where they are not translated.
  public init(language: String) {
    words = Self.known[language] ?? Self.known[LessonLibrary.english] ?? Words()
  }

  /// Returns the text called `key`, with the values of `facts` in place of its names, and with those
  /// of `verbatim`, which stay as they are.
  public func callAsFunction(
    _ key: String, _ facts: [String: String] = [:], verbatim: [String: String] = [:]
  ) -> String {
    words.word(key, facts: Facts(facts, verbatim: verbatim))
  }

  /// Returns `text` with its numbers as the language writes them.
  public func number(_ text: String) -> String { words.number(text) }

  /// Returns the name of `topic` as people see it.
  public func name(of topic: Topic) -> String { self("topic-\(topic.rawValue)") }
}
