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
        mobilenet-explorer lesson a.jpg --layer conv4_1_dw --place 7,12 --channel 17
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
        the layer, channel and place to begin with: padding layer conv3_2_dw place 3,4
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @OptionGroup var lesson: LessonOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The layer, by name or number (default: conv2_1_dw, or the file's); if the topic is not "
        + "about it, the last one before it.",
      valueName: "NAME"))
  var layer: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Row and column of the place, from 0 (default: where the topic's point shows).",
      valueName: "ROW,COLUMN"))
  var place: String?

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

  func validate() throws {
    if lesson.names, json { throw ValidationError("--names: expected no --json.") }
    guard paper.quiz != nil else { return }
    let lonely = [
      ("--topic", !lesson.topic.isEmpty), ("--layer", layer != nil), ("--place", place != nil),
      ("--channel", channel != nil), ("--names", lesson.names),
    ].first { $0.1 }
    if let lonely {
      throw ValidationError("--quiz: expected no \(lonely.0); it asks about all of the network.")
    }
    if handOut.handOut != nil {
      throw ValidationError("--quiz: expected no --hand-out; --html writes a quiz for paper.")
    }
  }

  func run() throws {
    try checkFiles()
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
    if let quiz = paper.quiz {
      if let problem = run.trace.problem {
        throw Failure(.data, "\(options.weights): \(problem)")
      }
      return try paper.write(
        count: quiz, about: run.trace, checkpoint: checkpoint, image: image,
        language: language, asJSON: json)
    }
    let (found, isWhole) = try lessons(Array(zip(entries, choices)), of: run) {
      try subject($0, $1, of: run, model, researcher)
    }
    try print(found.map(\.0), found.map(\.1), isList: entries.count > 1, about: model, photo.value)
    if !isWhole { throw ExitCode(Failure.Kind.data.rawValue) }
  }

  /// Throws if one of the files to write cannot be written.
  private func checkFiles() throws {
    for path in paper.files { try OutputFile.check(text: path) }
    if json, paper.files.contains(OutputFile.standardOutput) {
      throw Failure(.usage, "--json: standard output takes one text, and - is another")
    }
    if let path = handOut.handOut { try OutputFile.check(path) }
  }

  /// Returns the lessons about what `subject` finds.
  ///
  /// Where values are too large these are the lessons that need none of them; the others are named.
  /// Throws if none is left.
  private func lessons(
    _ asked: [(Playlist.Entry, Choice)], of run: Numbered<Run>,
    subject: (Playlist.Entry, Choice) throws -> Subject
  ) throws -> (lessons: [(any Lesson, HandOut.Part)], isWhole: Bool) {
    let (problem, first) = (run.trace.problem, run.trace.firstOverflow)
    var lessons: [(any Lesson, HandOut.Part)] = []
    var others: [String] = []
    for (entry, choice) in asked {
      let topic = entry.script.topic
      var found: Subject?
      if problem == nil {
        found = try subject(entry, choice)
      } else if let first, choice.layer < first, !topic.isAboutAnswer {
        // What is asked before that layer needs no answer, but perhaps every layer's range.
        found = try? subject(entry, choice)
      }
      guard let found else {
        others.append(topic.rawValue)
        continue
      }
      if let lesson = try told(entry, found) {
        lessons.append((lesson, HandOut.Part(lesson, about: found)))
      }
    }
    guard let problem else { return (lessons, true) }
    guard !lessons.isEmpty else { throw Failure(.data, "\(options.weights): \(problem)") }
    guard !others.isEmpty else { return (lessons, true) }
    Console.note(
      "\(options.weights): \(run.trace.overflow), so nothing is told of "
        + others.joined(separator: ", "))
    return (lessons, false)
  }

  /// Returns the lesson of `entry` about `subject`, nil if there is none; throws if the file asks for
  /// what the lesson does not know.
  private func told(_ entry: Playlist.Entry, _ subject: Subject) throws -> (any Lesson)? {
    guard let lesson = entry.script.topic.lesson(about: subject) else { return nil }
    let problems = entry.script.problems(with: lesson.facts)
    guard problems.isEmpty || self.lesson.names else {
      throw Failure(.data, problems.map { "\($0)" }.joined(separator: "\n"))
    }
    return lesson
  }

  /// Prints the lessons, or the names that a lesson file can use; writes the hand-out that is asked for,
  /// and prints where it is, or the lessons as JSON.
  private func print(
    _ told: [any Lesson], _ parts: [HandOut.Part], isList: Bool, about model: Numbered<Model>,
    _ photo: Photo
  ) throws {
    if lesson.names {
      return try Output.print(told.map { Self.table(of: $0.facts) }.joined(separator: "\n\n"))
    }
    if let path = handOut.handOut {
      try handOut.write(parts, about: photo, network: model.checkpoint.name, to: path)
      if !json { return try Output.print(path) }
    }
    guard json else {
      return try Output.print(told.map(\.text).joined(separator: "\n\n\n"))
    }
    let all = try told.map { try $0.json.text() }
    try Output.print(isList ? "[\n\(all.joined(separator: ",\n"))\n]" : all.joined())
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
    return Choice(
      layer: position, channel: channel,
      cell: try checked(
        place.map { try LayerOption.cell($0, of: own) }, "--place", or: entry.cell
      ) { cell, option in
        try LayerOption.cell("\(cell.row),\(cell.column)", of: own, option: option)
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
}
