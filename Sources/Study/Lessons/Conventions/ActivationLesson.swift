import MobileNet
import Reports
import Tensors

/// What ReLU and ReLU6 make of a layer's sums, and of the answer.
public struct ActivationLesson: ConventionLesson {
  /// The layer.
  public let layer: Layer
  /// The sum before the activation function.
  public let sum: Double
  /// What the network recorded behind it.
  public let recorded: Float
  /// How many sums of the layer are below zero.
  public let negative: Int
  /// How many sums of the layer are above 6.
  public let large: Int
  /// The largest sum of the layer.
  public let largest: Float

  private let place: String
  private let activation: Activation
  private let cut: CutValues?
  private let comparison: AnswerComparison

  /// Explains the activation of `channel` in row `row` and column `column` of the layer at
  /// `position`, which has one.
  ///
  /// `trace` is a run of a network with `checkpoint`, `sums` what the layer made before its
  /// activation function, and `other` the run with the other one, once it is there.
  public init(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    sums: Tensor, other: OtherRun?
  ) {
    layer = trace.layers[position]
    sum = Double(sums[row, column, channel])
    recorded = trace.output(at: position)[row, column, channel]
    var (negative, large, largest) = (0, 0, -Float.infinity)
    sums.withUnsafeBufferPointer { values in
      for value in values {
        if value < 0 { negative += 1 }
        if value > Activation.relu6.ceiling { large += 1 }
        largest = max(largest, value)
      }
    }
    (self.negative, self.large, self.largest) = (negative, large, largest)
    place = "row \(row), column \(column), channel \(channel)"
    activation = checkpoint.architecture.activation
    cut = other?.cutValues
    let exchanged = checkpoint.exchanging(.activation).architecture.activation
    comparison = AnswerComparison(
      own: trace, other: other?.trace, names: (activation.name, exchanged.name),
      checkpoint: checkpoint)
  }

  /// The layer, and the value that it is explained with.
  public var title: String { "ReLU and ReLU6 at \(layer.name): \(place)" }

  /// The most likely classes with either convention.
  public var answers: [Chart] { comparison.charts }

  /// Questions and answers.
  public var steps: [Step] {
    let count = layer.output.count
    let other = activation == .relu ? Activation.relu6 : .relu
    return [
      Step(
        .question,
        "The sum at \(place) is \(NumberText.fixed(sum, 4)). What does ReLU make of it, and ReLU6?"),
      Step(
        .answer,
        "ReLU is max(x, 0): \(made(by: .relu)). ReLU6 is min(max(x, 0), 6): "
          + "\(made(by: .relu6)). These weights were trained with \(activation.name), and "
          + "\(NumberText.fixed(Double(recorded), 4)) was recorded."),
      Step(
        .question,
        "The layer has \(NumberText.grouped(count)) sums. How many of them are below zero?"),
      Step(
        .answer,
        "\(NumberText.grouped(negative)), \(share(negative)): both make 0 of them, and nothing "
          + "behind this layer knows how far below zero they were.", charts: [sums]),
      Step(.question, "And how many are above 6?", charts: [sums]),
      Step(
        .answer,
        "\(NumberText.grouped(large)), \(share(large)); the largest is "
          + "\(NumberText.fixed(Double(largest), 2)). ReLU lets them pass, ReLU6 makes 6 of them, "
          + "so that eight bits are enough for all values.", charts: [sums] + cutCharts),
      Step(
        .question,
        "These weights were trained with \(activation.name). What does the network answer with "
          + "\(other.name)?", charts: Array(answers.prefix(1))),
      Step(.answer, comparison.text, charts: answers),
    ]
  }

  private func made(by activation: Activation) -> String {
    NumberText.fixed(min(max(sum, 0), Double(activation.ceiling)), 4)
  }

  private func share(_ part: Int) -> String {
    NumberText.percent(Double(part) / Double(max(layer.output.count, 1)), digits: 2)
  }

  /// The layer's sums in three parts.
  private var sums: Chart {
    let passing = layer.output.count - negative - large
    return Chart(
      "sums of \(layer.name)",
      [("below 0", negative), ("0 to 6", passing), ("above 6", large)].map {
        Chart.Row($0.0, Double($0.1), NumberText.grouped($0.1))
      })
  }

  /// What ReLU6 cuts in every layer.
  private var cutCharts: [Chart] {
    guard let cut else { return [] }
    return [
      Chart(
        "above 6 with ReLU",
        cut.layers.indices.map {
          Chart.Row(
            cut.layers[$0].name, cut.share($0), NumberText.percent(cut.share($0), digits: 2))
        }, lit: cut.layers.firstIndex(of: layer))
    ]
  }
}
