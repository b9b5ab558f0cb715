import MobileNet
import Reports

/// What a pair of layers costs, and what the standard convolution would cost that it replaced.
public struct ReplacementLesson: Lesson {
  /// The pair.
  public let replacement: Replacement
  /// Both times, once they are measured.
  public let times: ReplacementTimes?

  /// Explains `replacement`; `times` are those of a network that runs now.
  public init(_ replacement: Replacement, times: ReplacementTimes?) {
    self.replacement = replacement
    self.times = times
  }

  /// The layer, and the value that it is explained with.
  public var title: String { replacement.title }

  /// Questions and answers.
  public var steps: [Step] {
    let all = replacement
    let halfMultiplyAdds = chart("multiply-adds", all.standardMultiplyAdds, nil)
    let multiplyAdds = chart("multiply-adds", all.standardMultiplyAdds, all.multiplyAdds)
    let halfParameters = chart("parameters", all.standardParameters, nil)
    let parameters = chart("parameters", all.standardParameters, all.parameters)
    let ratio = NumberText.fixed(all.predictedRatio, 4)
    return [
      Step(
        .question,
        "One standard 3×3 convolution could stand in place of \(all.depthwise.name) and "
          + "\(all.pointwise.name). How many multiply-adds would it need?"),
      Step(
        .answer,
        "Every output channel reads every input channel through a window of its own: "
          + all.standardFormula, charts: [halfMultiplyAdds]),
      Step(.question, "And the two layers together?", charts: [halfMultiplyAdds]),
      Step(
        .answer, "First a window for each channel, then a mixture of channels: " + all.pairFormula,
        charts: [multiplyAdds]),
      Step(
        .answer,
        "The ratio is 1/N + 1/9 = 1/\(all.pointwise.output.channels) + 1/9 = \(ratio): "
          + "about an eighth to a ninth, whatever the size of the picture.",
        charts: [multiplyAdds]),
      Step(
        .question,
        "The standard convolution would have \(all.standardParameterFormula) weights and biases. "
          + "And the pair?",
        charts: [multiplyAdds, halfParameters]),
      Step(.answer, all.pairParameterFormula, charts: [multiplyAdds, parameters]),
      Step(
        .question, "Is the pair that much faster on this machine?",
        charts: [multiplyAdds, parameters]),
      Step(
        .answer, times.map { text(of: $0) } ?? "Measuring …",
        charts: [multiplyAdds, parameters] + timeCharts),
    ]
  }

  private func chart(_ title: String, _ standard: Int, _ pair: Int?) -> Chart {
    Chart(
      title,
      [
        Chart.Row("standard 3×3", Double(standard), NumberText.grouped(standard)),
        pair.map { Chart.Row("the pair", Double($0), NumberText.grouped($0)) }
          ?? Chart.Row(unknown: "the pair"),
      ])
  }

  private var timeCharts: [Chart] {
    guard let times else { return [] }
    return [
      Chart(
        "milliseconds, measured",
        [
          Chart.Row("standard 3×3", times.standard, NumberText.fixed(times.standard, 3)),
          Chart.Row("the pair", times.separable, NumberText.fixed(times.separable, 3)),
        ])
    ]
  }

  private func text(of times: ReplacementTimes) -> String {
    let ratio = times.separable / times.standard
    return "Both were run in turns on the same threads, with kernels of the same quality: "
      + "\(NumberText.fixed(times.separable, 3)) ms against "
      + "\(NumberText.fixed(times.standard, 3)) ms, a ratio of \(NumberText.fixed(ratio, 4)) "
      + "where \(NumberText.fixed(replacement.predictedRatio, 4)) was predicted."
  }
}
