/// One step of a lesson: a question, or an answer and what is shown with it.
public struct Step: Equatable, Sendable {
  /// What a step is about.
  public enum Part: Equatable, Sendable {
    /// Something to be predicted; the next step answers it.
    case question
    /// The answer, and how the value will be made.
    case answer
    /// Some of the terms.
    case terms(Range<Int>)
    /// The bias.
    case bias
    /// The activation function, a mean, a share.
    case ending
    /// The value that the network recorded.
    case recorded
    /// What was to be guessed and is shown from here on.
    case reveal
    /// The photo.
    case photo
    /// All planes that the first layer makes.
    case planes
    /// One plane that a depthwise layer reads, and its kernel.
    case plane
    /// The same, and what comes out.
    case filtered
    /// All planes that a depthwise layer makes.
    case filteredPlanes
    /// Those of them that a pointwise layer gives the most weight.
    case mixture
    /// The plane that it makes of them.
    case mixed
    /// The layer at a position.
    case layer(Int)
  }

  /// What it is about.
  public let part: Part
  /// Whether it asks something that the next step answers.
  public let isQuestion: Bool
  /// What is said.
  public let text: String
  /// How many terms are in the sum by now.
  public let termsDone: Int
  /// What is shown with it.
  public let charts: [Chart]
  /// What can be asked before it, where nothing is asked anyway.
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
  /// The same steps, with a question before each that has one.
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

  /// The last state of each chart, and the index of the step that it comes with.
  var finalCharts: [(step: Int, chart: Chart)] {
    enumerated().flatMap { index, step in
      step.charts.filter { chart in
        !self[(index + 1)...].contains { $0.charts.contains { $0.title == chart.title } }
      }
      .map { (index, $0) }
    }
  }
}
