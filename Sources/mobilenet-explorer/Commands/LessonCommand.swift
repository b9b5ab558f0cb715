import ArgumentParser
import Lessons
import MobileNet
import Reports
import Research
import Tensors

struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Explain how a layer works, step by step, with the numbers of a photo.",
    discussion: """
      TOPICS
        cell          how a value was made: every product and their sum
        field         how much of the photo a cell sees, layer by layer
        padding       Caffe's and TensorFlow's padding, and the answer with either
        batch-norm    how batch norm became weights and biases
        activation    ReLU and ReLU6, what they cut off, and the answer with either
        replacement   the standard convolution that a pair replaced, measured
        network       where parameters, multiply-adds and time go, measured
        picture       what a depthwise and a pointwise layer do to the photo
        background    a class that was learned by its background, and the cure

      EXAMPLES
        mobilenet-explorer lesson photo.jpg
        mobilenet-explorer lesson a.jpg --layer conv4_1_dw --cell 7,12 --channel 17
        mobilenet-explorer lesson photo.jpg --topic padding
        mobilenet-explorer lesson photo.jpg --topic replacement --layer conv3_2_sep
        mobilenet-explorer lesson photo.jpg --layer fc7 --json
        mobilenet-explorer lesson photo.jpg --topic padding --language de
        mobilenet-explorer lesson photo.jpg --topic mine.lesson
        mobilenet-explorer lesson photo.jpg --topic cell --names
        mobilenet-explorer lesson photo.jpg --quiz 20 --text sheet.txt --key key.txt

      A lesson file is plain text; Sources/Study/Lessons/Files/README.md explains it.
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @OptionGroup var lesson: LessonOptions

  @Option(
    help: ArgumentHelp(
      "The layer, by name or number (default: conv2_1_dw, or the file's); if the topic is not "
        + "about it, the last one before it.",
      valueName: "NAME"))
  var layer: String?

  @Option(
    help: ArgumentHelp(
      "Row and column of the value, from 0 (default: the channel's largest).",
      valueName: "ROW,COLUMN"))
  var cell: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The channel, from 0 (default: the one that varies most).", valueName: "N"))
  var channel: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var paper: QuizOptions

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let script = try lesson.script()
    let topic = script.topic
    let checkpoint = try options.checkpoint()
    let model = Numbered(
      Model(
        checkpoint: checkpoint, source: options.weights, resolution: options.side(for: checkpoint)),
      number: 0)
    let layers = model.layers
    let position = topic.layer(
      nearest: try LayerOption.position(
        of: layer ?? script.layer ?? "conv2_1_dw", in: layers), in: layers)
    let channel = channel ?? script.channel
    if let channel { try LayerOption.check(channel: channel, of: layers[position]) }
    let cell = try cell.map { try place($0, in: layers[position]) }
    let photo = Numbered(
      try ImageInput(image).photo(for: checkpoint, side: model.resolution), number: 0)
    let researcher = options.researcher
    guard let run = try researcher.answer(RunQuestion(model, photo)).run else { return }
    if let quiz = paper.quiz {
      return try paper.write(
        count: quiz, about: run.trace, checkpoint: checkpoint, image: image,
        language: lesson.spoken, asJSON: json)
    }
    let shown = channel ?? run.value.statistics(at: position).mostCoherent
    let (row, column) = cell ?? run.trace.output(at: position).plane(shown).largestPlace
    let question = SubjectQuestion(
      topic, model, run, layer: position, row: row, column: column, channel: shown)
    var subject = try researcher.answer(question)
    subject.script = script
    guard let told = topic.lesson(about: subject) else { return }
    if lesson.names { return try Output.print(Self.table(of: told.facts)) }
    let problems = script.problems(with: told.facts)
    guard problems.isEmpty else {
      throw Failure(.data, problems.map { "\($0)" }.joined(separator: "\n"))
    }
    try Output.print(json ? told.json.text() : told.text)
  }

  /// The names that a lesson file can use, and what they stand for here.
  private static func table(of facts: Facts) -> String {
    let width = facts.named.map(\.name.count).max() ?? 0
    return facts.named.map { "\($0.name.padded(right: width))  \($0.text)" }
      .joined(separator: "\n")
  }

  private func place(_ text: String, in layer: Layer) throws -> (row: Int, column: Int) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let row = numbers[0], let column = numbers[1],
      0..<layer.output.width ~= column, 0..<layer.output.height ~= row
    else {
      throw Failure(
        .usage,
        "--cell \(text): row and column of \(layer.name), from 0,0 to "
          + "\(layer.output.height - 1),\(layer.output.width - 1)")
    }
    return (row, column)
  }
}
