import Tensors

extension Trace {
  /// Why there is no answer: the first layer with values that are not finite, where these reach the
  /// last one; nil where every value of the last output is finite.
  ///
  /// Finite weights can lead there: sums grow beyond 3.4·10³⁸, the largest float32, or 65,504, the
  /// largest half, to infinity, and the difference of two infinities is not a number.
  public var problem: String? {
    guard !layers.isEmpty, !output(at: layers.count - 1).isFinite else { return nil }
    return layers.indices.first { !output(at: $0).isFinite }.map {
      "no answer: \(layers[$0].name) is the first layer whose values are too large for its numbers"
    }
  }
}
