import Lessons

extension LessonScreen {
  func sentences(_ core: Core) -> [String] {
    guard !isBlank else { return ["Nothing is shown. B shows the lesson again."] }
    guard let lesson = lesson(core), let step = currentStep(core) else {
      return [core.waitingSentence]
    }
    let count = steps(core).count
    let charts = step.charts.map { chart in
      "\(chart.title): "
        + chart.rows.map { "\($0.name) \($0.text)" }.joined(separator: ", ") + "."
    }
    let picked = "The arrows pick a place: row \(core.cursor.y), column \(core.cursor.x)."
    return [
      lesson.title.asSentence,
      step.text.asSentence,
      core.stage("step", ["number": "\(min(self.step, count - 1) + 1)", "count": "\(count)"])
        .capitalizedFirst.asSentence,
    ] + (picksCell ? [picked] : []) + charts
  }
}
