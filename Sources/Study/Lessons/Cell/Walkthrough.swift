import Foundation
import MobileNet
import Tensors

/// A lesson on how a layer made one value of its output: every product, their sum, and the ending.
///
/// Products and sums are computed here in double precision, from the weights and the layer's
/// recorded input, independently of the kernels that made the recorded value.
public struct Walkthrough: Lesson {
  /// The operation on the sum that gives the value.
  public enum Ending: Equatable, Sendable {
    /// An activation function.
    case activation(Activation)
    /// Nothing.
    case none
    /// Division by the number of places.
    case mean(of: Int)
    /// The power of the value's own class is divided by the sum.
    case share(Double)
    /// 1 / (1 + exp(−x)).
    case sigmoid
  }

  /// The layer that made the value.
  public let layer: Layer
  /// The row of the value in the layer's output.
  public let row: Int
  /// The column of the value in the layer's output.
  public let column: Int
  /// The channel of the value, counted from 0.
  public let channel: Int
  /// The terms in the order to show them: that of the window, or the largest amount first.
  public let terms: [Term]
  /// The bias added to the terms; nil for layers without weights.
  public let bias: Float?
  /// The operation on the sum that gives the value.
  public let ending: Ending
  /// The value that the network recorded.
  public let recorded: Float

  /// The number of decimals that the computed and the recorded value have in common.
  ///
  /// The network adds in single precision and in another order, so that the last digits of a float
  /// may differ; nil if the two differ by more than that explains.
  public private(set) var commonDigits: Int?

  /// The sentences.
  public let script: LessonScript
  /// The name of the class that the channel stands for; nil if it stands for none.
  let className: String?
  /// The names of the input's channels as people see them, if they have any: colours and classes.
  private let sourceNames: [String]

  /// Takes apart the value of `channel` in row `row` and column `column` of the output of the layer
  /// at `position` of `trace`, a run of a network with `checkpoint`, in the words of `script`.
  public init(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    script: LessonScript
  ) {
    let layer = trace.layers[position]
    self.script = script
    let input = trace.input(at: position)
    let source = TermSource(
      layer: layer, input: input, weights: checkpoint.weights(of: layer))
    self.layer = layer
    self.row = row
    self.column = column
    self.channel = channel
    var terms = source.terms(row: row, column: column, channel: channel)
    var sum = 0.0
    for index in terms.indices {
      sum += terms[index].amount
      terms[index].sum = sum
    }
    self.terms = terms
    bias = source.weights?.biases[channel]
    recorded = trace.output(at: position)[row, column, channel]
    let isClass = position == trace.layers.classifier || layer.givesProbabilities
    className = isClass ? checkpoint.label(channel) : nil
    switch layer.kind {
    case .convolution:
      sourceNames = checkpoint.preprocessing.colorNames.map { script.words.word("color-\($0)") }
    case .softmax, .sigmoid:
      sourceNames = (0..<layer.input.channels).map { checkpoint.shortLabel($0) }
    default:
      sourceNames = []
    }
    ending =
      switch layer.kind {
      case .averagePooling: .mean(of: input.shape.places)
      case .softmax: .share(terms.first { $0.channel == channel }?.amount ?? 0)
      case .sigmoid: .sigmoid
      default: layer.activation.map { .activation($0) } ?? .none
      }
    commonDigits = comparedDigits()
  }

  /// Returns the name of the channel that a term reads, as people see it: a colour, a class, or its
  /// number.
  public func sourceName(of term: Term) -> String {
    sourceNames.indices.contains(term.channel) ? sourceNames[term.channel] : "\(term.channel)"
  }

  /// The sum of all terms and the bias.
  public var sum: Double { (terms.last?.sum ?? 0) + Double(bias ?? 0) }

  /// The value computed from the sum.
  public var result: Double {
    switch ending {
    case .activation(let activation): min(max(sum, 0), Double(activation.ceiling))
    case .none: sum
    case .mean(let count): sum / Double(count)
    case .share(let power): power / sum
    case .sigmoid: 1 / (1 + exp(-sum))
    }
  }

  /// The number of decimals shown for the numbers of this walkthrough.
  public var digits: Int { commonDigits ?? 4 }

  private func comparedDigits() -> Int? {
    let size = terms.reduce(result.magnitude) { $0 + $1.amount.magnitude }
    let isMean = if case .mean = ending { true } else { false }
    let isShare = if case .share = ending { true } else { false }
    let scale = isMean ? size / Double(max(terms.count, 1)) : isShare ? result : size
    return CommonDigits.count(result, Double(recorded), size: scale)
  }
}
