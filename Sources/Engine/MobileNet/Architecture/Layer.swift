import Tensors

/// One row of the table: what a layer is, what goes in, what comes out, what it costs.
public struct Layer: Hashable, Sendable, Identifiable {
  /// The operations that a MobileNet v1 is made of.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A standard 3×3 convolution over all input channels.
    case convolution
    /// A 3×3 convolution of each channel by itself.
    case depthwise
    /// A 1×1 convolution over all input channels.
    case pointwise
    /// The mean of each channel over all places.
    case averagePooling = "average pooling"
    /// A matrix product with a bias.
    case fullyConnected = "fully connected"
    /// exp(x) over the sum of exp(x).
    case softmax
  }

  /// The position in the network, counted from 1 as the paper's table does.
  public let index: Int
  /// The name in the Caffe model, `conv2_1_dw` for example.
  public let name: String
  /// The operation.
  public let kind: Kind
  /// The step between neighbouring windows, 1 or 2.
  public let stride: Int
  /// What goes in.
  public let input: Shape
  /// What comes out.
  public let output: Shape

  /// The name, which is unique within a network.
  public var id: String { name }

  /// The side of the window in rows and columns: 3 or 1; for pooling, the whole input.
  public var kernelSide: Int {
    switch kind {
    case .convolution, .depthwise: 3
    case .averagePooling: input.height
    case .pointwise, .fullyConnected, .softmax: 1
    }
  }

  /// Whether an activation function follows.
  public var isActivated: Bool {
    switch kind {
    case .convolution, .depthwise, .pointwise: true
    case .averagePooling, .fullyConnected, .softmax: false
    }
  }

  /// Whether it has weights.
  public var hasWeights: Bool { parameters > 0 }
}

extension [Layer] {
  /// The position of the fully connected layer, whose channels are the classes' sums before softmax;
  /// nil without a classifier.
  public var classifier: Int? { firstIndex { $0.kind == .fullyConnected } }
}
