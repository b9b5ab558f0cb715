import ArgumentParser
import Foundation
import Lessons
import MobileNet

/// Options for a quiz in place of a lesson, and the files to write.
struct QuizOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Ask N questions about the photo instead, each with four choices.", valueName: "N"))
  var quiz: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --quiz, which questions: another number for another group, the same skills.",
      valueName: "N"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "With --quiz, write the worksheet to this file; - is standard output.", valueName: "FILE"))
  var text: String?

  @Option(
    help: ArgumentHelp(
      "With --quiz, write the answers to this file; - is standard output.", valueName: "FILE"))
  var key: String?

  @Option(
    help: ArgumentHelp(
      "With --quiz, write both as a page for a browser or a printer.", valueName: "FILE"))
  var html: String?

  /// The files that are asked for.
  var files: [String] { [text, key, html].compactMap(\.self) }

  /// The largest number of questions: a network's layers are soon used up.
  private static let most = 200

  func validate() throws {
    guard let quiz else {
      let lonely = [("--text", text), ("--key", key), ("--html", html)].first { $0.1 != nil }
      if let lonely { throw ValidationError("\(lonely.0): expected --quiz N as well.") }
      return
    }
    guard 1...Self.most ~= quiz else {
      throw ValidationError("--quiz \(quiz): 1 to \(Self.most) questions")
    }
    guard Set(files).count == files.count else {
      throw ValidationError("--text, --key and --html: expected a file of its own for each.")
    }
  }

  /// Writes the quiz about `trace` to the files that the options name; without any, prints
  /// worksheet and key.
  func write(
    count: Int, about trace: Trace, checkpoint: Checkpoint, image: String, language: String,
    asJSON: Bool
  ) throws {
    guard let words = QuizWords(language: language) else {
      throw Failure(.noInput, LessonOptions.missing)
    }
    let quiz = Quiz(
      about: trace, checkpoint: checkpoint, count: count, seed: seed, words: words)
    let photo = URL(fileURLWithPath: image).lastPathComponent
    let paper = QuizPaper(quiz, title: "\(photo) · \(checkpoint.name) · \(seed)", words: words)
    for (path, contents) in [(text, paper.worksheet), (key, paper.key), (html, paper.html)] {
      guard let path else { continue }
      try OutputFile.write(text: contents + "\n", to: path)
      if !asJSON, path != OutputFile.standardOutput { try Output.print(path) }
    }
    if asJSON { return try Output.print(paper.json.text()) }
    guard files.isEmpty else { return }
    try Output.print(paper.worksheet + "\n\n\n" + paper.key)
  }
}
