import ArgumentParser
import Files
import Foundation
import Kernels
import Reports

@main
struct MobileNetExplorer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mobilenet-explorer",
    abstract: "Look inside a MobileNet v1 while it classifies a photo.",
    discussion: """
      EXAMPLES
        mobilenet-explorer                      # explore a bundled sample
        mobilenet-explorer photo.jpg            # open it on a photo
        mobilenet-explorer photo.jpg | cat      # print a report instead
        mobilenet-explorer live clip.y4m        # open it on a stream of frames
        mobilenet-explorer classify *.jpg       # the likeliest classes of each
        cat photo.jpg | mobilenet-explorer classify -
        mobilenet-explorer --generate-completion-script zsh

      Of an option for one value that is given twice, the last counts, and a note says so.

      A photo or a stream called - is standard input, and where text is written to a file, - is \
      standard output. All other files have names; ./- is a file called -.

      A picture or a checkpoint that exists is replaced only with --force; text, arrays and the \
      files of export are replaced.

      \(Failure.help)
      """,
    version: Version.text,
    subcommands: [
      ExploreCommand.self, ClassifyCommand.self, LayersCommand.self, HeatmapCommand.self,
      LessonCommand.self, ExplainCommand.self, VisualizeCommand.self, PatchCommand.self,
      FoolCommand.self, CompareCommand.self, LiveCommand.self, ExportCommand.self,
      EvaluateCommand.self, LearnCommand.self, FeaturesCommand.self, SimilarCommand.self,
      AtlasCommand.self, ClassesCommand.self, WeightsCommand.self, SamplesCommand.self,
      ConfigCommand.self, BenchCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)

  /// Runs a command; an error becomes one line on standard error and an exit status.
  static func main() {
    StandardStreams.prepare()
    do {
      exit(withError: try runCommand())
    } catch let failure as Failure {
      failure.leave()
    } catch {
      exit(withError: error)
    }
  }

  /// Runs a command; the argument parser's answers (help, a mistake) are printed here.
  private static func runCommand() throws -> ExitCode {
    do {
      try checkInstructionSet()
      let arguments = FileName.arguments.withNegativeValues
      try checkNothingIsEmpty(arguments)
      try checkCommandName(arguments[...], among: configuration)
      var command = try parseAsRoot(arguments)
      for repetition in Repetition.all(in: arguments, of: type(of: command)) {
        Console.note(repetition.text)
      }
      try command.run()
      return .success
    } catch let failure as Failure {
      throw failure
    } catch {
      let (status, text) = (exitCode(for: error), fullMessage(for: error))
      // The parser's own mistakes have other exit statuses.
      if status == .failure, !(error is ExitCode) { throw Failure(error) }
      if status.isSuccess {
        try Output.print(text)
      } else if !text.isEmpty {
        Console.write(text.withListsOnOneLine.printable + "\n")
      }
      return status
    }
  }

  /// Throws if the environment asks for kernels that this machine cannot run.
  private static func checkInstructionSet() throws(Failure) {
    let variable = "MOBILENET_INSTRUCTION_SET"
    guard let named = ProcessInfo.processInfo.environment[variable] else { return }
    let names = InstructionSet.available.map(\.rawValue)
    guard !names.contains(named) else { return }
    throw Failure(
      .usage,
      "\(variable)=\(named): expected one that this machine has: \(names.joined(separator: ", ")).")
  }

  /// Throws if one of `arguments` is empty, as "$FILE" is in a shell where FILE is not set.
  private static func checkNothingIsEmpty(_ arguments: [String]) throws(Failure) {
    // For completion, shells pass the empty word that is being completed.
    if let first = arguments.first, first.hasPrefix("---") { return }
    for (number, argument) in zip(1..., arguments) {
      if argument.isEmpty {
        throw Failure(.usage, "argument \(number) is empty: expected a file, a name or a value")
      }
      if argument.hasPrefix("--"), argument.drop(while: { $0 != "=" }) == "=" {
        throw Failure(.usage, "\(argument) is empty: expected a value behind it")
      }
    }
  }

  /// Throws if the first of `words` looks like a misspelt command; the word may also be an image.
  private static func checkCommandName(
    _ words: ArraySlice<String>, among commands: CommandConfiguration
  ) throws(Failure) {
    guard let word = words.first, !commands.subcommands.isEmpty else { return }
    if word == "help" { return try checkHelp(words.dropFirst(), among: commands) }
    if let command = commands.subcommands.first(where: { $0.configuration.commandName == word }) {
      return try checkCommandName(words.dropFirst(), among: command.configuration)
    }
    let names = commands.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard word.allSatisfy(\.isLetter),
      FileName.kind(at: word) == nil,
      let nearest = names.nearest(to: word)
    else { return }
    throw Failure(
      .usage, "\(word): no such command, and no such file; did you mean \(nearest)?")
  }

  /// Throws if one of `words`, behind "help", is no command.
  private static func checkHelp(
    _ words: ArraySlice<String>, among commands: CommandConfiguration
  ) throws(Failure) {
    guard let word = words.first, !word.hasPrefix("-"), !commands.subcommands.isEmpty else {
      return
    }
    guard
      let command = commands.subcommands.first(where: { $0.configuration.commandName == word })
    else {
      let names = commands.subcommands.compactMap { $0.configuration.commandName }
      let hint = names.nearest(to: word).map { "; did you mean \($0)?" } ?? ""
      throw Failure(
        .usage, "help \(word): no such command\(hint) (expected \(names.joined(separator: ", ")))")
    }
    try checkHelp(words.dropFirst(), among: command.configuration)
  }
}

extension [String] {
  /// The arguments, with a number below zero joined to the option that it follows: the parser would
  /// take it for an option, and say that the value is missing.
  var withNegativeValues: [String] {
    // For completion, shells pass the words as they are.
    if first?.hasPrefix("---") == true { return self }
    var joined: [String] = []
    for (place, word) in enumerated() {
      if word.starts(with: /-\.?\d/), let option = joined.last,
        option.wholeMatch(of: /--[^=]+|-[a-z]/) != nil, !self[..<place].contains("--")
      {
        joined[joined.count - 1] = option + "=" + word
      } else {
        joined.append(word)
      }
    }
    return joined
  }
}

extension String {
  /// The argument parser's message, in which a list of possible values takes a line for each, with
  /// such lists on one line.
  fileprivate var withListsOnOneLine: String {
    replacing(/Please provide one of the following:((?:\n {2}- .+)+)/) { match in
      let values = match.output.1.split(separator: "\n").map { $0.dropFirst(4) }
      return "Please provide one of \(values.joined(separator: ", "))."
    }
  }
}
