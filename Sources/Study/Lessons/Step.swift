/// One step of a lesson: a question, or an answer with its charts.
public struct Step: Equatable, Sendable {
  /// The part of a lesson that a step belongs to.
  public enum Part: Equatable, Sendable {
    /// A question to think about; the next step answers it.
    case question
    /// An answer, or an introduction to the steps that make the value.
    case answer
    /// Some of the terms.
    case terms(Range<Int>)
    /// The bias.
    case bias
    /// The operation on the sum: an activation function, a mean, a share.
    case ending
    /// The value that the network recorded.
    case recorded
    /// The number that was to be guessed, shown from here on.
    case reveal
    /// The photo.
    case photo
    /// All output planes of the first layer.
    case planes
    /// One input plane of a depthwise layer, and its kernel.
    case plane
    /// The same plane and kernel, and the output plane.
    case filtered
    /// All output planes of a depthwise layer.
    case filteredPlanes
    /// The planes with the largest shares in a pointwise layer's output.
    case mixture
    /// The output plane that the pointwise layer mixes from them.
    case mixed
    /// The layer at a position.
    case layer(Int)
  }

  /// The part of the lesson.
  public let part: Part
  /// Whether the step is a question that the next step answers.
  public let isQuestion: Bool
  /// The text to say.
  public let text: String
  /// The number of terms in the sum so far.
  public let termsDone: Int
  /// The charts to show.
  public let charts: [Chart]
  /// A question to ask before the step; nil if a question precedes it anyway.
  public let question: String?

  init(
    _ part: Part, _ text: String, termsDone: Int = 0, charts: [Chart] = [],
    question: String? = nil, isQuestion: Bool? = nil
  ) {
    self.part = part
    self.isQuestion = isQuestion ?? (part == .question)
    self.text = text
    self.termsDone = termsDone
    self.charts = charts
    self.question = question
  }
}

extension [Step] {
  /// The same steps, with their questions as steps before them.
  public var askingFirst: [Step] {
    var steps: [Step] = []
    for step in self {
      if let question = step.question {
        steps.append(
          Step(
            .question, question, termsDone: steps.last?.termsDone ?? 0,
            charts: steps.last?.charts ?? []))
      }
      steps.append(step)
    }
    return steps
  }

  /// The last state of each chart, and the index of the first step that shows it.
  var finalCharts: [(step: Int, chart: Chart)] {
    enumerated().reduce(into: []) { found, next in
      let later = self[(next.offset + 1)...].flatMap(\.charts)
      for chart in next.element.charts
      where !found.contains(where: { $0.chart == chart })
        && !later.contains(where: { $0.title == chart.title && $0 != chart })
      {
        found.append((next.offset, chart))
      }
    }
  }
}
