import Cells
import Lessons
import Reports
import Research

extension LessonScreen {
  static let shortcuts: [Binding] = [
    shortcut("l", label: "lesson", help: "Show how this layer made this value.")
  ]

  static let bindings: [Binding] = [
    Binding(
      [.character(" ")], "space", label: "play",
      help: "Play the steps, or stop.", action: .lesson(.playSwitched)),
    Binding(
      steps: [.left, .right], "←→", label: "step",
      help: "Go to the step before or after; while a place is picked, move to another."
    ) { step, state in
      state[LessonScreen.self].picksCell
        ? .cellMoved(x: step, y: 0) : .lesson(.stepped(by: step))
    },
    Binding(
      [.tab, .backTab], "Tab", label: "topic", help: "Take another topic."
    ) { key, _ in
      .lesson(.chapterMoved(by: key == .tab ? 1 : -1))
    },
    Binding(
      [.character("t")], "t", label: "switch",
      help: "Switch to the other padding or activation and back, and see the answer change."
    ) { _, state in
      state[LessonScreen.self].topic.convention == nil ? nil : .lesson(.conventionSwitched)
    },
    Binding(
      [.enter], "Enter", label: "pick place",
      help: "Pick another place with the arrows; again when it is found."
    ) { _, state in
      state[LessonScreen.self].topic.hasCell ? .lesson(.pickingSwitched) : nil
    },
    Binding(
      steps: [.up, .down], "↑↓", label: "layer",
      help: "Go to the layer before or after; while a place is picked, move to another."
    ) { step, state in
      state[LessonScreen.self].picksCell
        ? .cellMoved(x: 0, y: step) : .lesson(.otherLayer(by: step))
    },
    Bindings.channelByChannel,
    Binding(
      steps: [.character("k"), .character("j")], "k j", help: "Go to the layer before or after."
    ) { step, _ in .lesson(.otherLayer(by: step)) },
    Binding(
      [.character("Q")], "Q", label: "ask first",
      help: "Ask before every step, for a class to predict it, or only before some.",
      action: .lesson(.askingSwitched)),
    Binding(
      topicKeys, "1…0", help: "Take that topic; 1 again takes topic 11."
    ) { key, state in
      topicKeys.firstIndex(of: key).map { first in
        let others = Array(
          stride(
            from: first, to: state[LessonScreen.self].chapters(state.core).count,
            by: topicKeys.count))
        let now = others.firstIndex(of: state[LessonScreen.self].chapter)
        return .lesson(.chapterSelected(now.map { others[($0 + 1) % others.count] } ?? first))
      }
    },
    Binding(
      [.home, .end], "Home End", help: "Go to the first or the last step."
    ) { key, _ in
      .lesson(.wentToEnd(isLast: key == .end))
    },
    Binding(
      steps: [.pageUp, .pageDown], "PgUp PgDn",
      help: "Go to the step before or after, as a presenter's remote does."
    ) { step, _ in
      .lesson(.stepped(by: step))
    },
    Binding(
      [.character("P")], "P", label: "present",
      help: "Give the whole terminal to the lesson, with large numbers and a clock, or not.",
      action: .lesson(.presentingSwitched)),
    Binding(
      [.character("B")], "B",
      help: "Show nothing, so that the class looks up, or the lesson again.",
      action: .lesson(.blankSwitched)),
    Binding(
      steps: [.character("-"), .character("+")], "- +",
      help: "Play faster or slower: a step stays a second less or more."
    ) { step, _ in
      .lesson(.paceChanged(by: step))
    },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    frame.cells.isReadFromFar = true
    LessonView(screen: self, core: core).draw(in: area, of: &frame)
  }

  /// The keys of the lessons, for every tenth one the same.
  private static let topicKeys: [Key] = "1234567890".map { .character($0) }
}

/// The topics, the topic's pictures and charts, and the step's text.
struct LessonView {
  let screen: LessonScreen
  let core: Core

  /// The number of rows at the bottom for the step's text.
  private var spoken: Int { screen.presents ? 5 : 4 }

