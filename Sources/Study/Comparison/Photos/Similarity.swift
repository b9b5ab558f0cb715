import MobileNet
import Tensors

extension Tensor {
  /// Returns the cosine of the angle between two activations of the same shape, as vectors of all
  /// values: 1 if they are multiples of each other, 0 if they have nothing in common.
  ///
  /// Returns nil if either is zero everywhere or has a value that is not finite.
  public func cosine(to other: Tensor) -> Double? {
    let sums = products(with: other)
    let length = (sums.own * sums.others).squareRoot()
    return length > 0 && length.isFinite ? sums.both / length : nil
  }

  /// Returns the length of the difference from `other`, of the same shape, relative to this
  /// activation's length: 0 if they are equal.
  ///
  /// Returns nil if this activation is zero everywhere, or if a value is not finite.
  public func change(to other: Tensor) -> Double? {
    let sums = products(with: other)
    guard sums.own > 0, sums.own.isFinite, sums.others.isFinite else { return nil }
    return (max(0, sums.own - 2 * sums.both + sums.others) / sums.own).squareRoot()
  }

  /// Returns the dot products of both, of this activation with itself, and of the other with
  /// itself.
  private func products(with other: Tensor) -> (both: Double, own: Double, others: Double) {
    precondition(shape == other.shape)
    var (both, own, others) = (0.0, 0.0, 0.0)
    withUnsafeBufferPointer { first in
      other.withUnsafeBufferPointer { second in
        for index in first.indices {
          let (x, y) = (Double(first[index]), Double(second[index]))
          both += x * y
          own += x * x
          others += y * y
        }
      }
    }
    return (both, own, others)
  }
}

extension Trace {
  /// Returns the cosine between each layer's output and that of the same layer in `other`, a trace
  /// of the same network on another photo.
  ///
  /// The logits before a softmax are compared after subtracting their mean, which says nothing
  /// about the photo.
  public func similarities(to other: Trace) -> [Double?] {
    compared(to: other) { $0.cosine(to: $1) }
  }

  /// Returns the relative change of each layer's output to that of the same layer in `other`, a
  /// trace of the same network with parts switched off; logits are treated as in
  /// `similarities(to:)`.
  public func changes(to other: Trace) -> [Double?] {
    compared(to: other) { $0.change(to: $1) }
  }

  private func compared(
    to other: Trace, _ compare: (Tensor, Tensor) -> Double?
  ) -> [Double?] {
    precondition(layers == other.layers)
    return layers.indices.map { position in
      let (own, its) = (output(at: position), other.output(at: position))
      return position == layers.classifier && layers.hasSoftmax
        ? compare(own.centred, its.centred) : compare(own, its)
    }
  }
}

extension Tensor {
  /// The tensor with the mean of all values subtracted from each.
  fileprivate var centred: Tensor {
    let mean = Float(values.reduce(0.0) { $0 + Double($1) } / Double(values.count))
    return Tensor(shape: shape, values: values.map { $0 - mean })
  }
}
