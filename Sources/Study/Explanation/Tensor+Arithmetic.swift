import Tensors

extension Tensor {
  /// Returns a tensor of zeros.
  static func zeros(_ shape: Shape) -> Tensor {
    Tensor(repeating: 0, shape: shape)
  }

  /// Returns the product with `other`, value by value.
  func times(_ other: Tensor) -> Tensor {
    Tensor(shape: shape, values: zip(values, other.values).map { $0 * $1 })
  }
}
