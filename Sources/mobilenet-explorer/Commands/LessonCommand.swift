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
        field         the receptive field: how much of the photo a value sees
        padding       Caffe's and TensorFlow's padding, and the answer with either
        batch-norm    how batch norm became weights and biases
        activation    ReLU and ReLU6, what they cut off, and the answer with either
        replacement   the standard convolution that a pair replaced, measured
        network       where parameters, multiply-adds and time go, measured
        picture       what a depthwise and a pointwise layer do to the photo
        background    a class that was learned by its background, and the cure
        backpropagation  what a value and a weight change of the answer, measured
        quantisation  how a layer computes with bytes, and what one scale loses

      EXAMPLES
        mobilenet-explorer lesson photo.jpg
        mobilenet-explorer lesson a.jpg --layer conv4_1_dw --cell 7,12 --channel 17
        mobilenet-explorer lesson photo.jpg --topic padding
        mobilenet-explorer lesson photo.jpg --topic replacement --layer conv3_2_sep
        mobilenet-explorer lesson photo.jpg --layer fc7 --json
        mobilenet-explorer lesson photo.jpg --topic padding --language de
        mobilenet-explorer lesson photo.jpg --topic mine.lesson
        mobilenet-explorer lesson photo.jpg --topic cell --names
        mobilenet-explorer lesson photo.jpg --topic all --hand-out lessons.html
        mobilenet-explorer lesson photo.jpg --hand-out b.md --without-answers
        mobilenet-explorer lesson photo.jpg --quiz 20 --text sheet.txt --key key.txt

      LESSON FILES
        A lesson of your own is plain text in a file NAME.lesson. --names lists
        what stands in braces; "?" begins a question, "=" what is told:

          topic padding
          title padding at {layer}
          ? What is recorded in row {row}?
          = {recorded}.

        A file NAME.playlist has a line for each lesson: its topic or its file, and
        the layer, channel and cell to begin with: padding layer conv3_2_dw cell 3,4
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
      "Row and column of the value, from 0 (default: where the topic's point shows).",
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

  @OptionGroup var handOut: HandOutOptions

  @OptionGroup var options: NetworkOptions

  func run() throws {
    for path in paper.files { try OutputFile.check(text: path) }
    if json, paper.files.contains(OutputFile.standardOutput) {
      throw Failure(.usage, "--json: standard output takes one text, and - is another")
    }
    if let path = handOut.handOut { try OutputFile.check(path) }
    let language = try lesson.language.spoken()
    let entries = try lesson.entries(language: language)
    let checkpoint = try options.checkpoint()
    options.noteFloats(of: checkpoint)
    let model = Numbered(
      Model(
        checkpoint: checkpoint, source: options.weights,
        resolution: options.resolution(for: checkpoint)),
      number: 0)
    // Mistakes in a playlist are reported before the network runs.
    let choices = try entries.map { try choice(of: $0, in: model.layers) }
    let photo = Numbered(
      try ImageInput(image).photo(for: checkpoint, resolution: model.resolution), number: 0)
    let researcher = options.researcher
    guard let run = try researcher.answer(RunQuestion(model, photo)).run else { return }
    if let problem = run.trace.problem, let first = run.trace.firstOverflow {
      // What is asked before that layer needs no answer.
      let isClear = zip(entries, choices).allSatisfy {
        $1.layer < first && !$0.script.topic.isAboutAnswer
      }
      guard isClear, paper.quiz == nil else {
        throw Failure(.data, "\(options.weights): \(problem)")
      }
    }
    if let quiz = paper.quiz {
      guard lesson.topic == nil else {
        throw Failure(.usage, "--quiz: expected no --topic; it asks about all of the network")
      }
      return try paper.write(
        count: quiz, about: run.trace, checkpoint: checkpoint, image: image,
        language: language, asJSON: json)
    }
    var parts: [HandOut.Part] = []
    var told: [any Lesson] = []
    for (entry, choice) in zip(entries, choices) {
      let subject = try subject(entry, choice, of: run, model, researcher)
      guard let lesson = entry.script.topic.lesson(about: subject) else { continue }
      let problems = entry.script.problems(with: lesson.facts)
      guard problems.isEmpty || self.lesson.names else {
        throw Failure(.data, problems.map { "\($0)" }.joined(separator: "\n"))
      }
      told.append(lesson)
      parts.append(HandOut.Part(lesson, about: subject))
    }
    if lesson.names {
      return try Output.print(told.map { Self.table(of: $0.facts) }.joined(separator: "\n\n"))
    }
    if let path = handOut.handOut {
      try handOut.write(parts, about: photo.value, network: checkpoint.name, to: path)
      if !json { return try Output.print(path) }
    }
    guard json else {
      return try Output.print(told.map(\.text).joined(separator: "\n\n\n"))
    }
    let all = try told.map { try $0.json.text() }
    try Output.print(all.count == 1 ? all[0] : "[\n\(all.joined(separator: ",\n"))\n]")
  }

  /// The layer, channel and cell that a lesson is about, as far as somebody chose them.
  private struct Choice {
    let layer: Int
    let channel: Int?
    let cell: Playlist.Cell?
  }

  /// Returns the layer, channel and cell for `entry`: from the command line, or else from the entry
  /// itself.
  private func choice(of entry: Playlist.Entry, in layers: [Layer]) throws -> Choice {
    let asked = try checked(layer, "--layer", or: entry.layer) {
      try LayerOption.position(of: $0, in: layers, option: $1)
    }
    let position = entry.script.topic.layer(
      nearest: try asked ?? LayerOption.position(of: "conv2_1_dw", in: layers), in: layers)
    let own = layers[position]
    let channel = try checked(channel, "--channel", or: entry.channel) {
      try LayerOption.check(channel: $0, of: own, option: $1)
      return $0
    }
    let cell = try cell.map { text in
      guard let cell = Playlist.Cell(text) else { throw outside("--cell \(text)", of: own) }
      return cell
    }
    return Choice(
      layer: position, channel: channel,
      cell: try checked(cell, "--cell", or: entry.cell) { cell, option in
        guard 0..<own.output.width ~= cell.column, 0..<own.output.height ~= cell.row else {
          throw outside("\(option) \(cell.row),\(cell.column)", of: own)
        }
        return cell
      })
  }

  /// Checks the value of `option`, or else the value that a file asks for; a failure names
  /// whichever was used.
  private func checked<Value, Result>(
    _ given: Value?, _ option: String, or asked: Asked<Value>?,
    _ check: (Value, String) throws -> Result
  ) throws -> Result? {
    if let given { return try check(given, option) }
    guard let asked else { return nil }
    do {
      return try check(asked.value, "\(asked.line): \(option.dropFirst(2))")
    } catch let failure as Failure {
      throw Failure(.data, failure.reason)
    }
  }

  /// Returns the subject of `entry`: the chosen cell, or else the one where the topic shows best.
  private func subject(
    _ entry: Playlist.Entry, _ choice: Choice, of run: Numbered<Run>, _ model: Numbered<Model>,
    _ researcher: Researcher
  ) throws -> Subject {
    let topic = entry.script.topic
    let telling = try telling(topic, choice, of: run, model, researcher)
    let (row, column) =
      choice.cell.map { ($0.row, $0.column) } ?? (telling.row, telling.column)
    var subject = try researcher.answer(
      SubjectQuestion(
        topic, model, run, layer: choice.layer, row: row, column: column,
        channel: choice.channel ?? telling.channel))
    subject.script = entry.script
    return subject
  }

  /// Finds a value on which the topic's point shows, in the channel that somebody chose.
  private func telling(
    _ topic: Topic, _ choice: Choice, of run: Numbered<Run>, _ model: Numbered<Model>,
    _ researcher: Researcher
  ) throws -> TellingValue {
    if topic == .backpropagation, choice.cell == nil {
      return try researcher.answer(
        MeasurableGradientQuestion(model, run, layer: choice.layer, channel: choice.channel))
    }
    let sums =
      try topic.needsSums
      ? researcher.answer(SumsQuestion(model, run, layer: choice.layer)).sums.value : nil
    let shown = choice.channel ?? run.value.statistics(at: choice.layer).mostCoherent
    return topic.tellingValue(
      in: run.trace, checkpoint: model.checkpoint, layer: choice.layer, channel: shown,
      mayTakeOthers: choice.channel == nil && choice.cell == nil, sums: sums)
  }

  /// Returns a table of the names that a lesson file can use, with their values.
  private static func table(of facts: Facts) -> String {
    let width = facts.named.map(\.name.count).max() ?? 0
    return facts.named.map { "\($0.name.padded(right: width))  \($0.text)" }
      .joined(separator: "\n")
  }

  /// Returns the failure for a cell outside `layer`; `cell` is the option with its value.
  private func outside(_ cell: String, of layer: Layer) -> Failure {
    Failure(
      .usage,
      "\(cell): row and column of \(layer.name), from 0,0 to "
        + "\(layer.output.height - 1),\(layer.output.width - 1)")
  }
}
