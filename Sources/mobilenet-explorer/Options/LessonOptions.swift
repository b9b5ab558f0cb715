import ArgumentParser
import Files
import Foundation
import Lessons
import Settings

/// The lessons to explain: topics that come with the program, or a person's own files.
struct LessonChoice: ExpressibleByArgument {
  /// A topic, a file, or all.
  private enum Part {
    case topic(Topic)
    case file(String)
    case all
  }

  private let parts: [Part]
  /// The topics and files, as a session keeps them.
  let words: [String]

  /// Reads topics and files with commas between them; a file's own name may have commas.
  init?(argument: String) {
    let isFile = argument.contains(",") && FileName.kind(at: argument) == .file
    self.init(
      words: isFile
        ? [argument]
        : argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
  }

  /// Makes a choice of topics and files; nil if one is neither, or if there are none.
  init?(words: [String]) {
    let parts = words.compactMap(Self.part)
    guard !parts.isEmpty, parts.count == words.count else { return nil }
    (self.parts, self.words) = (parts, words)
  }

  /// Chooses one of the program's own lessons.
  init(_ topic: Topic) { (parts, words) = ([.topic(topic)], [topic.rawValue]) }

  /// Joins the choices of an option that was given several times; nil for none.
  init?(_ choices: [LessonChoice]) { self.init(words: choices.flatMap(\.words)) }

  private static func part(_ word: String) -> Part? {
    if word == "all" { return .all }
    if let topic = Topic(rawValue: word) { return .topic(topic) }
    let isFile =
      word.hasSuffix(".lesson") || word.hasSuffix(Playlist.suffix) || word.contains("/")
    return isFile ? .file(word) : nil
  }

  static var allValueStrings: [String] {
    Topic.allCases.map(\.rawValue) + ["all", "FILE.lesson", "FILE.playlist"]
  }

  /// Returns the lessons in order, in `language` unless their files name another; nil if the
  /// program's own lessons are missing.
  func entries(language: String) throws(ScriptError) -> [Playlist.Entry]? {
    var entries: [Playlist.Entry] = []
    for part in parts {
      switch part {
      case .all: entries += Playlist(language: language).entries
      case .topic(let topic):
        guard let script = LessonLibrary.script(on: topic, in: language) else { return nil }
        entries.append(Playlist.Entry(script))
      case .file(let path) where path.hasSuffix(Playlist.suffix):
        entries += try Playlist(contentsOf: path, language: language).entries
      case .file(let path): entries.append(Playlist.Entry(try LessonLibrary.script(at: path)))
      }
    }
    return entries.isEmpty ? nil : entries
  }

  /// Returns the lessons as a playlist; a `Failure` names the fault in a file and where it is.
  func playlist(language: String) throws(Failure) -> Playlist {
    do {
      if let entries = try entries(language: language) { return Playlist(entries) }
    } catch {
      throw Failure(error.problem.isMissingFile ? .noInput : .data, "\(error)")
    }
    throw Failure(.noInput, LessonOptions.missing)
  }
}

/// Options for the lessons to tell and their language.
struct LessonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What to explain: topics with commas between them, all, or files of your own; can be given "
        + "several times (default: cell).",
      valueName: "TOPIC"))
  var topic: [LessonChoice] = []

  @OptionGroup var language: LanguageOptions

  @Flag(help: "List the names that a lesson file on the topic can use, with what they stand for.")
  var names = false

  /// The message for a program that was copied without its lessons.
  static var missing: String {
    "\(LessonLibrary.folder.path): the lessons are not beside the program"
  }

  /// Returns the lessons in `language`; a `Failure` names the fault in a file and where it is.
  func entries(language: String) throws(Failure) -> [Playlist.Entry] {
    try (LessonChoice(topic) ?? LessonChoice(.cell)).playlist(language: language).entries
  }
}

/// The option for the language of lessons and quizzes.
struct LanguageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The language of lessons, as en, de or es (default: the configuration's, or that of LANG).",
      valueName: "CODE"))
  var language: String?

  func validate() throws {
    guard let language, !LessonLibrary.languages.contains(language) else { return }
    let known = LessonLibrary.languages.joined(separator: ", ")
    throw ValidationError("--language \(language): there are lessons in \(known)")
  }

  /// Returns the language of the lessons: that of the option, or else the settings'.
  func spoken() throws -> String {
    try language ?? SettingsFile(nil).settings().spokenLanguage
  }
}

extension Settings {
  /// The language of the lessons: the one that is set, or else that of the environment.
  var spokenLanguage: String {
    language ?? LessonLibrary.language(in: ProcessInfo.processInfo.environment)
  }
}
