import MobileNet
import Tensors

extension Tensor {
  /// The cosine of the angle between two activations of the same shape, all values taken together:
  /// 1 where they are multiples of each other, 0 where they have nothing in common.
  ///
  /// Nil where one of them is zero everywhere, or has values that are not numbers.
  public func cosine(to other: Tensor) -> Double? {
    precondition(shape == other.shape)
    var (product, own, others) = (0.0, 0.0, 0.0)
    withUnsafeBufferPointer { first in
      other.withUnsafeBufferPointer { second in
        for index in first.indices {
          let (x, y) = (Double(first[index]), Double(second[index]))
          product += x * y
          own += x * x
          others += y * y
        }
      }
    }
    let length = (own * others).squareRoot()
    return length > 0 && length.isFinite ? product / length : nil
  }
}

extension Trace {
  /// How similar the output of each layer is to that of the same layer in `other`, which is a trace
  /// of the same network on another photo.
  public func similarities(to other: Trace) -> [Double?] {
    precondition(layers == other.layers)
    return layers.indices.map { output(at: $0).cosine(to: other.output(at: $0)) }
  }
}
