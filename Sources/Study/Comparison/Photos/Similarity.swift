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
  ///
  /// The classes' sums before softmax are compared by how far each is above the mean of all: what is
  /// common to them says nothing about the photo.
  public func similarities(to other: Trace) -> [Double?] {
    precondition(layers == other.layers)
    return layers.indices.map { position in
      let (own, its) = (output(at: position), other.output(at: position))
      return position == layers.classifier
        ? own.centred.cosine(to: its.centred) : own.cosine(to: its)
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
