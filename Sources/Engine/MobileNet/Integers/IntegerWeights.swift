import Kernels
import Tensors

/// A quantised network's integers as its file has them.
///
/// Jacob et al. 2018, section 2; tensorflow.org/lite/performance/quantization_spec.
public struct IntegerWeights: Sendable {
  /// The integers of one layer with weights.
  public struct Layer: Sendable {
    /// The weights less their zero point, in the order of `LayerWeights`.
    public let weights: [Int16]
    /// The real value of a weight of 1: one scale for all, or one per output channel.
    public let scales: [Float]
    /// One bias per output channel, in units of input scale · weight scale.
    public let biases: [Int32]
    /// The quantisation of the output.
    public let output: Quantization
    /// The real range that the activation function clamps outputs to; infinite where only the
    /// integer type limits them.
    public let limits: Limits
    /// Whether input scale · weight scale is rounded to a float before the division, as TensorFlow
    /// Lite does for uint8 and for fully connected layers.
    public let roundsScale: Bool
    /// Whether sums are rounded once, as in TensorFlow Lite's FULLY_CONNECTED.
    public let roundsOnce: Bool

    /// Creates a layer from its integers.
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

    /// Returns the factor for a sum of output channel `channel`, where the layer reads integers of
    /// `input`: input scale · weight scale / output scale.
    public func factor(channel: Int, reading input: Quantization) -> Requantization {
      let product =
        roundsScale
        ? Double(input.scale * scale(channel)) : Double(input.scale) * Double(scale(channel))
      return Requantization(product / Double(output.scale), roundsOnce: roundsOnce)
    }

    /// Returns the real value of a weight of 1 of output channel `channel`.
    public func scale(_ channel: Int) -> Float { scales.count == 1 ? scales[0] : scales[channel] }
  }

  /// The quantisation of the input.
  public let input: Quantization
  /// The layers with weights, by name.
  public let layers: [String: Layer]
  /// The averaging of the last convolution's outputs.
  public let pooling: IntegerPooling
  /// The quantisation after pooling.
  public let pooled: Quantization

  /// Creates a network's integers; throws an error for the first layer that does not fit
  /// `architecture`.
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

  /// Whether every layer has one scale for all its weights.
  public var isPerTensor: Bool { layers.values.allSatisfy { $0.scales.count == 1 } }

  /// Returns the quantisation of the output of `layer`.
  public func output(of layer: MobileNet.Layer) -> Quantization {
    switch layer.kind {
    case .averagePooling: pooled
    case .softmax: IntegerSoftmax.output(isSigned: input.isSigned)
    default: layers[layer.name]?.output ?? pooled
    }
  }

  /// Returns the weights of `layer`, which reads integers of `input`, for the kernels.
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
