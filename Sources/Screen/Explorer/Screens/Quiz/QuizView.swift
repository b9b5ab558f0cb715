import Cells
import Lessons
import Reports
import Tensors

extension QuizScreen {
  static let shortcuts: [Binding] = [
    shortcut("W", help: "Ask what you know: questions about this photo, for one or a class.")
  ]

  static let bindings: [Binding] = [
    Binding(
      steps: [.up, .down, .character("k"), .character("j")], "↑↓", label: "choice",
      help: "Go to the choice above or below."
    ) { step, _ in .quiz(.moved(by: step)) }.only { $0.isAsked },
    Binding(
      [.enter], "Enter", label: "take", help: "Take the choice under the cursor.",
      action: .quiz(.chosen)
    ).only { $0.isAsked },
    Binding(
      [.enter], "Enter", label: "next", help: "After an answer: go on to the next question.",
      action: .quiz(.chosen)
    ).only { !$0.isAsked && $0[QuizScreen.self].question($0.core) != nil },
    Binding(digits, "1…4", help: "Take this choice.") { key, state in
      digits.firstIndex(of: key).map { .quiz(.pointed($0)) }
    }.only { $0.isAsked },
    Binding(
      steps: [.left, .right, .pageUp, .pageDown], "←→", label: "question",
      help: "Go to the question before or after."
    ) { step, _ in .quiz(.stepped(by: step)) },
    Binding(
      [.character("H")], "H", label: "hands",
      help: "Count hands: type how many, Enter goes to the next choice."
    ) { _, _ in .quiz(.votingSwitched) }.only { $0.isAsked },
    Binding([.backspace], "Bksp", help: "Take the last digit away.") { _, state in
      state[QuizScreen.self].typedVotes == nil ? nil : .quiz(.erased)
    },
    Binding(
      [.character("Z")], "Z", label: "again", help: "Ask the same skills about other layers."
    ) { _, state in
      state[QuizScreen.self].index == count ? .quiz(.renewed) : nil
    },
  ]

  private static let digits: [Key] = "1234".map { .character($0) }

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    frame.cells.isReadFromFar = true
    QuizView(screen: self, core: core).draw(in: area.inset(1), of: &frame)
  }
}

extension ExplorerState {
  /// Whether a question stands there that is not answered yet.
  fileprivate var isAsked: Bool {
    let quiz = self[QuizScreen.self]
    return quiz.question(core) != nil && quiz.answer == nil
  }
}

/// A question with its choices and the hands for them, or the score.
struct QuizView {
  let screen: QuizScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    guard let quiz = screen.quiz(core), let asked = screen.asked else {
      Paragraph.draw(core.waitingText, in: area, style: Theme.quiet, of: &frame.cells)
      return
    }
    let right = screen.scores(core).reduce(0) { $0 + $1.right }
    let answered = screen.answers.count { $0 != nil }
    let words = quiz.words
    let title = words.said(
      answered == 0 ? "screen-begin" : "screen-title",
      ["number": "\(screen.number)", "right": "\(right)", "answered": "\(answered)"],
      verbatim: ["photo": asked.photo])
    frame.cells.write(title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    var body = area.rows(.fixed(2), .fill).1
    // The quiz's photo, if there is room and no other was opened.
    if Layout.isRoomy(core.size), core.original == asked.run {
      let photo: Rect
      (body, photo) = body.columns(.ratio(9, 20), .fill, gap: 3)
      PhotoView(pixels: core.photo.prepared.pixels).draw(in: photo, of: &frame.cells)
    }
    guard let question = screen.question(core) else {
      return drawScore(quiz, in: body, of: &frame)
    }
    if Layout.isRoomy(core.size) {
      let progress: Rect
      (body, progress) = body.rows(.fill, .fixed(quiz.questions.count))
      drawProgress(quiz, in: progress, of: &frame)
    }
    let digits = LargeNumber(screen.index + 1).draw(x: body.x, y: body.y, of: &frame.cells)
    let text = body.columns(.fixed(digits), .fill).1
    var y = text.y
    for line in question.lines(width: text.width) where y < text.maxY {
      frame.cells.write(line, x: text.x, y: y, style: Theme.question, maxWidth: text.width)
      y += 1
    }
    y = max(y, body.y + 3) + 1
    drawChoices(of: question, words, in: text.from(y: y), of: &frame)
    y += question.choices.count + 1
    if let answer = screen.answer {
      let verdict = words.said(answer == question.answer ? "screen-yes" : "screen-no")
      Paragraph.draw(
        "\(verdict) \(question.reason)", in: text.from(y: y), style: Theme.title, of: &frame.cells)
    } else if screen.typedVotes != nil {
      Paragraph.draw(
        words.said("screen-hands"), in: text.from(y: y), style: Theme.quiet, of: &frame.cells)
    }
    // The reason has as many rows as it needs at most.
    let reason = question.reason.wrapped(to: max(1, text.width)).count + 1
    drawLayer(of: question, words, in: body.from(y: y + reason), of: &frame)
  }

