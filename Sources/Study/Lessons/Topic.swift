import MobileNet

/// What can be explained.
public enum Topic: String, CaseIterable, Sendable {
  /// How the layer made a value.
  case cell
  /// How much of the photo a cell sees, layer by layer.
  case field
  /// Caffe's and TensorFlow's padding.
  case padding
  /// How batch norm became weights and biases.
  case norm = "batch-norm"
  /// ReLU and ReLU6.
  case activation
  /// The standard convolution in whose place two layers stand.
  case replacement
  /// Where parameters, multiply-adds and time go.
  case network
  /// What a depthwise and a pointwise layer do to the picture.
  case picture
  /// A class that was learned by its background, and the cure.
  case background
  /// What a value, and a weight that made it, change of the answer.
  case backpropagation
  /// How a layer computes with numbers of eight bits.
  case quantization = "quantisation"

  /// What is exchanged for it, live.
  public var convention: Convention? {
    switch self {
    case .padding: .padding
    case .activation: .activation
    case .cell, .field, .norm, .replacement, .network, .picture, .background,
      .backpropagation, .quantization:
      nil
    }
  }

  /// Whether it is about a single cell, which can be picked.
  public var hasCell: Bool {
    switch self {
    case .cell, .field, .padding, .norm, .activation, .backpropagation, .quantization: true
    case .replacement, .network, .picture, .background: false
    }
  }

  /// Whether there is something to say about `layer`.
  public func isAbout(_ layer: Layer) -> Bool {
    switch self {
    case .cell, .field, .network, .background: true
    case .padding: layer.kernelSide == 3 && layer.stride == 2
    case .norm, .activation: layer.isActivated
    case .quantization: layer.kind == .depthwise
    case .replacement, .picture: layer.kind == .depthwise || layer.kind == .pointwise
    case .backpropagation:
      [.convolution, .depthwise, .pointwise, .averagePooling].contains(layer.kind)
    }
  }

  /// The layer to explain it with: the one at `position`, the last one before it that it is about,
  /// or else the first.
  public func layer(nearest position: Int, in layers: [Layer]) -> Int {
    layers[...position].lastIndex(where: isAbout) ?? layers.firstIndex(where: isAbout) ?? position
  }
}
