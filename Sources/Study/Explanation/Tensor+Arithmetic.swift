import Tensors

extension Tensor {
  /// All zeros.
  static func zeros(_ shape: Shape) -> Tensor {
    Tensor(repeating: 0, shape: shape)
  }

  /// Value by value.
  func times(_ other: Tensor) -> Tensor {
    Tensor(shape: shape, values: zip(values, other.values).map { $0 * $1 })
  }
}