  /// The fewest rows of a picture with its caption.
  private static let fewestRows = 6

  /// Draws channels that the layer of the question reads, and once it is answered those that it makes; in
  /// a small terminal beside the photo.
  private func drawLayer(
    of question: Quiz.Question, _ words: QuizWords, in area: Rect, of frame: inout Frame
  ) {
    guard let asked = screen.asked, area.height >= Self.fewestRows else { return }
    let trace = asked.run.trace
    var pictures = area
    if !Layout.isRoomy(core.size), core.original == asked.run {
      let photo: Rect
      (photo, pictures) = area.columns(.fixed(2 * (area.height - 1)), .fill, gap: 2)
      PhotoView(pixels: core.photo.prepared.pixels).draw(
        in: photo.rows(.fixed(1), .fill).1, of: &frame.cells)
    }
    guard let position = trace.layers.firstIndex(where: { $0.name == question.layer }) else {
      return
    }
    let name = trace.layers[position].name
    func reads(in area: Rect) {
      draw(trace.input(at: position), words.said("screen-reads", ["layer": name]), in: area, &frame)
    }
    // What it makes would be the answer.
    guard screen.answer != nil else { return reads(in: pictures) }
    let isHigh = pictures.height >= 2 * Self.fewestRows
    let (first, second) =
      isHigh ? pictures.rows(.fill, .fill, gap: 1) : pictures.columns(.fill, .fill, gap: 2)
    reads(in: first)
    draw(
      trace.output(at: position), words.said("screen-makes", ["layer": name]), in: second, &frame)
  }

  /// The pictures that may stand beside each other.
  private static let across = 2...6

  /// Draws the first channels of `output` below `caption`, in as many rows as there is room for.
  private func draw(_ output: Tensor, _ caption: String, in area: Rect, _ frame: inout Frame) {
    let (head, pictures) = area.rows(.fixed(1), .fill)
    frame.cells.write(caption, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)
    guard output.shape.places > 1 else {
      ChannelPicture(output: output, channel: 0, view: core.heatView).draw(
        in: pictures, of: &frame.cells)
      return
    }
    func layout(_ across: Int) -> (rows: Int, place: Size) {
      let width = (pictures.width + 1) / across - 1
      // A cell is twice as high as wide.
      let rows = max(1, (pictures.height + 1) / ((width + 1) / 2 + 1))
      return (rows, Size(width: width, height: (pictures.height + 1) / rows - 1))
    }
    // As many as cover most of the area.
    func covered(_ across: Int) -> Int {
      let (rows, place) = layout(across)
      let side = min(place.width, 2 * place.height)
      return min(rows * across, output.shape.channels) * side * side
    }
    let across = Self.across.max { covered($0) < covered($1) } ?? 1
    let (rows, place) = layout(across)
    for channel in 0..<min(rows * across, output.shape.channels) {
      ChannelPicture(output: output, channel: channel, view: core.heatView).draw(
        in: pictures.tile(channel, across: across, size: place, gap: Size(width: 1, height: 1)),
        of: &frame.cells)
    }
  }

  /// Draws the questions, a line each, and how they were answered.
  private func drawProgress(_ quiz: Quiz, in area: Rect, of frame: inout Frame) {
    let names = quiz.questions.map { quiz.name(of: $0.skill) }
    let width = (names.map(\.count).max() ?? 0) + 2
    for (row, question) in quiz.questions.enumerated() where row < area.height {
      let answer = screen.answers[row]
      let isRight = answer == question.answer
      let verdict = answer == nil ? "" : quiz.words.said(isRight ? "screen-yes" : "screen-no")
      let mark = row == screen.index ? "▸" : " "
      let end = frame.cells.write(
        "\(mark)\(row + 1)  " + names[row].padded(right: width), x: area.x, y: area.y + row,
        style: row == screen.index ? Theme.title : Theme.quiet, maxWidth: area.width)
      frame.cells.write(
        verdict, x: end, y: area.y + row, style: isRight ? Theme.best : Theme.against,
        maxWidth: area.maxX - end)
    }
  }

