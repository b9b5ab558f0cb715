import Reports

/// Something explained with a person's own numbers: what is said step by step, and what is shown.
public protocol Lesson: Sendable {
  /// The sentences.
  var script: LessonScript { get }
  /// What they speak of.
  var facts: Facts { get }
  /// All of it for reading.
  var text: String { get }
  /// All of it for scripts.
  var json: JSONReport { get }
}

extension Lesson {
  /// What it is about, in a line.
  public var title: String { script.title(of: facts) }

  /// What is said and shown, in order.
  public var steps: [Step] { script.steps(of: facts) }

  /// The steps one below the other, and each chart as it is in the end.
  public var text: String { LessonText(title: title, steps: steps).text }

  /// The steps, and each chart as it is in the end.
  public var json: JSONReport { JSONReport(LessonText(title: title, steps: steps)) }
}

extension Step {
  /// Columns of text.
  private static let width = 78

  /// What is said, a question with an empty line before it.
  var lines: [String] {
    let said = text.wrapped(to: Self.width - 2).enumerated().map { number, line in
      (isQuestion && number == 0 ? "? " : "  ") + line
    }
    return isQuestion ? [""] + said : said
  }
}

/// A lesson whose steps say and show everything, for reading and for scripts.
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
