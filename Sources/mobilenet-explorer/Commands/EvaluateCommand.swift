import ArgumentParser
import Evaluation
import Foundation
import MobileNet
import Reports

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure top-1 and top-5 accuracy on labelled images.",
    discussion: """
      FOLDER holds a folder per class, named by label or WordNet id, with images at any depth. \
      With --labels it holds the images that the lines "file class" name.

      EXAMPLES
        mobilenet-explorer evaluate val --weights mobilenet-0.5 --resolution 160
        mobilenet-explorer evaluate val/images --labels val/val_annotations.txt --json
      """)

  @Argument(help: ArgumentHelp("Where the images are.", valueName: "FOLDER"))
  var folder: String

  @Option(help: ArgumentHelp("A list of files and classes.", valueName: "FILE"))
  var labels: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let checkpoint = try options.checkpoint()
    guard checkpoint.architecture.classes != nil else {
      throw Failure(.data, "\(options.weights): has no classifier, so there is nothing to evaluate")
    }
    let found = try labelledImages(ClassNames(checkpoint))
    for name in found.unknownFolders.prefix(5) {
      Console.note("\(folder)/\(name): not a class of \(checkpoint.name), left out")
    }
    let threads = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
    let evaluator = try makeEvaluator(checkpoint, threads: threads)
    let bar = ProgressBar(total: found.images.count)
    let clock = ContinuousClock()
    let start = clock.now
    let score = evaluator.score(found.images) { score in
      bar.show(
        score.images + score.unreadable.count,
        note: "top-1 \(NumberText.percent(score.top1Share, digits: 2))")
    }
    let seconds = (clock.now - start) / .seconds(1)
    bar.clear()
    for reason in score.unreadable { Console.note(reason) }
    try report(score, imagesPerSecond: Double(score.images) / seconds, checkpoint)
    if score.images == 0 { throw Failure(.data, "\(folder): no image could be read") }
  }

  private func labelledImages(_ classes: ClassNames) throws -> LabelledImages {
    do {
      if let labels {
        return try LabelledImages(list: labels, folder: folder, classes: classes)
      }
      return try LabelledImages(folder: folder, classes: classes)
    } catch {
      throw Failure(error)
    }
  }

  private func makeEvaluator(_ checkpoint: Checkpoint, threads: Int) throws -> Evaluator {
    do {
      return try Evaluator(
        checkpoint, resolution: options.side(for: checkpoint), threads: threads)
    } catch {
      throw Failure(.data, "\(options.weights): \(error)")
    }
  }

  private func report(
    _ score: Evaluator.Score, imagesPerSecond: Double, _ checkpoint: Checkpoint
  ) throws {
    if json {
      struct Row: Encodable {
        let weights: String
        let resolution: Int
        let images: Int
        let unreadable: Int
        let top1: Double
        let top5: Double
        let imagesPerSecond: Double
      }
      return try Output.print(
        JSONReport(
          Row(
            weights: checkpoint.name, resolution: options.side(for: checkpoint),
            images: score.images, unreadable: score.unreadable.count,
            top1: score.top1Share * 100, top5: score.top5Share * 100,
            imagesPerSecond: imagesPerSecond)
        ).text())
    }
    try Output.print(
      "top-1 \(NumberText.percent(score.top1Share, digits: 2))  "
        + "top-5 \(NumberText.percent(score.top5Share, digits: 2))")
    try Output.print(
      "\(NumberText.grouped(score.images)) image\(score.images == 1 ? "" : "s"), "
        + "\(NumberText.fixed(imagesPerSecond, 1)) images/s")
  }
}
