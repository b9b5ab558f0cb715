import Tensors

/// A layer of a network that MobileNets are compared with.
public struct ReferenceLayer: Hashable, Sendable {
  /// What it does.
  public enum Kind: Hashable, Sendable {
    /// A convolution over all input channels in windows of `side` × `side`, `padding` places of
    /// zeros around the input, with ReLU.
    case convolution(side: Int, stride: Int, padding: Int)
    /// The largest value of each channel in windows of `side` × `side`.
    case maxPooling(side: Int, stride: Int, padding: Int)
    /// The mean of each channel over all places.
    case averagePooling
    /// A matrix product.
    case fullyConnected
  }

  /// What its authors call it.
  public let name: String
  /// What it does.
  public let kind: Kind
  /// What goes in.
  public let input: Shape
  /// What comes out.
  public let output: Shape
  /// The activation that it reads, as a number within the network; 0 is the network's input.
  let source: Int
  /// The activation that it writes to.
  let target: Int
  /// Where its channels begin there: branches write side by side.
  let firstChannel: Int

  /// The weights of one output value.
  var weightsPerOutput: Int {
    switch kind {
    case .convolution(let side, _, _): side * side * input.channels
    case .fullyConnected: input.count
    case .maxPooling, .averagePooling: 0
    }
  }

  /// The weights and biases.
  public var parameters: Int {
    weightsPerOutput == 0 ? 0 : (weightsPerOutput + 1) * output.channels
  }

  /// The multiplications that are followed by an addition; places of padding count, pooling has
  /// none.
  public var multiplyAdds: Int { weightsPerOutput * output.count }
}
