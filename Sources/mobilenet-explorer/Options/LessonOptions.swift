import ArgumentParser
import Foundation
import Lessons

/// What to explain: a topic that comes with the program, or a lesson of a person's own.
enum LessonChoice: ExpressibleByArgument {
  case topic(Topic)
  case file(String)

  init?(argument: String) {
    if let topic = Topic(rawValue: argument) {
      self = .topic(topic)
    } else if argument.hasSuffix(".lesson") || argument.contains("/") {
      self = .file(argument)
    } else {
      return nil
    }
  }

  var defaultValueDescription: String {
    switch self {
    case .topic(let topic): topic.rawValue
    case .file(let path): path
    }
  }

  static var allValueStrings: [String] { Topic.allCases.map(\.rawValue) + ["FILE.lesson"] }
}

/// Which sentences a lesson is told in.
struct LessonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What to explain, or a lesson file.", valueName: "TOPIC"))
  var topic = LessonChoice.topic(.cell)

  @Option(
    help: ArgumentHelp(
      "The language, as en, de or es (default: that of LANG, or English).", valueName: "CODE"))
  var language: String?

  @Flag(help: "List the names that a lesson file on the topic can use, with what they stand for.")
  var names = false

  func validate() throws {
    guard let language, !LessonLibrary.languages.contains(language) else { return }
    let known = LessonLibrary.languages.joined(separator: ", ")
    throw ValidationError("--language \(language): there are lessons in \(known)")
  }

  /// What is said where the program was copied without its lessons.
  static var missing: String {
    "\(LessonLibrary.folder.path): the lessons are not beside the program"
  }

  /// The language that was asked for, or that of the environment.
  var spoken: String {
    language ?? LessonLibrary.language(in: ProcessInfo.processInfo.environment)
  }

  /// The sentences; a `Failure` names what is wrong with a file, and where.
  func script() throws(Failure) -> LessonScript {
    switch topic {
    case .topic(let topic):
      guard let script = LessonLibrary.script(on: topic, in: spoken) else {
        throw Failure(.noInput, Self.missing)
      }
      return script
    case .file(let path):
      do {
        return try LessonLibrary.script(at: path)
      } catch {
        throw Failure(error.problem.isMissingFile ? .noInput : .data, "\(error)")
      }
    }
  }
}
