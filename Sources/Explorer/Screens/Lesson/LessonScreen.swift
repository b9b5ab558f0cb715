import Cells
import Lessons
import Reports

extension Screen {
  /// How a layer made a value, step by step, and why it is made this way.
  static let lesson = Screen(
    bindings: [
      Binding(
        [.character(" ")], "space", label: "play", help: "Play the steps, or stop.",
        action: .lesson(.playSwitched)),
      Binding(
        [.left, .right], "←→", label: "step", help: "Go to the step before or after."
      ) { key, _ in
        .lesson(.stepped(by: key == .left ? -1 : 1))
      },
      Binding(
        [.tab, .backTab], "Tab", label: "topic", help: "Take another topic."
      ) { key, _ in
        .lesson(.topicMoved(by: key == .tab ? 1 : -1))
      },
      Binding(
        [.character("h"), .character("j"), .character("k"), .character("l")], "hjkl",
        label: "cell", help: "Take the cell to the left, below, above or to the right."
      ) { key, _ in
        switch key {
        case .character("h"): .lesson(.cellMoved(x: -1, y: 0))
        case .character("j"): .lesson(.cellMoved(x: 0, y: 1))
        case .character("k"): .lesson(.cellMoved(x: 0, y: -1))
        default: .lesson(.cellMoved(x: 1, y: 0))
        }
      },
      Binding(
        [.up, .down], "↑↓", label: "layer", help: "Go to the layer before or after."
      ) { key, _ in
        .lesson(.otherLayer(by: key == .up ? -1 : 1))
      },
      Bindings.channelByChannel,
      Binding(
        [.home, .end], "Home End", help: "Go to the first or the last step."
      ) { key, _ in
        .lesson(.wentToEnd(isLast: key == .end))
      },
    ] + Bindings.files,
    title: "Lesson",
    draw: { state, area, frame in LessonView(state: state).draw(in: area, of: &frame) })
}

/// The topics, what the topic shows, and what the step says.
struct LessonView {
  let state: ExplorerState

  /// The rows at the bottom in which the step speaks.
  private static let spoken = 4

  func draw(in area: Rect, of frame: inout Frame) {
    drawTopics(in: Rect(x: area.x, y: area.y, width: area.width, height: 1), of: &frame)
    let top = area.height < 30 ? 1 : 2
    let body = Rect(
      x: area.x + 1, y: area.y + top, width: area.width - 2,
      height: area.height - top - Self.spoken)
    guard let step = state.lessonStep else {
      let text =
        state.run == nil
        ? "computing …"
        : "\(state.layer.name) stands in place of nothing. Go to a depthwise or a pointwise layer."
      Paragraph.draw(text, in: body, style: Theme.quiet, of: &frame.cells)
      return
    }
    switch state.lesson.topic {
    case .cell:
      if let walkthrough = state.walkthrough {
        CellLessonView(state: state, walkthrough: walkthrough, step: step)
          .draw(in: body, of: &frame)
      }
    case .replacement:
      if let replacement = state.replacement {
        ReplacementView(
          replacement: replacement, times: state.measured[replacement.depthwise.name],
          step: state.lesson.step
        ).draw(in: body, of: &frame)
      }
    case .network:
      if let bill = state.bill {
        NetworkBillView(bill: bill, measured: state.measured, step: state.lesson.step)
          .draw(in: body, of: &frame)
      }
    }
    drawStep(
      step, in: Rect(x: body.x, y: body.maxY, width: body.width, height: Self.spoken), of: &frame)
  }

  private func drawTopics(in area: Rect, of frame: inout Frame) {
    var x = area.x + 1
    for topic in LessonState.Topic.allCases {
      let name = " \(topic.rawValue) "
      let style = topic == state.lesson.topic ? Theme.selected : Theme.quiet
      let end = frame.cells.write(name, x: x, y: area.y, style: style, maxWidth: area.maxX - x)
      frame.answer(
        in: Rect(x: x, y: area.y, width: end - x, height: 1),
        click: { _, _ in .lesson(.topicSelected(topic)) })
      x = end + 1
      if x >= area.maxX { break }
    }
  }

  /// What the step says, below a line with its number.
  private func drawStep(_ step: Step, in area: Rect, of frame: inout Frame) {
    let count = state.lessonSteps.count
    let number = min(state.lesson.step, count - 1) + 1
    let playing = state.lesson.play == nil ? "" : " ▶ playing"
    let title = " step \(number) of \(count)\(playing) "
    frame.cells.write(
      String(repeating: "─", count: max(0, area.width)), x: area.x, y: area.y, style: Theme.quiet)
    frame.cells.write(title, x: area.x + 1, y: area.y, style: Theme.quiet, maxWidth: area.width)
    let isQuestion = step.part == .question
    let text = isQuestion ? "? " + step.text + "  (→ answers)" : step.text
    Paragraph.draw(
      text, in: Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1),
      style: isQuestion ? Theme.question : Theme.title, of: &frame.cells)
    frame.answer(in: area, click: { _, _ in .lesson(.stepped(by: 1)) })
  }
}
