import MobileNet
import Tensors

/// The gradient of one value of a run by a backward pass, checked by a small change of the value.
public struct Backpropagation: Sendable {
  /// Whether the measured change bears the gradient out.
  public enum Verdict: Equatable, Sendable {
    /// It does, to within `tolerance`.
    case confirmed
    /// It does not: the step opened or closed so many ReLUs behind.
    case crossed(Int)
    /// The change is too small to be told from rounding.
    case drowned
  }

  /// The class whose logit is the number to differentiate.
  public let classIndex: Int
  /// Whether the number is the logit less the mean of all logits, as before a softmax.
  public let isCentred: Bool
  /// The value of the number in the run.
  public let number: Double
  /// The derivative of the number with respect to the value.
  public let gradient: Float
  /// The gradient of the number with respect to all values of the layer that reads the value.
  public let next: Tensor
  /// The amount by which the value was lowered and raised.
  public let change: Float
  /// The number with the value lowered, and raised.
  public let lower: Double, higher: Double
  /// Whether what was measured bears the gradient out.
  public let verdict: Verdict

  /// The largest error of the measured gradient, as a part of it.
  public static let tolerance = 0.05

  /// Runs a backward pass over `trace`, a run of `network`, from its most likely class to the value
  /// of `channel` in row `row` and column `column` of the layer at `position`, which another layer
  /// reads.
  ///
  /// Throws a `TargetError` if the network has no classes.
  public init(
    _ network: Network, _ trace: Trace, position: Int, row: Int, column: Int, channel: Int
  ) throws(TargetError) {
    self.init(
      try AnswerGradient(network, trace, position: position), row: row, column: column,
      channel: channel)
  }

  /// Changes the value of `channel` in row `row` and column `column` of the layer of `gradients`.
  init(_ gradients: AnswerGradient, row: Int, column: Int, channel: Int) {
    let value = gradients.output[row, column, channel]
    classIndex = gradients.classIndex
    isCentred = gradients.network.layers.hasSoftmax
    number = gradients.number
    gradient = gradients.own[row, column, channel]
    next = gradients.next
    // Large changes cross kinks of ReLU, small ones drown in rounding: the smallest change is taken
    // that leaves two digits after rounding.
    let largest = max(value.magnitude, 1) / 2
    let size = max(number.magnitude, 1)
    let tries = (0..<10).lazy.map { power in
      let change = largest / Float(1 << (9 - power))
      return (
        change: change, lower: gradients.moved(row, column, channel, by: -change),
        higher: gradients.moved(row, column, channel, by: change)
      )
    }
    let clear = tries.first {
      (gradients.number(of: $0.higher) - gradients.number(of: $0.lower)).magnitude
        > 100 * Self.rounding * size
    }
    let kept = clear ?? tries[9]
    change = kept.change
    (lower, higher) = (gradients.number(of: kept.lower), gradients.number(of: kept.higher))
    let error = ((higher - lower) / (2 * Double(change)) - Double(gradient)).magnitude
    if clear == nil {
      verdict = .drowned
    } else if error <= Self.tolerance * Double(gradient).magnitude {
      verdict = .confirmed
    } else {
      let crossed = gradients.crossed(by: kept.lower) + gradients.crossed(by: kept.higher)
      // Between kinks the network is linear, so that only rounding is left to blame.
      verdict = crossed > 0 ? .crossed(crossed) : .drowned
    }
  }

  /// The relative rounding error of a number computed in floats.
  private static let rounding = 5e-7

  /// The measured change of the number per unit of the value.
  public var slope: Double { (higher - lower) / (2 * Double(change)) }
}

/// The effect of the values of a layer, and of the next, on a run's answer.
struct AnswerGradient {
  let network: Network
  let trace: Trace
  let position: Int
  /// The most likely class.
  let classIndex: Int
  /// The gradients of the layer, and of the one that reads it.
  let own: Tensor, next: Tensor
  private let target: Target
  private let last: Int

  /// Goes back over `trace`, a run of `network`, to the layer at `position`, which another one reads;
  /// throws where the network has no classes.
  init(_ network: Network, _ trace: Trace, position: Int) throws(TargetError) {
    guard let best = trace.predictions(top: 1).first?.classIndex else {
      throw TargetError.noClassifier
    }
    target = Target.logit(of: best, in: network.layers)
    last = try target.position(in: network.layers)
    let found = try network.gradient(of: target, at: trace)
    guard position < last, let own = found.output(at: position),
      let next = found.output(at: position + 1)
    else { throw TargetError.noLayer(position) }
    (self.network, self.trace, self.position) = (network, trace, position)
    (classIndex, self.own, self.next) = (best, own, next)
  }

  /// The values of the layer.
  var output: Tensor { trace.output(at: position) }

  /// The number that a change changes.
  var number: Double { number(of: trace) }

  /// The number in another run.
  func number(of run: Trace) -> Double { target.value(of: run.output(at: last)) }

  /// A run of the layers behind, with a value changed.
  func moved(_ row: Int, _ column: Int, _ channel: Int, by change: Float) -> Trace {
    let shape = output.shape
    var values = output.values
    values[(row * shape.width + column) * shape.channels + channel] += change
    return network.rerun(trace, from: position, replacing: Tensor(shape: shape, values: values))
  }

  /// The number of ReLUs behind that are open in the run or in `other`, and not in both.
  func crossed(by other: Trace) -> Int {
    (position + 1..<last).reduce(0) { count, position in
      guard let activation = trace.layers[position].activation else { return count }
      return count
        + zip(trace.output(at: position).values, other.output(at: position).values)
        .count { activation.passes($0) != activation.passes($1) }
    }
  }
}

extension Activation {
  /// Whether a small change of the sum that became `value` comes through.
  func passes(_ value: Float) -> Bool { value > 0 && value < ceiling }
}