  // MARK: A question

  private func drawChoices(
    of question: Quiz.Question, _ words: QuizWords, in area: Rect, of frame: inout Frame
  ) {
    let width = (question.choices.map(\.count).max() ?? 0) + Self.marks
    let hands = screen.votes[screen.index]
    let all = max(hands?.reduce(0, +) ?? 0, 1)
    for (choice, text) in question.choices.enumerated() where choice < area.height {
      let y = area.y + choice
      let isUnder = choice == screen.cursor && screen.answer == nil
      frame.cells.write(
        " \(choice + 1)  \(text) ".padded(right: width) + mark(of: choice, question, words),
        x: area.x, y: y,
        style: isUnder ? Theme.selected : style(of: choice, question), maxWidth: area.width)
      let counted = hands?[choice] ?? 0
      let typed = isUnder ? screen.typedVotes : nil
      guard hands != nil || typed != nil else { continue }
      let left = area.x + width + Self.verdict
      let shown = typed.map { $0.isEmpty && counted > 0 ? "\(counted)" : $0 + "_" } ?? "\(counted)"
      frame.cells.write(
        shown.padded(left: 4), x: left, y: y, style: Theme.key, maxWidth: area.maxX - left)
      frame.cells.bar(
        Double(counted) / Double(all),
        in: area.row(y, from: left + 5),
        style: Theme.bar)
    }
    frame.answer(
      in: area.rows(.fixed(question.choices.count), .fill).0,
      click: { _, y in screen.answer == nil ? .quiz(.pointed(y)) : .quiz(.stepped(by: 1)) })
  }

  /// The number of columns for a choice's number and the space around it.
  private static let marks = 6
  /// The number of columns for the mark of a choice.
  private static let verdict = 9

  /// Returns the mark of a choice, once the question is answered.
  private func mark(
    of choice: Int, _ question: Quiz.Question, _ words: QuizWords
  ) -> String {
    guard let answer = screen.answer else { return "" }
    if choice == question.answer { return words.said("screen-right") }
    return choice == answer ? words.said("screen-chosen") : ""
  }

  private func style(of choice: Int, _ question: Quiz.Question) -> Style {
    guard let answer = screen.answer else { return Theme.plain }
    if choice == question.answer { return Theme.best }
    return choice == answer ? Theme.against : Theme.quiet
  }

  // MARK: The score

  /// Draws the scores beside those of the quiz before, and the missed questions.
  private func drawScore(_ quiz: Quiz, in area: Rect, of frame: inout Frame) {
    let scores = screen.scores(core)
    let names = scores.map { quiz.name(of: $0.skill) }
    let width = names.map(\.count).max() ?? 0
    let hasBefore = !screen.before.isEmpty
    let words = quiz.words
    let before = words.said("screen-before")
    func told(_ score: Quiz.Score?) -> String { score.map { "\($0.right)/\($0.all)" } ?? "" }
    frame.cells.write(
      "".padded(right: width + 2) + (hasBefore ? "\(before)  \(words.said("screen-now"))" : ""),
      x: area.x, y: area.y, style: Theme.quiet, maxWidth: area.width)
    for (row, (score, name)) in zip(scores, names).enumerated() {
      let earlier = screen.before.first { $0.skill == score.skill }
      let text =
        name.padded(right: width + 2)
        + (hasBefore ? told(earlier).padded(right: before.count + 2) : "")
        + told(score)
      frame.cells.write(
        text, x: area.x, y: area.y + 1 + row,
        style: score.right == score.all ? Theme.best : Theme.plain, maxWidth: area.width)
    }
    let missed = quiz.questions.indices.filter { screen.answers[$0] != quiz.questions[$0].answer }
    let told =
      missed.isEmpty
      ? [words.said("screen-nothing-missed")]
      : [words.said("screen-missed")]
        + missed.map { index in
          let question = quiz.questions[index]
          return "\(index + 1)  \(quiz.name(of: question.skill)): \(question.reason)"
        }
    var rest = area.from(y: area.y + scores.count + 2)
    for line in told where rest.height > 0 {
      let rows = Paragraph.draw(line, in: rest, of: &frame.cells)
      rest = rest.from(y: rest.y + rows)
    }
  }
}
