import ArgumentParser
import Cells
import Explorer
import MobileNet
import Tensors

struct HeatmapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heatmap",
    abstract: "Print one channel's activation as text.",
    discussion: """
      EXAMPLES
        mobilenet-explorer heatmap photo.jpg --layer conv4_1_sep --channel 17
        mobilenet-explorer heatmap photo.jpg --layer conv1 --columns 60 --color always
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The layer, by name or number.", valueName: "NAME"))
  var layer: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The channel, from 0 (default: the one that varies most).", valueName: "N"))
  var channel: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("How many characters wide.", valueName: "C"))
  var columns = 64

  @OptionGroup var display: DisplayOptions
  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard 4...1000 ~= columns else {
      throw ValidationError("--columns \(columns): expected a number from 4 to 1000.")
    }
  }

  func run() throws {
    let checkpoint = try options.checkpoint()
    let inquiry = try Inquiry(checkpoint, options)
    let position = try LayerOption.position(of: layer, in: inquiry.layers)
    if let channel { try LayerOption.check(channel: channel, of: inquiry.layers[position]) }
    let trace = try inquiry.run(on: inquiry.photo(image)).trace
    if trace.problem != nil {
      let overflow = "\(options.weights): \(trace.overflow)"
      // What is behind that layer is made of what is no number, and shows nothing.
      guard let first = trace.firstOverflow, position <= first else {
        throw Failure(.data, overflow)
      }
      Console.note(overflow)
    }
    let heatmap = HeatmapText(
      trace.output(at: position), of: inquiry.layers[position], channel: channel)
    var settings = try display.settings()
    guard !settings.view.isPlain else {
      return try Output.print(heatmap.sentences.joined(separator: "\n"))
    }
    settings.view.capabilities = settings.capabilities
    settings.view.fixed = FixedRange(trace)
    try Output.write(settings.text(of: heatmap.drawn(columns: columns, view: settings.view)) + "\n")
  }
}