  func draw(in area: Rect, of frame: inout Frame) {
    guard !screen.isBlank else { return }
    if !screen.presents {
      let names = screen.names(core)
      let width = names.enumerated().reduce(0) { $0 + "\($1.offset + 1)  \($1.element) ".count }
      // If not all names fit, the other lessons are shown by number.
      TabLine.draw(
        Array(names.indices), selected: screen.chapter, gap: 0,
        in: area.row(area.y), of: &frame,
        name: { [screen] index in
          width <= area.width || index == screen.chapter
            ? "\(index + 1) \(names[index])" : "\(index + 1)"
        }, action: { .lesson(.chapterSelected($0)) })
    }
    let top = screen.presents ? 0 : area.height < 30 ? 1 : 2
    let (_, body, words) = area.inset(1).rows(.fixed(top), .fill, .fixed(spoken))
    let problems = screen.problems(core)
    guard problems.isEmpty else {
      Paragraph.draw(
        problems.joined(separator: " · "), in: body, style: Theme.error, of: &frame.cells)
      return
    }
    guard let lesson = screen.lesson(core), let step = screen.currentStep(core) else {
      let rows = Paragraph.draw(
        screen.waitingText(core), in: body, style: Theme.quiet, of: &frame.cells)
      guard core.run != nil else { return }
      let below = body.rows(.fixed(rows), .fill).1
      let progress = ExperimentProgress(screen: screen, core: core)
      let left = progress.draw(in: below, question: words, of: &frame)
      ScenePictures(screen: screen, core: core).draw(
        in: left.rows(.fixed(1), .fill).1, of: &frame)
      return
    }
    frame.cells.write(
      lesson.title, x: body.x, y: body.y, style: Theme.title, maxWidth: body.width)
    let main = body.rows(.fixed(1), .fill).1
    switch lesson {
    case let lesson as Walkthrough:
      CellLessonView(screen: screen, core: core, walkthrough: lesson, step: step).draw(
        in: main, of: &frame)
    case let lesson as FieldLesson:
      FieldView(screen: screen, core: core, lesson: lesson, step: step).draw(in: main, of: &frame)
    case let lesson as PaddingLesson:
      PaddingView(screen: screen, core: core, lesson: lesson, step: step).draw(in: main, of: &frame)
    case let lesson as PictureLesson:
      PictureView(core: core, lesson: lesson, step: step).draw(in: main, of: &frame)
    case let lesson as ReplacementLesson:
      ReplacementView(core: core, lesson: lesson, step: step).draw(in: main, of: &frame)
    case is ActivationLesson:
      ActivationView(screen: screen, core: core, step: step).draw(in: main, of: &frame)
    default:
      ChartsStage(screen: screen, core: core, charts: step.charts).draw(in: main, of: &frame)
    }
    drawStep(step, in: words, of: &frame)
  }

  /// Writes the step's text below a line with its number.
  private func drawStep(_ step: Step, in area: Rect, of frame: inout Frame) {
    let count = screen.steps(core).count
    let number = min(screen.step, count - 1) + 1
    let words = core.stage
    var title = " \(words("step", ["number": "\(number)", "count": "\(count)"])) "
    if screen.presents { title += "─ \(clock) " }
    if screen.play != nil { title += "\(words("playing")) " }
    if screen.picksCell { title += "─ \(words("picking")) " }
    frame.cells.write(
      String(repeating: "─", count: max(0, area.width)), x: area.x, y: area.y, style: Theme.quiet)
    frame.cells.write(
      title, x: area.x + 1, y: area.y, style: screen.picksCell ? Theme.key : Theme.quiet,
      maxWidth: area.width)
    let isQuestion = step.isQuestion
    let hint = screen.presents ? "" : "  " + words("answers")
    let text = isQuestion ? "? " + step.text + hint : step.text
    let digits =
      screen.presents ? LargeNumber(number).draw(x: area.x, y: area.y + 1, of: &frame.cells) : 0
    Paragraph.draw(
      text,
      in: area.rows(.fixed(1), .fill).1.columns(.fixed(digits), .fill).1,
      style: isQuestion ? Theme.question : Theme.title, of: &frame.cells)
    frame.answer(in: area, click: { _, _ in .lesson(.stepped(by: 1)) })
  }

  /// The minutes and seconds since the presentation began.
  private var clock: String {
    let seconds = "\(screen.elapsed % 60)"
    return "\(screen.elapsed / 60):" + (seconds.count < 2 ? "0" : "") + seconds
  }
}
