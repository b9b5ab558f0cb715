/// A lesson as a person writes it: sentences with names in them, and conditions for saying them.
///
///     topic cell
///     title {layer}: {place}
///
///     ? How many multiplications does this one number need?
///     @when kind is depthwise
///     = 9: a window of 3×3 places of channel {channel} alone.
///
/// `Sources/Study/Lessons/Files/README.md` explains every kind of line.
public struct LessonScript: Sendable {
  /// A line to say, or blocks to say for each item of a list.
  enum Block: Sendable {
    case said(Line)
    case each(String, [Block], line: Int)
  }

  /// A sentence to say, with its conditions.
  struct Line: Sendable {
    /// The kind of sentence.
    enum Kind: Sendable {
      /// A question.
      case question
      /// A question for those who want to be asked before every step.
      case extraQuestion
      /// An answer, or anything else that is told.
      case told
    }

    let kind: Kind
    let sentence: Sentence
    /// The conditions, all of which must hold.
    var conditions: [Condition] = []
    /// The charts to show from here on; nil for those of the step before.
    var charts: [String]?
    /// The part of the lesson that the step belongs to, which decides what is highlighted.
    var part: Step.Part?
    /// The number of the line in the file.
    let line: Int
  }

  /// A condition for saying a line.
  struct Condition: Sendable, Equatable {
    let name: String
    /// The values that the name may have; empty if any value will do.
    let values: [String]
    let isNegated: Bool

    func holds(of facts: Facts) -> Bool {
      let holds =
        values.isEmpty
        ? facts.holds(name) : facts.compared(name).map(values.contains) ?? false
      return holds != isNegated
    }
  }

  /// The name of the file.
  public let file: String
  /// The topic of the lesson.
  public let topic: Topic
  /// The code of the language, such as `de`; nil if the file does not name one.
  public let language: String?
  /// The layer that the file asks for.
  public let layer: Asked<String>?
  /// The channel that the file asks for.
  public let channel: Asked<Int>?
  let title: (sentence: Sentence, line: Int)
  let words: Words
  let blocks: [Block]

  /// The title before its numbers are known.
  public var name: String { title.sentence.outline }

  /// Returns the title for `facts`.
  func title(of facts: Facts) -> String { title.sentence.said(of: facts, words: words) }

  /// Returns the steps for `facts`.
  func steps(of facts: Facts) -> [Step] {
    var telling = Telling(words: words)
    telling.tell(blocks, of: facts)
    return telling.steps
  }
}

/// The steps made so far, and the state that one step passes on to the next.
private struct Telling {
  let words: Words
  var steps: [Step] = []
  private var termsDone = 0
  private var charts: [Chart] = []
  private var extraQuestion: String?

  init(words: Words) { self.words = words }

  mutating func tell(_ blocks: [LessonScript.Block], of facts: Facts) {
    for block in blocks {
      switch block {
      case .said(let line): tell(line, of: facts)
      case .each(let name, let inner, _):
        guard case .list(let items) = facts.values[name] else { continue }
        for item in items { tell(inner, of: item.over(facts), as: item) }
      }
    }
  }

  private mutating func tell(
    _ blocks: [LessonScript.Block], of facts: Facts, as item: Facts
  ) {
    for case .said(let line) in blocks { tell(line, of: facts, as: item) }
  }

  private mutating func tell(
    _ line: LessonScript.Line, of facts: Facts, as item: Facts? = nil
  ) {
    guard line.conditions.allSatisfy({ $0.holds(of: facts) }) else { return }
    let text = line.sentence.said(of: facts, words: words)
    if let shown = line.charts {
      charts = shown.compactMap { words.chart($0, of: facts) }
    }
    switch line.kind {
    case .extraQuestion:
      extraQuestion = text
      return
    case .question:
      steps.append(
        Step(
          line.part ?? .question, text, termsDone: termsDone, charts: charts, isQuestion: true))
    case .told:
      termsDone = item?.termsDone ?? termsDone
      steps.append(
        Step(
          line.part ?? item?.part ?? .answer, text, termsDone: termsDone, charts: charts,
          question: extraQuestion))
    }
    extraQuestion = nil
  }
}
