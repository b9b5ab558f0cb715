import MobileNet
import Reports
import Tensors

/// What becomes of a value of a stride-2 layer, and of the answer, when the windows begin one place
/// later or earlier.
public struct PaddingLesson: ConventionLesson {
  /// What a layer makes of one window.
  public struct Window: Sendable {
    /// The convention that places it.
    public let padding: Padding
    /// Its products and sums, as the window lies.
    public let terms: [Term]
    /// The sum of all products and the bias.
    public let sum: Double
    /// What the activation function makes of it.
    public let result: Double

    /// The rows that it reads, those outside of the input included.
    public var rows: ClosedRange<Int> { span(terms.map(\.row)) }
    /// The columns that it reads, those outside of the input included.
    public var columns: ClosedRange<Int> { span(terms.map(\.column)) }

    private func span(_ places: [Int]) -> ClosedRange<Int> {
      (places.min() ?? 0)...(places.max() ?? 0)
    }
  }

  /// The step that tells what the other padding reads.
  public static let revealingStep = 3

  /// The layer.
  public let layer: Layer
  /// The window under the padding that the weights were trained with, and under the other one.
  public let windows: (own: Window, other: Window)
  /// What the network recorded.
  public let recorded: Float

  private let row: Int
  private let column: Int
  private let channel: Int
  private let activation: Activation
  private let comparison: AnswerComparison

  /// Explains the padding at `channel` of row `row` and column `column` of the stride-2 layer at
  /// `position`.
  ///
  /// `trace` is a run of a network with `checkpoint`, and `other` one with the other padding, once
  /// it is there.
  public init(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    other: OtherRun?
  ) {
    let layer = trace.layers[position]
    let weights = checkpoint.weights(of: layer)
    let architecture = checkpoint.architecture
    func window(_ padding: Padding, _ layer: Layer) -> Window {
      let source = TermSource(
        layer: layer, input: trace.input(at: position), weights: weights)
      let terms = source.terms(row: row, column: column, channel: channel)
      let sum = terms.reduce(Double(weights?.biases[channel] ?? 0)) { $0 + $1.amount }
      return Window(
        padding: padding, terms: terms, sum: sum,
        result: min(max(sum, 0), Double(architecture.activation.ceiling)))
    }
    let exchanged = checkpoint.exchanging(.padding).architecture
    let resolution = trace.input.shape.height
    self.layer = layer
    windows = (
      window(architecture.padding, layer),
      window(exchanged.padding, exchanged.layers(resolution: resolution)[position])
    )
    recorded = trace.output(at: position)[row, column, channel]
    (self.row, self.column, self.channel) = (row, column, channel)
    activation = architecture.activation
    comparison = AnswerComparison(
      own: trace, other: other?.trace,
      names: ("\(architecture.padding.owner)'s padding", "\(exchanged.padding.owner)'s padding"),
      checkpoint: checkpoint)
  }

  /// The layer, and the value that it is explained with.
  public var title: String {
    "padding at \(layer.name): row \(row), column \(column), channel \(channel)"
  }

  /// The most likely classes with either convention.
  public var answers: [Chart] { comparison.charts }

  /// Questions and answers.
  public var steps: [Step] {
    let (own, other) = windows
    let place = "row \(row), column \(column)"
    return [
      Step(
        .question,
        "\(layer.name) makes \(layer.output.height) rows of \(layer.input.height): its window of "
          + "3×3 moves by 2. In which row does the first window begin?"),
      Step(
        .answer,
        "Caffe and PyTorch put one row of zeros before and one after: it begins in row -1. "
          + "TensorFlow puts none before and one after: it begins in row 0. These weights were "
          + "trained with \(own.padding.owner)'s padding."),
      Step(
        .question,
        "The value at \(place) is made of rows \(range(own.rows)). What would \(other.padding.owner)'s "
          + "padding read, and what would it make?"),
      Step(
        .answer,
        "Rows \(range(other.rows)) and columns \(range(other.columns)): "
          + "\(arithmetic(other)), instead of \(arithmetic(own)). "
          + "The network recorded \(NumberText.fixed(Double(recorded), 4))."),
      Step(
        .question,
        "Every stride-2 layer moves by one place, and nothing fails. What does the network answer?",
        charts: Array(answers.prefix(1))),
      Step(.answer, comparison.text, charts: answers),
    ]
  }

  private func arithmetic(_ window: Window) -> String {
    "\(activation.name)(\(NumberText.fixed(window.sum, 4))) = "
      + NumberText.fixed(window.result, 4)
  }

  private func range(_ range: ClosedRange<Int>) -> String {
    "\(range.lowerBound) to \(range.upperBound)"
  }
}
