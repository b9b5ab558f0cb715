import ArgumentParser

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
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      failure.leave()
    } catch {
      exit(withError: error)
    }
  }
}
