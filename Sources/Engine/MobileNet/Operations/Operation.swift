import Tensors

/// The operation of a layer: the vocabulary that every network of this project is written in.
///
/// Each operation has a file of its own, which states its `OperationRules`.
public enum Operation: Hashable, Sendable {
  /// Sums of weights times values in windows: over all channels, in groups, or each by itself.
  case convolution(Convolution)
  /// The mean or the largest value of windows, or of all places.
  case pooling(Pooling)
  /// A matrix product with a bias.
  case fullyConnected(FullyConnected)
  /// exp(x) over the sum of exp(x).
  case softmax
  /// 1 / (1 + exp(−x)), each value by itself.
  case sigmoid
  /// The sum of several inputs.
  case addition
  /// The channels of several inputs side by side.
  case concatenation

  /// The kind of an operation with its settings, as tables and scripts name it.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A convolution over all input channels, or over groups of them.
    case convolution
    /// A convolution of each channel by itself.
    case depthwise
    /// A 1×1 convolution over all input channels.
    case pointwise
    /// The mean of each channel over a window, or over all places.
    case averagePooling = "average pooling"
    /// The largest value of each channel in a window.
    case maxPooling = "max pooling"
    /// A matrix product with a bias.
    case fullyConnected = "fully connected"
    /// exp(x) over the sum of exp(x).
    case softmax
    /// 1 / (1 + exp(−x)), each value by itself.
    case sigmoid
    /// The sum of several inputs.
    case addition
    /// The channels of several inputs side by side.
    case concatenation
  }

  /// The rules of this operation.
  var rules: any OperationRules {
    switch self {
    case .convolution(let convolution): convolution
    case .pooling(let pooling): pooling
    case .fullyConnected(let fullyConnected): fullyConnected
    case .softmax: Softmax()
    case .sigmoid: Sigmoid()
    case .addition: Addition()
    case .concatenation: Concatenation()
    }
  }
}

/// The engine's knowledge of an operation.
protocol OperationRules: Sendable {
  /// Returns the kind of the operation for an input of shape `input`.
  func kind(_ input: Shape) -> Operation.Kind
  /// The shape rule: returns the output's shape for inputs of the shapes `inputs`.
  func output(_ inputs: [Shape]) -> Shape
  /// The cost: returns the number of weights behind one output value.
  func weightsPerOutput(_ input: Shape) -> Int
  /// Returns the window of the input that one output cell reads; by default a single place.
  func window(_ input: Shape) -> Operation.Window
  /// The terms of one output: returns the input values that it reads and the factor of each.
  func readings(row: Int, column: Int, channel: Int, of inputs: [Shape]) -> [Operation.Reading]
  /// The plain forward pass: returns the output for `inputs`.
  func forward(_ inputs: [Tensor], _ weights: LayerWeights?) -> Tensor
  /// The plain backward pass: returns the gradient with respect to each of `inputs`, from
  /// `gradient`, the one with respect to `output`, the result of `forward`.
  func backward(
    _ gradient: Tensor, inputs: [Tensor], output: Tensor, _ weights: LayerWeights?
  ) -> [Tensor]
}

extension OperationRules {
  func weightsPerOutput(_ input: Shape) -> Int { 0 }
  func window(_ input: Shape) -> Operation.Window { Operation.Window(side: 1) }
}
