import ArgumentParser
import MobileNet
import Reports

struct LayersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layers",
    abstract: "Print the table of layers, without any weights.",
    discussion: """
      EXAMPLES
        mobilenet-explorer layers
        mobilenet-explorer layers --width 0.5 --resolution 160
        mobilenet-explorer layers --shallow --json
      """)

  @Option(parsing: .unconditional, help: ArgumentHelp("The width multiplier α.", valueName: "A"))
  var width = 1.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The input: \(Resolution.allowed).", valueName: "R"))
  var resolution: Resolution = 224

  @Flag(help: "Leave out the five middle pairs.")
  var shallow = false

  @Option(parsing: .unconditional, help: ArgumentHelp("The number of classes.", valueName: "N"))
  var classes = 1000

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    try NetworkOptions.validate(resolution: resolution)
    guard width > 0, width <= 4 else {
      throw ValidationError("--width \(width): expected a number above 0 and at most 4.")
    }
    guard 1...100_000 ~= classes else {
      throw ValidationError("--classes \(classes): expected a number from 1 to 100,000.")
    }
  }

  func run() throws {
    let architecture = Architecture(width: width, shallow: shallow, classes: classes)
    let table = LayerTable(layers: architecture.layers(resolution: resolution))
    try Output.print(json ? table.json.text() : table.text)
  }
}
