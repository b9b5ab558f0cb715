import ArgumentParser
import Explanation
import Images
import MobileNet
import Reports
import Research

struct VisualizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visualize",
    abstract: "Draw what a channel, a place or a class wants to see.",
    discussion: """
      Beginning with noise, a picture is changed step by step so that the channel's mean grows, \
      while it is turned, scaled and shifted at random. Its waves are optimised in place of its \
      pixels (Olah, Mordvintsev and Schubert, "Feature Visualization", 2017).

      Several channels become a sheet of pictures. The same seed gives the same picture.

      EXAMPLES
        mobilenet-explorer visualize --layer conv5_5_sep --channel 10 -o wants.png
        mobilenet-explorer visualize --layer conv4_2_sep --channel 0,7,74 -o a.png
        mobilenet-explorer visualize --class 3 --side 224 --steps 256 -o class.png
      """)

  @OptionGroup var target: TargetOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The channel of --layer, from 0, or several.", valueName: "N,…"))
  var channel: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("How often it is changed.", valueName: "N"))
  var steps = 64

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Its side: \(Resolution.sidesAllowed).", valueName: "R"))
  var side = 128

  @Option(parsing: .unconditional, help: ArgumentHelp("Where chance begins.", valueName: "N"))
  var seed: UInt64 = 1

  @Option(
    name: [.short, .long], help: ArgumentHelp("Where to write: FILE.png.", valueName: "FILE"))
  var output: String

  @Flag(help: "Print JSON: what was made large, and how large it became.")
  var json = false

  @Flag(help: "Replace a picture that is there.")
  var force = false

  @Option(
    name: .customLong("weights"),
    help: ArgumentHelp("A bundled or fetched name, or a checkpoint file.", valueName: "FILE|NAME"),
    completion: .weights, transform: NamedFile.path)
  var weights: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads to compute on (default: one per core, up to 8).", valueName: "N"))
  var threads: Int?

  func validate() throws {
    guard 1...10_000 ~= steps else {
      throw ValidationError("--steps \(steps): expected a number from 1 to 10000.")
    }
    guard Resolution.sides ~= side else {
      throw ValidationError("--side \(side): expected \(Resolution.sidesAllowed).")
    }
    if let threads { try NetworkOptions.validate(threads: threads) }
  }

  func run() throws {
    let file = try ResultFile(output, allowed: [.png], isNoneOf: [weights], force: force)
    var options = try NetworkOptions.parse([])
    (options.chosenWeights, options.resolution, options.threads) = (
      weights, Resolution(side: side), threads
    )
    let checkpoint = try options.checkpoint()
    let inquiry = try Inquiry(checkpoint, options)
    let targets = try channels().map {
      try target.target(channel: $0, in: inquiry.layers, of: checkpoint) {
        throw Failure(.usage, "expected a --class, or a --layer and a --channel")
      }
    }
    let bar = ProgressBar(total: targets.count * steps) { "\($0)" }
    var pictures: [Pixels] = []
    var rows: [VisualizationReport.Row] = []
    for target in targets {
      let picture: VisualizationQuestion.Answer
      do {
        picture = try inquiry.answer(
          VisualizationQuestion(
            inquiry.model, target: target, seed: seed, side: side, steps: steps)
        ) { bar.show(pictures.count * steps + $0.step, note: "steps") }
      } catch ExplanationError.tooLarge {
        throw tooLarge(target.text(inquiry.layers, checkpoint), options.weights)
      } catch let error as ExplanationError {
        throw Failure(.usage, "\(error)")
      }
      pictures.append(picture.pixels)
      rows.append(
        VisualizationReport.Row(
          target: target.text(inquiry.layers, checkpoint), value: picture.value ?? 0))
    }
    bar.clear()
    if let row = rows.first(where: { !$0.value.isFinite }) {
      throw tooLarge(row.target, options.weights)
    }
    try file.write(PictureSheet.pixels(pictures), isQuiet: json)
    let report = VisualizationReport(rows, steps: steps, side: side, seed: seed)
    try Output.print(json ? report.json.text() : report.text)
  }

  private func tooLarge(_ target: String, _ weights: String) -> Failure {
    Failure(.data, "\(weights): \(target): \(ExplanationError.tooLarge)")
  }

  /// Returns the channels that --channel names; a single nil without the option.
  private func channels() throws -> [Int?] {
    guard let channel else { return [nil] }
    return try LayerOption.channels(in: channel)
  }
}
