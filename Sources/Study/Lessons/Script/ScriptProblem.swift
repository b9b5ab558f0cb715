/// A problem with a line of a lesson file.
public enum ScriptProblem: Error, Equatable, CustomStringConvertible, Sendable {
  /// A name in braces has characters other than letters, digits and hyphens.
  case brokenName(String)
  /// A brace is opened and not closed.
  case unclosedBrace
  /// A brace is closed that was not opened.
  case strayBrace
  /// A line begins with an @ and an unknown word.
  case unknownDirective(String, known: [String])
  /// A directive lacks its argument.
  case incompleteDirective(String, expected: String)
  /// A line that may occur once occurs again.
  case secondLine(String)
  /// A directive is not followed by a step.
  case danglingDirective(String)
  /// A line goes on with what it has no use for.
  case unexpected(String, after: String)
  /// A line that belongs above the first step stands below one.
  case lateLine(String)
  /// A line begins with nothing known.
  case unknownLine(String)
  /// The topic is unknown.
  case unknownTopic(String, known: [String])
  /// The file does not name its topic.
  case missingTopic
  /// The file has no title.
  case missingTitle
  /// The file has no step.
  case noSteps
  /// The playlist has no lesson.
  case noLessons
  /// A word in a playlist, or one that a lesson translates, is unknown.
  case unknownWord(String, known: [String])
  /// A word lacks its value.
  case incompleteWord(String, expected: String)
  /// A line says the same thing twice.
  case secondWord(String)
  /// The topic has no such name.
  case unknownName(String, known: [String])
  /// A name can never stand for this.
  case unknownValue(String, of: String, known: [String])
  /// A condition compares what holds or not, or a list.
  case noValue(String)
  /// The name to be told one by one is no list.
  case noList(String, known: [String])
  /// There are no lessons in a language.
  case unknownLanguage(String, known: [String])
  /// The topic has no such chart.
  case unknownChart(String, known: [String])
  /// There is no such part of a lesson.
  case unknownPart(String, known: [String])
  /// The file is missing.
  case missingFile
  /// The file is no plain file, or may not be read.
  case unreadable(String)
  /// A playlist names neither a topic nor a file.
  case missingLesson(String, known: [String])
  /// A playlist names another playlist.
  case nestedPlaylist(String)
  /// The file is no UTF-8 text, or too long to be a lesson.
  case noLesson(String)

  /// Whether a file is missing or unreadable, rather than wrong.
  public var isMissingFile: Bool {
    switch self {
    case .missingFile, .missingLesson, .unreadable: true
    default: false
    }
  }

  /// The problem, and what was expected.
  public var description: String {
    switch self {
    case .brokenName(let name):
      "{\(name)} is no name: names are of letters, digits and hyphens"
    case .unclosedBrace: "a { without its }"
    case .strayBrace: "a } without its {"
    case .unknownDirective(let word, let known):
      "@\(word) means nothing here; there are \(known.map { "@\($0)" }.joined(separator: ", "))"
    case .incompleteDirective(let word, let expected): "@\(word): \(expected) is missing"
    case .secondLine(let word): "a second line “\(word) …”; one is enough"
    case .secondWord(let word): "a second “\(word)”; one is enough"
    case .danglingDirective(let word): "@\(word) stands before no step"
    case .unexpected(let text, let word): "\(word): expected nothing more, not “\(text)”"
    case .lateLine(let word): "“\(word) …” belongs above the first step"
    case .unknownLine(let line):
      "“\(line.prefix(40))” begins with none of \(ScriptParser.headers.joined(separator: " ")) "
        + "? ?? = @ #, and goes on with no step"
    case .unknownTopic(let topic, let known):
      "no topic “\(topic)”; there are \(known.joined(separator: ", "))"
    case .missingTopic: "no line “topic …” says what the lesson is about"
    case .missingTitle: "no line “title …”"
    case .noSteps: "no step; one begins with ? or ="
    case .noLessons: "no lesson; each has a line, with its topic or its file"
    case .unknownWord(let word, let known):
      "“\(word)” means nothing here; there are \(known.joined(separator: ", "))"
    case .incompleteWord(let word, let expected): "\(word): expected \(expected)"
    case .unknownName(let name, let known):
      "nothing is called {\(name)}; there are \(known.joined(separator: ", "))"
    case .unknownValue(let value, let name, let known):
      "{\(name)} is never “\(value)”; it is one of \(known.joined(separator: ", "))"
    case .noValue(let name): "{\(name)} has no value to compare; expected “\(name)” alone"
    case .noList(let name, let known):
      known.isEmpty
        ? "{\(name)} is no list; the topic has none"
        : "{\(name)} is no list; there are \(known.joined(separator: ", "))"
    case .unknownLanguage(let code, let known):
      "no lessons in “\(code)”; there are \(known.joined(separator: ", "))"
    case .unknownChart(let chart, let known):
      known.isEmpty
        ? "no chart “\(chart)”; the topic has none"
        : "no chart “\(chart)”; there are \(known.joined(separator: ", "))"
    case .unknownPart(let part, let known):
      "no part “\(part)”; there are \(known.joined(separator: ", "))"
    case .missingLesson(let lesson, let known):
      "“\(lesson)” is no file beside the playlist, and none of the topics \(known.joined(separator: ", "))"
    case .nestedPlaylist(let name):
      "“\(name)” is a playlist itself; expected a topic or a lesson's file"
    case .missingFile: "no such file, or no permission to read it"
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .noLesson(let reason): reason
    }
  }
}

/// A problem with its file and line.
public struct ScriptError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The file.
  public let file: String
  /// The line, counted from 1; 0 for the whole file.
  public let line: Int
  /// The problem in that line.
  public let problem: ScriptProblem

  /// The file, the line and the problem: `mine.lesson:12: …`.
  public var description: String { "\(Self.place(file: file, line: line)): \(problem)" }

  /// Returns a line as compilers name it: `mine.lesson:12`.
  static func place(file: String, line: Int) -> String { line > 0 ? "\(file):\(line)" : file }
}
