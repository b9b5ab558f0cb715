import ArgumentParser
import Foundation
import Reports

@main
struct MobileNetExplorer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mobilenet-explorer",
    abstract: "Look inside a MobileNet v1 while it classifies a photo.",
    discussion: """
      EXAMPLES
        mobilenet-explorer                      open the explorer on a bundled sample
        mobilenet-explorer photo.jpg            open it on a photo
        mobilenet-explorer photo.jpg | cat      print a report instead
        mobilenet-explorer live clip.y4m        open it on a stream of frames
        mobilenet-explorer classify *.jpg       the five most likely classes of each
        cat photo.jpg | mobilenet-explorer classify -
        mobilenet-explorer --generate-completion-script zsh

      \(Failure.help)
      """,
    version: Version.text,
    subcommands: [
      ExploreCommand.self, ClassifyCommand.self, LayersCommand.self, HeatmapCommand.self,
      LessonCommand.self, CompareCommand.self, LiveCommand.self, ExportCommand.self,
      EvaluateCommand.self, WeightsCommand.self, SamplesCommand.self, ConfigCommand.self,
      BenchCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)

  /// Runs a command; a `Failure` becomes one line on standard error and its exit status.
  static func main() {
    do {
      exit(withError: try runCommand())
    } catch let failure as Failure {
      failure.leave()
    } catch {
      exit(withError: error)
    }
  }

  /// Runs a command, or says what the argument parser has to say: help, or a mistake.
  private static func runCommand() throws -> ExitCode {
    do {
      try checkCommandName(CommandLine.arguments.dropFirst().first ?? "")
      var command = try parseAsRoot()
      try command.run()
      return .success
    } catch let failure as Failure {
      throw failure
    } catch {
      let (status, text) = (exitCode(for: error), fullMessage(for: error))
      if status.isSuccess {
        try Output.print(text)
      } else if !text.isEmpty {
        Console.write(text.printable + "\n")
      }
      return status
    }
  }

  /// Throws if `word` is meant to be a command and is none; it may be an image as well.
  private static func checkCommandName(_ word: String) throws(Failure) {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard !word.isEmpty, word.allSatisfy(\.isLetter), !names.contains(word),
      !FileManager.default.fileExists(atPath: word),
      let nearest = names.nearest(to: word), nearest.distance(to: word) <= 1 + word.count / 4
    else { return }
    throw Failure(
      .usage, "\(word): no such command, and no such file; did you mean \(nearest)?")
  }
}
