import ArgumentParser
import Explanation
import Images
import MobileNet
import Reports
import Research

struct FoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fool",
    abstract: "Change a photo by a few grey levels so that the answer is another.",
    discussion: """
      Every colour of every pixel goes one step up or down, as the sign of the gradient says (the \
      fast gradient sign method). People see no difference, and the network answers something \
      else. With --class the answer becomes that class, which often needs several rounds. Without \
      --step the smallest step is taken that does it.

      OUTPUT
        FILE.png  the changed photo at the network's side; classify answers the same

      EXAMPLES
        mobilenet-explorer fool photo.jpg
        mobilenet-explorer fool photo.jpg --class teapot --rounds 10 -o teapot.png
        mobilenet-explorer fool photo.jpg --step 2 --json
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @Option(
    name: .customLong("class"), parsing: .unconditional,
    help: ArgumentHelp(
      "What is to be answered, by label or number (default: anything else).", valueName: "NAME"))
  var className: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most grey levels, of 255, that a colour may change.", valueName: "N"))
  var step: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("In how many rounds the step is made.", valueName: "N"))
  var rounds = 1

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Where to write the changed photo: FILE.png.", valueName: "FILE"))
  var output: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("How many classes to print.", valueName: "N"))
  var top = 5

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Replace a picture that is there.")
  var force = false

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    let steps = AdversarialExample.steps
    if let step, !steps.contains(step) {
      throw ValidationError(
        "--step \(step): expected a number from \(steps.lowerBound) to \(steps.upperBound).")
    }
    let most = AdversarialExample.rounds
    guard most.contains(rounds) else {
      throw ValidationError(
        "--rounds \(rounds): expected a number from \(most.lowerBound) to \(most.upperBound).")
    }
    guard top >= 1 else { throw ValidationError("--top \(top): expected at least 1.") }
  }

  func run() throws {
    let file = try output.map {
      try ResultFile(
        $0, allowed: [.png], isNoneOf: [image, options.weights, options.input.labels],
        force: force)
    }
    let checkpoint = try options.checkpoint()
    guard checkpoint.architecture.classes ?? 0 > 1 else {
      throw Failure(.data, "\(options.weights): has no classes to choose from")
    }
    let inquiry = try Inquiry(checkpoint, options)
    let photo = try inquiry.photo(image)
    let trace = try inquiry.run(on: photo).trace
    if let problem = trace.problem { throw Failure(.data, "\(image): \(problem)") }
    let before = trace.predictions(top: top)
    let answer = before.first?.classIndex ?? 0
    let aim = try aim(answer, checkpoint)
    let tried = step.map { $0...$0 } ?? AdversarialExample.usualSteps
    let bar = ProgressBar(total: tried.count)
    let examples = try inquiry.answer(
      AdversarialQuestion(
        inquiry.model, photo, aim: aim, rounds: rounds, steps: tried, endsWhenReached: true)
    ) { bar.show($0.count, note: "steps") }
    bar.clear()
    guard let found = examples.last else { return }
    if let file {
      try file.write(found.pixels, isQuiet: json)
      try check(file.path, found, checkpoint, resolution: inquiry.model.resolution)
    }
    let report = ChangeReport(
      image: image, change: change(found, aim, checkpoint), before: before,
      after: Array(found.predictions.prefix(top)), checkpoint: checkpoint)
    try Output.print(json ? report.json.text() : report.text)
  }

  private func aim(_ answer: Int, _ checkpoint: Checkpoint) throws -> AdversarialExample.Aim {
    guard let className else { return .away(from: answer) }
    let index = try ClassOption.index(of: className, in: checkpoint, option: "--class")
    guard index != answer else {
      throw Failure(.usage, "--class \(className): expected another than what is answered already")
    }
    return .toward(index)
  }

  private func change(
    _ found: AdversarialExample, _ aim: AdversarialExample.Aim, _ checkpoint: Checkpoint
  ) -> String {
    let levels = found.step == 1 ? "1 grey level" : "\(found.step) grey levels"
    let how = "\(levels) of 255 up or down" + (rounds > 1 ? ", in \(rounds) rounds" : "")
    let answer = found.predictions.first?.classIndex
    let name = answer.map { checkpoint.shortLabel($0) } ?? "?"
    guard !aim.isReached(by: answer) else { return "\(how): the answer is \(name)" }
    let advice = rounds == 1 ? "; --rounds 10 goes further" : ""
    return "\(how): the answer is \(name) and not what was wanted" + advice
  }

  /// Prints a note if the file reaches the network changed, because its preprocessing crops every
  /// picture.
  private func check(
    _ path: String, _ found: AdversarialExample, _ checkpoint: Checkpoint, resolution: Resolution
  ) throws {
    let again = try ImageInput(path).photo(for: checkpoint, resolution: resolution).prepared.pixels
    guard again.bytes != found.pixels.bytes else { return }
    Console.note("\(path): has no margin to crop; classify it with --crop 1")
  }
}
