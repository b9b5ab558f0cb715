import MobileNet
import Reports
import Tensors

/// A lesson on the effect of the padding convention on a value of a stride-2 layer, and on the
/// answer: under the other one, windows begin one place later or earlier.
public struct PaddingLesson: ConventionLesson {
  /// A window of a layer, and the value computed from it.
  public struct Window: Sendable {
    /// The convention that places the window.
    public let padding: Padding
    /// The terms, in the order of the window.
    public let terms: [Term]
    /// The sum of all terms and the bias.
    public let sum: Double
    /// The value after the activation function.
    public let result: Double

    /// The rows that the window reads, including those outside of the input.
    public var rows: ClosedRange<Int> { span(terms.map(\.row)) }
    /// The columns that the window reads, including those outside of the input.
    public var columns: ClosedRange<Int> { span(terms.map(\.column)) }

    private func span(_ places: [Int]) -> ClosedRange<Int> {
      (places.min() ?? 0)...(places.max() ?? 0)
    }
  }

  /// The sentences.
  public let script: LessonScript
  /// The layer that has the value.
  public let layer: Layer
  /// The windows under the padding that the weights were trained with, and under the other one.
  public let windows: (own: Window, other: Window)
  /// The value that the network recorded.
  public let recorded: Float

  /// The number of layers with stride 2, and of those that the other padding moves.
  private let strided: Int, moved: Int
  /// Whether it moves this one by a row, and by a column.
  private let moves: (rows: Bool, columns: Bool)
  /// Where the other padding changes most in the channel; nil where it changes nothing.
  private let largestChange: (row: Int, column: Int)?
  private let row: Int
  private let column: Int
  private let channel: Int
  private let activation: Activation
  private let comparison: AnswerComparison

  /// Explains the padding at `channel` of row `row` and column `column` of the stride-2 layer at
  /// `position`.
  ///
  /// `trace` is a run of a network with `checkpoint`, and `other` one with the other padding, once
  /// that is computed.
  public init(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    other otherRun: OtherRun?, script: LessonScript
  ) {
    self.script = script
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
    let others = exchanged.layers(resolution: trace.resolution)
    let other = others[position]
    self.layer = layer
    windows = (window(architecture.padding, layer), window(exchanged.padding, other))
    let pairs = zip(trace.layers, others).filter { $0.0.kernelSide == 3 && $0.0.stride == 2 }
    strided = pairs.count
    moved = pairs.count { $0.0.window.before != $0.1.window.before }
    moves = (
      layer.window.before.above != other.window.before.above,
      layer.window.before.left != other.window.before.left
    )
    let difference = PaddingDifference(trace, checkpoint, position).plane(channel)
    largestChange =
      difference.values.contains { $0 > 0 } ? difference.largestPlace : nil
    recorded = trace.output(at: position)[row, column, channel]
    (self.row, self.column, self.channel) = (row, column, channel)
    activation = architecture.activation
    comparison = AnswerComparison(
      own: trace, other: otherRun?.trace, checkpoint: checkpoint)
  }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = comparison.facts
    facts.set("layer", layer.name)
    facts.set("row", "\(row)")
    facts.set("column", "\(column)")
    facts.set("channel", "\(channel)")
    facts.set("input-rows", "\(layer.input.height)")
    facts.set("output-rows", "\(layer.output.height)")
    facts.set("input-columns", "\(layer.input.width)")
    facts.set("output-columns", "\(layer.output.width)")
    facts.flag("square", layer.input.height == layer.input.width)
    facts.flag("rows-move", moves.rows)
    facts.flag("columns-move", moves.columns)
    facts.flag("moves", moves.rows || moves.columns)
    facts.set("strided", "\(strided)")
    facts.set("moved", "\(moved)")
    facts.flag("all-move", moved == strided)
    facts.flag("some-move", 0 < moved && moved < strided)
    facts.flag("none-moves", moved == 0)
    facts.set("change-row", largestChange.map { "\($0.row)" })
    facts.set("change-column", largestChange.map { "\($0.column)" })
    facts.set("activation", activation.name)
    facts.set("recorded", NumberText.fixed(Double(recorded), 4))
    // Compared to all digits that are shown.
    facts.flag(
      "same-here",
      NumberText.fixed(windows.own.result, 4) == NumberText.fixed(windows.other.result, 4))
    for (name, window) in [("own", windows.own), ("other", windows.other)] {
      facts.set(name, window.padding.owner)
      facts.set("\(name)-first-row", "\(window.rows.lowerBound)")
      facts.set("\(name)-last-row", "\(window.rows.upperBound)")
      facts.set("\(name)-first-column", "\(window.columns.lowerBound)")
      facts.set("\(name)-last-column", "\(window.columns.upperBound)")
      facts.set("\(name)-sum", NumberText.fixed(window.sum, 4))
      facts.set("\(name)-result", NumberText.fixed(window.result, 4))
    }
    return facts
  }
}
