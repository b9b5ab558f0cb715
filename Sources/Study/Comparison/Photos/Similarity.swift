import MobileNet
import Tensors

extension Tensor {
  /// The cosine of the angle between two activations of the same shape, all values taken together:
  /// 1 where they are multiples of each other, 0 where they have nothing in common.
  ///
  /// Nil where one of them is zero everywhere, or has values that are not numbers.
  public func cosine(to other: Tensor) -> Double? {
    let sums = products(with: other)
    let length = (sums.own * sums.others).squareRoot()
    return length > 0 && length.isFinite ? sums.both / length : nil
  }

  /// How far `other`, of the same shape, lies from this one: the length of the difference as a part of
  /// this one's length, 0 where they are equal.
  ///
  /// Nil where this one is zero everywhere, or where values are not numbers.
  public func change(to other: Tensor) -> Double? {
    let sums = products(with: other)
    guard sums.own > 0, sums.own.isFinite, sums.others.isFinite else { return nil }
    return (max(0, sums.own - 2 * sums.both + sums.others) / sums.own).squareRoot()
  }

  /// The sums of the products of values with each other's, with their own, and with the other's own.
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
  /// How similar the output of each layer is to that of the same layer in `other`, which is a trace
  /// of the same network on another photo.
  ///
  /// The classes' sums before a softmax are compared by how far each is above the mean of all: what is
  /// common to them says nothing about the photo.
  public func similarities(to other: Trace) -> [Double?] {
    compared(to: other) { $0.cosine(to: $1) }
  }

  /// How far the output of each layer is from that of the same layer in `other`, which is a trace of
  /// the same network with parts of it switched off: the length of the difference as a part of the
  /// length, the classes' sums as above.
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
  /// The same with the mean of all values taken off each.
  fileprivate var centred: Tensor {
    let mean = Float(values.reduce(0.0) { $0 + Double($1) } / Double(values.count))
    return Tensor(shape: shape, values: values.map { $0 - mean })
  }
}
