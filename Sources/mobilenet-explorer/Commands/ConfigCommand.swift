import ArgumentParser
import Settings

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print the settings that hold, as a configuration file with comments.",
    discussion: """
      EXAMPLES
        mobilenet-explorer config
        mkdir -p ~/.config/mobilenet-explorer
        mobilenet-explorer config > new && mv new ~/.config/mobilenet-explorer/config
      """)

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let settings = try display.settings()
    try Output.print("# mobilenet-explorer reads this from \(SettingsFile(display.config).path)")
    try Output.write(settings.text)
  }
}
