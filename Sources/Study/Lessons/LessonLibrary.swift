import Files
import Foundation

/// The lessons that come with the program, in every language that they are translated to.
public enum LessonLibrary {
  /// The languages of the lessons, English first.
  public static let languages: [String] = {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let found = folders.filter { isFolder(folder.appendingPathComponent($0)) }
    return found.filter { $0 == english } + found.filter { $0 != english }.sorted()
  }()

  /// English, the language of the originals.
  public static let english = "en"

  /// Returns the language that the environment asks for, if there are lessons in it, else English.
  ///
  /// LC_ALL takes precedence over LC_MESSAGES, and that over LANG, as in POSIX.
  public static func language(in environment: [String: String]) -> String {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }
      .first { !$0.isEmpty }
    let code = asked.map { String($0.prefix { $0.isLetter }).lowercased() } ?? english
    return languages.contains(code) ? code : english
  }

  /// The folder of all lessons, which has a folder per language.
  public static var folder: URL {
    ResourceFolder.of("Lessons", source: #filePath).appendingPathComponent("Files")
  }

  /// Whether `script` is one of those that come with the program.
  public static func contains(_ script: LessonScript) -> Bool {
    script.file.hasPrefix(folder.path + "/")
  }

  private static let englishScripts = scripts(in: english, fallback: nil)
  private static let known: [String: [Topic: LessonScript]] = Dictionary(
    uniqueKeysWithValues: languages.map { ($0, scripts(in: $0, fallback: englishScripts)) })

  /// Returns the lesson on `topic` in `language`, or in English if it is not translated; nil if the
  /// program's own files are missing.
  public static func script(on topic: Topic, in language: String = english) -> LessonScript? {
    known[language]?[topic] ?? known[english]?[topic]
  }

  /// Reads a person's own lesson; words that it lacks are those of the program's lesson on its
  /// topic, in its language.
  ///
  /// Throws an error for the first invalid line, or if the file cannot be read.
  public static func script(at path: String) throws(ScriptError) -> LessonScript {
    let first = try script(at: path, fallback: nil)
    let own = script(on: first.topic, in: first.language ?? english)
    return try script(at: path, fallback: own?.words)
  }

  private static func script(
    at path: String, fallback: Words?
  ) throws(ScriptError) -> LessonScript {
    try ScriptParser.script(try text(at: path), file: path, fallback: fallback)
  }

  /// Returns the words in the file called `name` of `language`, in English where they are not
  /// translated; nil if the program's own files are missing.
  static func words(named name: String, in language: String) -> Words? {
    guard let own = try? words(named: name, of: english, fallback: nil) else { return nil }
    return (try? words(named: name, of: language, fallback: own)) ?? own
  }

  /// Reads the file called `name` of `language`, which has only words.
  private static func words(
    named name: String, of language: String, fallback: Words?
  ) throws(ScriptError) -> Words {
    let path = folder.appendingPathComponent(language).appendingPathComponent(name).path
    return try ScriptParser.words(
      try text(at: path), file: path, fallback: fallback, language: language)
  }

  /// The text of a file.
  static func text(at path: String) throws(ScriptError) -> String {
    func wrong(_ problem: ScriptProblem) -> ScriptError {
      ScriptError(file: path, line: 0, problem: problem)
    }
    let data: Data
    do throws(FileBytesError) {
      data = try FileBytes.contents(of: path, limit: longest)
    } catch {
      switch error {
      case .system(let error) where error.code == .ENOENT:
        throw wrong(.missingFile)
      case .tooLong: throw wrong(.noLesson("too long for a lesson"))
      case .system, .idlePipe: throw wrong(.unreadable("\(error)"))
      }
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw wrong(.noLesson("is no UTF-8 text"))
    }
    // Some editors begin a UTF-8 file with a byte order mark.
    return text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
  }

  /// The maximum size of a lesson, in bytes: a lesson is a page or two of text.
  private static let longest = 1 << 18

  private static func scripts(
    in language: String, fallback: [Topic: LessonScript]?
  ) -> [Topic: LessonScript] {
    var scripts: [Topic: LessonScript] = [:]
    for topic in Topic.allCases {
      let file = folder.appendingPathComponent(language)
        .appendingPathComponent(topic.rawValue + ".lesson")
      scripts[topic] = try? script(at: file.path, fallback: fallback?[topic]?.words)
    }
    return scripts
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
