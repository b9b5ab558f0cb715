import ArgumentParser
import Evaluation
import Folders
import Foundation
import MobileNet
import Reports

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Say how good a network is on labelled images, and where it goes wrong.",
    discussion: """
      FOLDER holds a folder per class, named by label or WordNet id, with images at any depth. \
      With --truth it holds the images that the lines "file class" name.

      Prints top-1 and top-5 accuracy; the calibration error (ECE, 15 bins) and how often answers \
      of each confidence are right; the worst classes; which is taken for which; and the wrong \
      images with the place that the truth has among the answers.

      EXAMPLES
        mobilenet-explorer evaluate val --weights mobilenet-0.5 --resolution 160
        mobilenet-explorer evaluate images --truth annotations.txt --json
        mobilenet-explorer evaluate val --csv answers.csv       # one row an image
        mobilenet-explorer evaluate val --weights quant.tflite --precision integer
      """)

  @OptionGroup var images: LabelledFolder

  @Option(
    help: ArgumentHelp(
      "Write a row for each image; - prints these alone, to standard output.", valueName: "FILE"))
  var csv: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many lines of each list to print.", valueName: "N"))
  var rows = 10

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var precision: PrecisionOption
  @OptionGroup var options: NetworkOptions

  mutating func validate() throws {
    (images.truth, options.input.labels) = images.told(labels: options.input.labels)
    if json, csv == OutputFile.standardOutput {
      throw ValidationError("--csv - and --json: standard output takes one of them.")
    }
    guard rows >= 0 else { throw ValidationError("--rows \(rows): expected at least 0.") }
  }

  func run() throws {
    let checkpoint = try options.checkpoint()
    guard checkpoint.architecture.classes != nil else {
      throw Failure(.data, "\(options.weights): has no classifier, so there is nothing to evaluate")
    }
    if let csv, csv != OutputFile.standardOutput { try OutputFile.check(noPicture: csv) }
    let found = try images.images(for: checkpoint)
    let evaluator = try makeEvaluator(checkpoint)
    let bar = ProgressBar(total: found.count)
    let clock = ContinuousClock()
    let start = clock.now
    let evaluation = evaluator.evaluate(found) { progress in
      bar.show(
        progress.images + progress.unreadable,
        note: "top-1 \(NumberText.percent(progress.top1Share, digits: 2))")
    }
    let seconds = (clock.now - start) / .seconds(1)
    bar.clear()
    if let failure = evaluation.failure { throw Failure(.data, "\(images.folder): \(failure)") }
    for image in evaluation.unreadable { Console.note(image.reason) }
    let report = EvaluationReport(
      evaluation, checkpoint: checkpoint, resolution: options.resolution(for: checkpoint),
      imagesPerSecond: Double(evaluation.answers.count) / seconds)
    if let csv { try OutputFile.write(text: report.csv, to: csv) }
    if csv != OutputFile.standardOutput {
      try Output.print(json ? report.json.text() : report.text(rows: rows))
    }
    // An image that a list names must exist.
    if let list = images.truth, !evaluation.unreadable.isEmpty {
      let count = evaluation.unreadable.count
      throw Failure(.noInput, "\(list): \(count) of its images could not be classified")
    }
  }

  private func makeEvaluator(_ checkpoint: Checkpoint) throws -> Evaluator {
    do {
      return try Evaluator(
        checkpoint, precision: precision.precision(for: checkpoint),
        resolution: options.resolution(for: checkpoint),
        threads: options.imageThreads)
    } catch {
      throw precision.failure(error, options)
    }
  }
}
