import MobileNet
import Tensors

/// Weights and inputs out of a small integer hash: make_references.py makes the very same ones, so
/// that no large file is needed to compare two implementations.
struct SyntheticNetwork {
  var width = 1.0
  var isShallow = false
  var classes: Int? = 1000
  var padding = Padding.symmetric
  var activation = Activation.relu

  /// The checkpoint; weights are scaled so that activations keep their size from layer to layer.
  func checkpoint() throws -> Checkpoint {
    let architecture = Architecture(
      width: width, shallow: isShallow, classes: classes, padding: padding, activation: activation)
    var weights: [String: LayerWeights] = [:]
    for layer in architecture.layers(resolution: 224) where layer.hasWeights {
      // Larger with ReLU6, so that there is something to cut off.
      let gain = activation == .relu6 && layer.kind == .convolution ? 4.0 : 1
      let scale = gain * (6 / Double(layer.weightsPerOutput)).squareRoot()
      weights[layer.name] = LayerWeights(
        weights: Self.values(
          layer.weightsPerOutput * layer.output.channels, seed: 2 * layer.index, scale: scale),
        biases: Self.values(layer.output.channels, seed: 2 * layer.index + 1, scale: 0.25))
    }
    return try Checkpoint(
      name: "synthetic", architecture: architecture, weights: weights,
      preprocessing: .torchvision)
  }

  /// A picture of noise.
  static func input(side: Int) -> Tensor {
    let shape = Shape(side: side, channels: 3)
    return Tensor(shape: shape, values: values(shape.count, seed: 1000, scale: 2))
  }

  /// Numbers from −scale to scale: the upper 24 bits of a multiplicative hash of the index.
  static func values(_ count: Int, seed: Int, scale: Double) -> [Float] {
    (0..<UInt32(count)).map { index in
      var hash = (index &+ UInt32(seed) &* 0x9E37_79B9) &* 0x85EB_CA6B
      hash ^= hash >> 15
      hash = hash &* 0xC2B2_AE35
      hash ^= hash >> 13
      return Float((Double(hash >> 8) / 8_388_608 - 1) * scale)
    }
  }
}
