import MobileNet
import Tensors

/// A network with synthetic weights: References/make_references.py makes the very same ones, so
/// that no large file is needed to compare two implementations.
struct SyntheticNetwork {
  var width = 1.0
  var isShallow = false
  var classes: Int? = 1000
  var padding = Padding.symmetric
  var activation = Activation.relu
  var inputChannels = 3

  func checkpoint() throws -> Checkpoint {
    let standard = Architecture(
      width: width, shallow: isShallow, classes: classes, padding: padding, activation: activation)
    return try .synthetic(
      Architecture(
        inputChannels: inputChannels, stemChannels: standard.stemChannels,
        pairChannels: standard.pairs.map(\.channels), classes: classes, padding: padding,
        activation: activation))
  }

  /// A picture of noise.
  static func input(at resolution: Resolution) -> Tensor {
    SyntheticNetwork().input(at: resolution)
  }

  /// A picture of noise with as many channels as the network reads.
  func input(at resolution: Resolution) -> Tensor {
    let shape = Shape(
      height: resolution.height, width: resolution.width, channels: inputChannels)
    return Tensor(
      shape: shape, values: Checkpoint.syntheticValues(shape.count, seed: 1000, scale: 2))
  }
}
