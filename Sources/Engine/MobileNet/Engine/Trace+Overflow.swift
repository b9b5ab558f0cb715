import Tensors

extension Trace {
  /// The reason why there is no answer: the first layer with values that are not finite, if such
  /// values reach the last layer; nil if the last output is finite.
  ///
  /// Finite weights can cause this: sums overflow to infinity beyond 3.4·10³⁸, the largest float32,
  /// or 65,504, the largest half, and the difference of two infinities is NaN.
  public var problem: String? {
    guard !layers.isEmpty, !output(at: layers.count - 1).isFinite else { return nil }
    return absence
  }

  /// The first layer with values that are not finite, in words; if all are finite, only that values
  /// are too large.
  public var overflow: String {
    firstOverflow.map {
      "\(layers[$0].name) is the first layer whose values are too large for its numbers"
    } ?? "its values are too large"
  }

  /// The reason why there is no answer, where the last output is known not to be finite.
  public var absence: String { "no answer: \(overflow)" }

  /// The position of the first layer whose values are not all finite; those behind it are made of
  /// them.
  public var firstOverflow: Int? { layers.indices.first { !output(at: $0).isFinite } }
}
