import Reports

/// An explanation with the numbers of a person's own photo, told and shown step by step.
public protocol Lesson: Sendable {
  /// The sentences.
  var script: LessonScript { get }
  /// The facts that the sentences can use.
  var facts: Facts { get }
  /// The whole lesson as text.
  var text: String { get }
  /// The whole lesson as JSON, for scripts.
  var json: JSONReport { get }
}

extension Lesson {
  /// The title, in a line.
  public var title: String { script.title(of: facts) }

  /// The steps, in order.
  public var steps: [Step] { script.steps(of: facts) }

  /// The steps one below the other, with the last state of each chart.
  public var text: String { LessonText(title: title, steps: steps).text }

  /// The steps, and the last state of each chart, as JSON.
  public var json: JSONReport { JSONReport(LessonText(title: title, steps: steps)) }
}

extension Step {
  /// The width of the text, in characters.
  private static let width = 78

  /// The lines of the step's text; a question has an empty line before it.
  var lines: [String] {
    let said = text.wrapped(to: Self.width - 2).enumerated().map { number, line in
      (isQuestion && number == 0 ? "? " : "  ") + line
    }
    return isQuestion ? [""] + said : said
  }
}

/// The steps of a lesson and the last state of each chart, as text and JSON.
private struct LessonText: Encodable {
  let title: String
  let steps: [Step]

  var text: String {
    var lines = [title]
    for (index, step) in steps.enumerated() {
      lines += step.lines
      for chart in steps.finalCharts where chart.step == index {
        lines += ["", "  " + chart.chart.title] + chart.chart.lines.map { "    " + $0 }
      }
    }
    return lines.joined(separator: "\n")
  }

  private struct Said: Encodable {
    let isQuestion: Bool
    let text: String
  }

  private struct Shown: Encodable {
    struct Row: Encodable {
      let name: String
      let value: Double?
    }
    let title: String
    let rows: [Row]
  }

  private enum Key: CodingKey {
    case title, steps, charts
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(title, forKey: .title)
    try container.encode(
      steps.map { Said(isQuestion: $0.isQuestion, text: $0.text) }, forKey: .steps)
    try container.encode(
      steps.finalCharts.map(\.chart).map { chart in
        Shown(title: chart.title, rows: chart.rows.map { .init(name: $0.name, value: $0.value) })
      }, forKey: .charts)
  }
}
