/// What stands around the pictures and numbers of a lesson on the screen, in a language.
public struct StageWords: Sendable {
  private let words: Words

  private static let known = Dictionary(
    uniqueKeysWithValues: LessonLibrary.languages.map {
      ($0, LessonLibrary.words(named: "stage.words", in: $0) ?? Words())
    })

  /// Those of `language`, or of English where nobody translated them.
  public init(language: String) {
    words = Self.known[language] ?? Self.known[LessonLibrary.english] ?? Words()
  }

  /// What is said under `key` of `facts`.
  public func callAsFunction(_ key: String, _ facts: [String: String] = [:]) -> String {
    words.word(key, facts: Facts(facts))
  }

  /// What people call `topic`.
  public func name(of topic: Topic) -> String { self("topic-\(topic.rawValue)") }
}
