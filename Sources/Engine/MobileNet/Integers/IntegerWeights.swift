import Kernels
import Tensors

/// A quantised network's numbers as its file has them: a MobileNet that runs as integers.
///
/// Jacob et al. 2018, section 2; tensorflow.org/lite/performance/quantization_spec.
public struct IntegerWeights: Sendable {
  /// The numbers of one layer with weights.
  public struct Layer: Sendable {
    /// The weights less their zero point, in the order of `LayerWeights`.
    public let weights: [Int16]
    /// What a weight of 1 stands for: one scale for all, or one per output channel.
    public let scales: [Float]
    /// One bias per output channel, in units of input scale · weight scale.
    public let biases: [Int32]
    /// What the numbers of output stand for.
    public let output: Quantization
    /// The reals that the activation function keeps outputs within; infinite where only the numbers do.
    public let limits: Limits
    /// Whether input scale · weight scale is rounded to a float before it is divided, as TensorFlow
    /// Lite has it for uint8 and for fully connected layers.
    public let roundsScale: Bool
    /// Whether sums are rounded once, as TensorFlow Lite's FULLY_CONNECTED has it.
    public let roundsOnce: Bool

    /// Puts the numbers of a layer together.
    public init(
      weights: [Int16], scales: [Float], biases: [Int32], output: Quantization, limits: Limits,
      roundsScale: Bool, roundsOnce: Bool = false
    ) {
      self.weights = weights
      self.scales = scales
      self.biases = biases
      self.output = output
      self.limits = limits
      self.roundsScale = roundsScale
      self.roundsOnce = roundsOnce
    }

    /// What a sum of output channel `channel` is multiplied with, where the layer reads numbers of
    /// `input`: input scale · weight scale / output scale.
    public func factor(channel: Int, reading input: Quantization) -> Requantization {
      let product =
        roundsScale
        ? Double(input.scale * scale(channel)) : Double(input.scale) * Double(scale(channel))
      return Requantization(product / Double(output.scale), roundsOnce: roundsOnce)
    }

    /// What a weight of 1 of output channel `channel` stands for.
    public func scale(_ channel: Int) -> Float { scales.count == 1 ? scales[0] : scales[channel] }
  }

  /// What the numbers of input stand for.
  public let input: Quantization
  /// The layers with weights, by name.
  public let layers: [String: Layer]
  /// How the last convolution's outputs are averaged.
  public let pooling: IntegerPooling
  /// What the numbers after pooling stand for.
  public let pooled: Quantization

  /// Puts the numbers of a network together; throws what is wrong with the first layer that does not
  /// fit `architecture`.
  public init(
    input: Quantization, layers: [String: Layer], pooling: IntegerPooling, pooled: Quantization,
    for architecture: Architecture
  ) throws(CheckpointError) {
    for layer in architecture.layers(resolution: 224) where layer.hasWeights {
      guard let found = layers[layer.name] else { throw .missingLayer(layer.name) }
      let (outputs, count) = (layer.output.channels, layer.weightsPerOutput * layer.output.channels)
      func check(_ what: String, _ found: Int, _ expected: Int) throws(CheckpointError) {
        guard found == expected else {
          throw .count(layer: layer.name, what: what, found: found, expected: expected)
        }
      }
      try check("weights", found.weights.count, count)
      try check("biases", found.biases.count, outputs)
      try check("scales", found.scales.count, found.scales.count == 1 ? 1 : outputs)
      try Self.check(found.scales, "weights", layer.name)
      try Self.check([found.output.scale], "outputs", layer.name)
    }
    try Self.check([input.scale], "numbers", "input")
    try Self.check([pooled.scale], "outputs", "pool6")
    self.input = input
    self.layers = layers
    self.pooling = pooling
    self.pooled = pooled
  }

  /// Whether all layers have one scale for all weights.
  public var isPerTensor: Bool { layers.values.allSatisfy { $0.scales.count == 1 } }

  /// What the numbers of the outputs of `layer` stand for.
  public func output(of layer: MobileNet.Layer) -> Quantization {
    switch layer.kind {
    case .averagePooling: pooled
    case .softmax: IntegerSoftmax.output(isSigned: input.isSigned)
    default: layers[layer.name]?.output ?? pooled
    }
  }

  /// The weights of `layer`, which reads numbers of `input`, for the kernels.
  func filter(_ layer: MobileNet.Layer, input: Quantization) -> IntegerFilter {
    guard let own = layers[layer.name] else { preconditionFailure("\(layer.name) has no weights") }
    let factors = (0..<own.biases.count).map { own.factor(channel: $0, reading: input) }
    return IntegerFilter(
      weights: own.weights, biases: own.biases, factors: factors, inputZero: input.zeroByte,
      limits: ByteLimits(own.output, floor: own.limits.floor, ceiling: own.limits.ceiling))
  }

  private static func check(
    _ scales: [Float], _ what: String, _ layer: String
  ) throws(CheckpointError) {
    if let scale = scales.first(where: { !($0 > 0 && $0.isFinite) }) {
      throw .scale(layer: layer, what: what, found: scale)
    }
  }
}
