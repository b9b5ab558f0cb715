import Cells
import Lessons
import Reports

extension QuizScreen {
  static let shortcuts: [Binding] = [
    shortcut("W", help: "Ask what you know: questions about this photo, for one or a class.")
  ]

  static let bindings: [Binding] = [
    Binding(
      steps: [.up, .down, .character("k"), .character("j")], "↑↓", label: "choice",
      help: "Go to the choice above or below."
    ) { step, _ in .quiz(.moved(by: step)) },
    Binding([.enter], "Enter", label: "answer", help: "Answer so; then, go on.") { _, _ in
      .quiz(.chosen)
    },
    Binding(digits, "1…4", help: "Answer with this choice.") { key, state in
      guard state[QuizScreen.self].question(state.core) != nil else { return nil }
      return digits.firstIndex(of: key).map { .quiz(.pointed($0)) }
    },
    Binding(
      steps: [.left, .right, .pageUp, .pageDown], "←→", label: "question",
      help: "Go to the question before or after."
    ) { step, _ in .quiz(.stepped(by: step)) },
    Binding(
      [.character("H")], "H", label: "hands",
      help: "Count hands: type how many, Enter goes to the next choice."
    ) { _, state in
      state[QuizScreen.self].question(state.core) == nil ? nil : .quiz(.votingSwitched)
    },
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
    QuizView(screen: self, core: core).draw(
      in: Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height), of: &frame)
  }
}

/// A question with its choices and the hands that went up for them, or the score.
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
      "screen-title",
      [
        "photo": asked.photo, "number": "\(screen.number)", "right": "\(right)",
        "answered": "\(answered)",
      ])
    frame.cells.write(title, x: area.x, y: area.y, style: Theme.title, maxWidth: area.width)
    var body = area.rows(.fixed(2), .fill).1
    // The photo that is asked about, where there is room and no other has come.
    if Layout.isRoomy(core.size), core.original == asked.run {
      let photo: Rect
      (body, photo) = body.columns(.fill, .ratio(2, 5), gap: 3)
      PhotoView(pixels: core.photo.prepared.pixels).draw(in: photo, of: &frame.cells)
    }
    guard let question = screen.question(core) else {
      return drawScore(quiz, in: body, of: &frame)
    }
    let digits = LargeNumber(screen.index + 1).draw(x: body.x, y: body.y, of: &frame.cells)
    let text = Rect(
      x: body.x + digits, y: body.y, width: body.width - digits, height: body.height)
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
        in: Rect(x: left + 5, y: y, width: max(0, area.maxX - left - 6), height: 1),
        style: Theme.bar)
    }
    frame.answer(
      in: Rect(x: area.x, y: area.y, width: area.width, height: question.choices.count),
      click: { _, y in screen.answer == nil ? .quiz(.pointed(y)) : .quiz(.stepped(by: 1)) })
  }

  /// Columns for a choice's number and the space around it.
  private static let marks = 6
  /// Columns for what is said about a choice once it is answered.
  private static let verdict = 9

  /// Whether a choice is right, once one was chosen.
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

  /// What went well and what was missed, beside the quiz before.
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

extension Rect {
  /// The part of the area from the row `y` on.
  fileprivate func from(y: Int) -> Rect {
    let top = min(max(y, self.y), maxY)
    return Rect(x: x, y: top, width: width, height: maxY - top)
  }
}
