extension Checkpoint {
  /// Returns a checkpoint with made-up weights, for measuring time and comparing implementations.
  ///
  /// The weights are the numbers of `syntheticValues`, of a size that keeps activations from
  /// growing or fading from layer to layer: √(6 ⁄ weights per output) and, for biases, ¼. The seed
  /// of a layer's weights is twice its index, that of its biases one more. With ReLU6 the first
  /// layer's weights are four times as large, so that some sums exceed 6.
  public static func synthetic(_ architecture: Architecture) throws(CheckpointError) -> Checkpoint {
    var weights: [String: LayerWeights] = [:]
    for layer in architecture.layers(resolution: 224) where layer.hasWeights {
      let gain = architecture.activation == .relu6 && layer.kind == .convolution ? 4.0 : 1
      let scale = gain * (6 / Double(layer.weightsPerOutput)).squareRoot()
      let count = layer.weightsPerOutput * layer.output.channels
      weights[layer.name] = LayerWeights(
        weights: syntheticValues(count, seed: 2 * layer.index, scale: scale),
        biases: syntheticValues(layer.output.channels, seed: 2 * layer.index + 1, scale: 0.25))
    }
    return try Checkpoint(
      name: "synthetic", architecture: architecture, weights: weights,
      preprocessing: architecture.inputChannels == 3 ? .torchvision : .grey)
  }

  /// Returns numbers from −scale to scale: the upper 24 bits of a multiplicative hash of the index.
  public static func syntheticValues(_ count: Int, seed: Int, scale: Double) -> [Float] {
    (0..<UInt32(count)).map { index in
      var hash = (index &+ UInt32(truncatingIfNeeded: seed) &* 0x9E37_79B9) &* 0x85EB_CA6B
      hash ^= hash >> 15
      hash = hash &* 0xC2B2_AE35
      hash ^= hash >> 13
      return Float((Double(hash >> 8) / 8_388_608 - 1) * scale)
    }
  }
}
