import Cells
import Lessons
import Research

/// How far the experiment of the lesson on backgrounds is, and what it will be asked.
struct ExperimentProgress {
  let screen: LessonScreen
  let core: Core

  /// The columns of a bar.
  private static let barWidth = 24

  /// Writes a line for each purpose of pictures, and in `words` the question that is coming; returns what is
  /// left of `area`, which for other lessons is all of it.
  func draw(in area: Rect, question words: Rect, of frame: inout Frame) -> Rect {
    guard screen.topic.needsBackground else { return area }
    let progress =
      core.answers.soFar(BackgroundQuestion(core.model))?.progress
      ?? BackgroundExperiment.Progress.none
    let names = progress.map {
      core.stage("experiment-\($0.purpose.rawValue)", ["count": "\($0.total)"])
    }
    let width = min(names.map(\.columns).max() ?? 0, area.width)
    let current = progress.firstIndex { $0.seen < $0.total }
    for (line, (name, part)) in zip(names, progress).enumerated() where line < area.height {
      let row = area.row(area.y + line)
      let isDone = part.seen == part.total
      let style = isDone ? Theme.plain : line == current ? Theme.title : Theme.quiet
      frame.cells.write(
        (isDone ? "✓ " : line == current ? "▸ " : "  ") + name, x: row.x, y: row.y, style: style,
        maxWidth: row.width)
      let (_, bar) = row.columns(.fixed(width + 2), .fixed(Self.barWidth), gap: 2)
      frame.cells.bar(
        Double(part.seen) / Double(part.total), in: bar, style: isDone ? Theme.best : Theme.bar)
    }
    Paragraph.draw(
      "? " + core.stage("experiment-question"), in: words.rows(.fixed(1), .fill).1,
      style: Theme.question, of: &frame.cells)
    return area.rows(.fixed(progress.count), .fill).1
  }
}
