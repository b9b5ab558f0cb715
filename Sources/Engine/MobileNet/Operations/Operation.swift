import Tensors

/// What a layer does: the vocabulary that every network of this project is written in.
///
/// What is to be known of an operation stands in a file of its own, behind `OperationRules`.
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
  /// Several inputs side by side.
  case concatenation

  /// What people call an operation with its settings, as tables and scripts name it.
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
    /// Several inputs side by side.
    case concatenation
  }

  /// The file that says everything else.
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

/// What the engine has to know of an operation.
protocol OperationRules: Sendable {
  /// What people call it when it reads `input`.
  func kind(_ input: Shape) -> Operation.Kind
  /// The shape rule: what comes out when `inputs` go in.
  func output(_ inputs: [Shape]) -> Shape
  /// The cost: the weights of one output value.
  func weightsPerOutput(_ input: Shape) -> Int
  /// The part of the input that one output cell reads; one place unless it says otherwise.
  func window(_ input: Shape) -> Operation.Window
  /// The terms of one output: which input values it reads and what each is multiplied with.
  func readings(row: Int, column: Int, channel: Int, of inputs: [Shape]) -> [Operation.Reading]
  /// The plain forward pass.
  func forward(_ inputs: [Tensor], _ weights: LayerWeights?) -> Tensor
  /// The plain backward pass: what each of `inputs` changes, where `gradient` says what `output`,
  /// the result of `forward`, changes.
  func backward(
    _ gradient: Tensor, inputs: [Tensor], output: Tensor, _ weights: LayerWeights?
  ) -> [Tensor]
}

extension OperationRules {
  func weightsPerOutput(_ input: Shape) -> Int { 0 }
  func window(_ input: Shape) -> Operation.Window { Operation.Window(side: 1) }
}
