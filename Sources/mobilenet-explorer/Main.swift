import ArgumentParser

@main
struct MobileNetExplorer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mobilenet-explorer",
    abstract: "Look inside a MobileNet v1 while it classifies a photo.",
    version: "0.1.0",
    subcommands: [LayersCommand.self, BenchCommand.self])
}
