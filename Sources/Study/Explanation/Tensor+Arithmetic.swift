import Tensors

extension Tensor {
  /// All zeros.
  static func zeros(_ shape: Shape) -> Tensor {
    Tensor(shape: shape, values: [Float](repeating: 0, count: shape.count))
  }

  /// Value by value.
  func times(_ other: Tensor) -> Tensor {
    Tensor(shape: shape, values: zip(values, other.values).map { $0 * $1 })
  }
}
