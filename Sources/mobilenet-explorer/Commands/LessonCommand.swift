import ArgumentParser
import Lessons
import MobileNet
import Reports
import Tensors

struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Show how a layer made one value: every product, the sum, the recorded value.",
    discussion: """
      EXAMPLES
        mobilenet-explorer lesson photo.jpg
        mobilenet-explorer lesson photo.jpg --layer conv4_1_dw --cell 12,7 --channel 17
        mobilenet-explorer lesson photo.jpg --layer fc7 --json
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @Option(help: ArgumentHelp("The layer, by name or number.", valueName: "NAME"))
  var layer = "conv2_1_dw"

  @Option(
    help: ArgumentHelp(
      "Column and row of the value, from 0 (default: the channel's largest).", valueName: "X,Y"))
  var cell: String?

  @Option(
    help: ArgumentHelp(
      "The channel, from 0 (default: the one that varies most).", valueName: "N"))
  var channel: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let checkpoint = try options.checkpoint()
    let network = try options.network(checkpoint)
    let position = try LayerOption.position(of: layer, in: network.layers)
    let described = network.layers[position]
    if let channel { try LayerOption.check(channel: channel, of: described) }
    let cell = try cell.map { try place($0, in: described) }
    let photo = try ImageInput(image).photo(for: checkpoint, side: network.resolution)
    let trace = network.run(photo.prepared.tensor)
    let output = trace.output(at: position)
    let channel = channel ?? ChannelStatistics(output).mostVaried
    let (row, column) = cell ?? output.plane(channel).largestPlace
    let walkthrough = Walkthrough(
      trace, checkpoint: checkpoint, position: position, row: row, column: column,
      channel: channel)
    let report = WalkthroughReport(walkthrough, checkpoint: checkpoint)
    print(try json ? report.json.text() : report.text)
  }

  private func place(_ text: String, in layer: Layer) throws -> (row: Int, column: Int) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let column = numbers[0], let row = numbers[1],
      0..<layer.output.width ~= column, 0..<layer.output.height ~= row
    else {
      throw Failure(
        .usage,
        "--cell \(text): column and row of \(layer.name), from 0,0 to "
          + "\(layer.output.width - 1),\(layer.output.height - 1)")
    }
    return (row, column)
  }
}
