import MobileNet

/// A topic that a lesson can explain.
public enum Topic: String, CaseIterable, Sendable {
  /// The computation of a value by its layer.
  case cell
  /// The part of the photo that a value sees, layer by layer.
  case field
  /// Caffe's and TensorFlow's padding.
  case padding
  /// The folding of batch norm into weights and biases.
  case norm = "batch-norm"
  /// ReLU and ReLU6.
  case activation
  /// The standard convolution that a pair of layers replaces.
  case replacement
  /// The parameters, multiply-adds and time of a network, by kind of layer.
  case network
  /// The effect of a depthwise and a pointwise layer on the picture.
  case picture
  /// A class that was learned by its background, and the cure.
  case background
  /// The gradients of a value, and of a weight that made it.
  case backpropagation
  /// The computation of a layer with numbers of eight bits.
  case quantization = "quantisation"

  /// The convention to exchange live; nil for topics that exchange none.
  public var convention: Convention? {
    switch self {
    case .padding: .padding
    case .activation: .activation
    case .cell, .field, .norm, .replacement, .network, .picture, .background,
      .backpropagation, .quantization:
      nil
    }
  }

  /// Whether the topic needs the network's answer for the photo.
  public var isAboutAnswer: Bool {
    switch self {
    case .padding, .activation, .background, .backpropagation: true
    case .cell, .field, .norm, .replacement, .network, .picture, .quantization: false
    }
  }

  /// Whether the topic is about a single value, which can be chosen.
  public var hasCell: Bool {
    switch self {
    case .cell, .field, .padding, .norm, .activation, .backpropagation, .quantization: true
    case .replacement, .network, .picture, .background: false
    }
  }

  /// Whether the topic applies to `layer`.
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

  /// Returns the layer to explain: the one at `position`, the last one before it that the topic
  /// applies to, or else the first.
  public func layer(nearest position: Int, in layers: [Layer]) -> Int {
    layers[...position].lastIndex(where: isAbout) ?? layers.firstIndex(where: isAbout) ?? position
  }
}
