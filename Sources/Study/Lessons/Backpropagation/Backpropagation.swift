import MobileNet
import Tensors

/// The gradient of one value of a run by a backward pass, checked by a small change of the value.
public struct Backpropagation: Sendable {
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

  /// Runs a backward pass over `trace`, a run of `network`, from its most likely class to the value
  /// of `channel` in row `row` and column `column` of the layer at `position`, which another layer
  /// reads.
  ///
  /// Throws a `TargetError` if the network has no classes.
  public init(
    _ network: Network, _ trace: Trace, position: Int, row: Int, column: Int, channel: Int
  ) throws(TargetError) {
    guard let best = trace.predictions(top: 1).first?.classIndex else {
      throw TargetError.noClassifier
    }
    let target = Target.logit(of: best, in: network.layers)
    let last = try target.position(in: network.layers)
    let found = try network.gradient(of: target, at: trace)
    guard position < last, let own = found.output(at: position),
      let next = found.output(at: position + 1)
    else { throw TargetError.noLayer(position) }
    let output = trace.output(at: position)
    let shape = output.shape
    let index = (row * shape.width + column) * shape.channels + channel
    func number(moved change: Float) -> Double {
      var values = output.values
      values[index] += change
      let run = network.rerun(
        trace, from: position, replacing: Tensor(shape: shape, values: values))
      return target.value(of: run.output(at: last))
    }
    classIndex = best
    isCentred = network.layers.hasSoftmax
    self.number = target.value(of: trace.output(at: last))
    gradient = own[row, column, channel]
    self.next = next
    // Large changes cross kinks of ReLU, small ones drown in rounding: the smallest change is taken
    // that leaves two digits after rounding.
    let largest = max(output.values[index].magnitude, 1) / 2
    let tries = (0..<10).lazy.map { power in
      let change = largest / Float(1 << (9 - power))
      return (change: change, lower: number(moved: -change), higher: number(moved: change))
    }
    let size = max(target.value(of: trace.output(at: last)).magnitude, 1)
    let clear = tries.first { ($0.higher - $0.lower).magnitude > 100 * Self.rounding * size }
    let kept = clear ?? tries[9]
    (change, lower, higher) = (kept.change, kept.lower, kept.higher)
  }

  /// The relative rounding error of a number computed in floats.
  private static let rounding = 5e-7

  /// The largest rounding error of `slope`.
  var slopeError: Double { Self.rounding * max(number.magnitude, 1) / Double(change) }

  /// The measured change of the number per unit of the value.
  public var slope: Double { (higher - lower) / (2 * Double(change)) }
}
