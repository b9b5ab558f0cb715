import Kernels
import Tensors

extension IntegerWeights {
  /// Returns made-up weights for measuring time: int8 with a scale per channel, and ReLU6.
  ///
  /// The weights are the numbers of `Checkpoint.syntheticValues`, with scales that keep activations
  /// from growing or fading from layer to layer.
  public static func synthetic(_ architecture: Architecture) throws(CheckpointError)
    -> IntegerWeights
  {
    let activations = Quantization(scale: 6 / 255, zeroPoint: -128, isSigned: true)
    let input = Quantization(scale: 2 / 127, zeroPoint: 0, isSigned: true)
    var layers: [String: Layer] = [:]
    for layer in architecture.layers(resolution: 224) where layer.hasWeights {
      let count = layer.weightsPerOutput * layer.output.channels
      let weights = Checkpoint.syntheticValues(count, seed: 2 * layer.index, scale: 127)
      let biases = Checkpoint.syntheticValues(
        layer.output.channels, seed: 2 * layer.index + 1, scale: 1000)
      let scale = (6 / Float(layer.weightsPerOutput)).squareRoot() / 127
      let isClassifier = layer.kind == .fullyConnected
      layers[layer.name] = Layer(
        weights: weights.map { Int16($0) },
        scales: [Float](repeating: scale, count: layer.output.channels),
        biases: biases.map { Int32($0) },
        output: isClassifier
          ? Quantization(scale: 0.1, zeroPoint: 0, isSigned: true) : activations,
        limits: isClassifier ? .none : Limits(floor: 0, ceiling: 6), roundsScale: false)
    }
    return try IntegerWeights(
      input: input, layers: layers, pooling: .average, pooled: activations, for: architecture)
  }
}
