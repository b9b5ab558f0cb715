/// The activation function behind every convolution.
public enum Activation: String, Hashable, Sendable, Codable, CaseIterable {
  /// max(x, 0): the paper, Caffe, timm.
  case relu
  /// min(max(x, 0), 6): TensorFlow.
  case relu6

  /// The name as people write it.
  public var name: String { self == .relu6 ? "ReLU6" : "ReLU" }

  /// The function's largest value.
  public var ceiling: Float { self == .relu6 ? 6 : .infinity }

  /// Applies the function to one value.
  public func callAsFunction(_ value: Float) -> Float { min(max(value, 0), ceiling) }
}
