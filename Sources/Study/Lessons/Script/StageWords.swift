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

  /// Returns the text called `key`, with the values of `facts` in place of its names.
  public func callAsFunction(_ key: String, _ facts: [String: String] = [:]) -> String {
    words.word(key, facts: Facts(facts))
  }

  /// Returns the name of `topic` as people see it.
  public func name(of topic: Topic) -> String { self("topic-\(topic.rawValue)") }
}
