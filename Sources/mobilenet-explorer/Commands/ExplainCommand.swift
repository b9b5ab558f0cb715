import ArgumentParser
import Explanation
import MobileNet
import Research

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say which parts of a photo made the answer.",
    discussion: """
      METHODS
        gradient               how much the number moves if a value changes a little
        smoothgrad             the mean of the gradients of noisy copies
        integrated             what each value adds on the way from a grey picture
        grad-cam               the channels that matter, where they are active
        gradient-x-activation  the gradient times the value
        occlusion              what is lost when a square is greyed out
        all                    each of them, and which holds best on this photo

      How well each holds: squares of the photo are greyed out, or uncovered, the most important \
      first. A good explanation has a small area under the deletion curve and a large one under \
      the insertion curve, beside those of chance.

      OUTPUT
        FILE.png  the parts over the photo: warm speaks for it, cool against it
        FILE.npy  the parts as they are: float32, height × width × channels

      The gradient is that with respect to what export --layer input writes, or to the layer.

      EXAMPLES
        mobilenet-explorer explain photo.jpg
        mobilenet-explorer explain photo.jpg --method all
        mobilenet-explorer explain photo.jpg --class 3 --against 5 -o map.png
        mobilenet-explorer explain photo.jpg --method integrated --steps 256 --json
        mobilenet-explorer explain photo.jpg --layer conv5_1_sep --channel 7 -o a.npy
        mobilenet-explorer explain photo.jpg --method grad-cam --at conv5_5_sep --json
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @OptionGroup var target: TargetOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The channel of --layer, from 0.", valueName: "N"))
  var channel: Int?

  @Option(help: ArgumentHelp("How to explain (default: gradient).", valueName: "METHOD|all"))
  var method = ExplanationMethod.gradient.rawValue

  @Option(
    help: ArgumentHelp(
      "What is looked at: the input, or a layer by name or number (default: the input; for "
        + "grad-cam the last convolution before what is explained).", valueName: "input|NAME"))
  var at: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Where to write the parts: FILE.png or FILE.npy.", valueName: "FILE"))
  var output: String?

  @Option(help: "What to write (default: what the name of --output ends in).")
  var format: ResultFile.Format?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Replace a picture that is there.")
  var force = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The steps of integrated gradients.", valueName: "N"))
  var steps = Explainer.Settings().steps

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The noisy copies of smoothgrad.", valueName: "N"))
  var samples = Explainer.Settings().samples

  @Option(parsing: .unconditional, help: ArgumentHelp("Where chance begins.", valueName: "N"))
  var seed: UInt64 = Explainer.Settings().seed

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let methods = try methods()
    guard format == nil || output != nil else {
      throw Failure(.usage, "--format: expected an --output as well")
    }
    let file = try output.map {
      try ResultFile(
        $0, allowed: format.map { [$0] } ?? ResultFile.Format.allCases,
        isNoneOf: [image, options.weights, options.input.labels], force: force)
    }
    let checkpoint = try options.checkpoint()
    let inquiry = try Inquiry(checkpoint, options)
    let level = try level(in: inquiry.layers)
    let photo = try inquiry.photo(image)
    let run = try inquiry.run(on: photo)
    if let problem = run.trace.problem { throw Failure(.data, "\(image): \(problem)") }
    let target = try target.target(
      channel: channel, in: inquiry.layers, of: checkpoint,
      likely: { run.trace.predictions(top: 1).first?.classIndex ?? 0 })
    var settings = Explainer.Settings()
    (settings.steps, settings.samples, settings.seed) = (steps, samples, seed)
    let bar = ProgressBar(total: 100) { "\($0) %" }
    let survey: SurveyQuestion.Answer
    do {
      survey = try inquiry.answer(
        SurveyQuestion(
          inquiry.model, run, target: target, methods: methods, level: level,
          measuresCurves: file == nil || json, settings: settings)
      ) { bar.show(Int(100 * $0.part), note: $0.method?.rawValue ?? "") }
    } catch let error as ExplanationError {
      // The settings in the error have the names of their options.
      if case .setting = error { throw Failure(.usage, "--\(error)") }
      throw Failure(.usage, "\(error)")
    }
    bar.clear()
    if let file, let found = survey.entries.first?.explanation {
      try file.write(
        ExplanationPicture.pixels(found.map, over: photo.prepared.pixels), found.values,
        isQuiet: json)
    }
    let report = ExplanationReport(
      image: image, survey.entries, chance: survey.chance, layers: inquiry.layers,
      checkpoint: checkpoint)
    try Output.print(json ? report.json.text() : report.text)
  }

  private func level(in layers: [Layer]) throws -> Explainer.Level {
    switch at {
    case nil: .usual
    case "input": .input
    case let name?: .layer(try LayerOption.position(of: name, in: layers, option: "--at"))
    }
  }

  private func methods() throws -> [ExplanationMethod] {
    if method == "all" {
      guard output == nil else {
        throw Failure(.usage, "--method all: expected one method to write to --output")
      }
      return ExplanationMethod.allCases
    }
    guard let found = ExplanationMethod(rawValue: method) else {
      let names = ExplanationMethod.allCases.map(\.rawValue) + ["all"]
      let hint = names.nearest(to: method).map { "; did you mean \($0)?" } ?? ""
      throw Failure(
        .usage,
        "--method \(method): no such method\(hint) (expected \(names.joined(separator: ", ")))")
    }
    return [found]
  }
}
