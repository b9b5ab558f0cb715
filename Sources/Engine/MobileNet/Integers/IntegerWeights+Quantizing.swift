import Kernels
import Tensors

/// The integer type and the scales for quantising a network of floats.
public struct QuantizationRecipe: Hashable, Sendable {
  /// Whether integers are int8, not uint8.
  public let isSigned: Bool
  /// Whether each output channel has its own weight scale, instead of each layer.
  public let isPerChannel: Bool

  /// Creates a recipe that TensorFlow Lite has: int8 with either kind of scale, or uint8 with one
  /// scale a layer.
  public init(isSigned: Bool, isPerChannel: Bool) {
    precondition(isSigned || !isPerChannel, "uint8 has one scale a layer")
    self.isSigned = isSigned
    self.isPerChannel = isPerChannel
  }
}

extension IntegerWeights {
  /// Rounds the weights of `checkpoint` to integers, for activations within `ranges`.
  ///
  /// Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference", 2018,
  /// sections 2 and 3: int8 weights are symmetric, −127…127; uint8 weights and all activations are
  /// affine, and one of their integers stands for 0. Throws when a range or a weight is not finite.
  public init(
    quantizing checkpoint: Checkpoint, _ ranges: ActivationRanges, _ recipe: QuantizationRecipe
  ) throws(CheckpointError) {
    let architecture = checkpoint.architecture
    let table = architecture.layers(resolution: checkpoint.resolution)
    if let (layer, _) = zip(table, ranges.byLayer).first(where: {
      !($1.lowerBound.isFinite && $1.upperBound.isFinite)
    }) {
      throw .overflow(layer: layer.name)
    }
    let pixels = checkpoint.preprocessing
    let ends = zip(pixels.scale, pixels.offset).flatMap { [$1, $0 * 255 + $1] }
    guard ends.allSatisfy(\.isFinite) else {
      throw .scale(layer: "input", what: "numbers", found: .infinity)
    }
    let input = Quantization(covering: ends, isSigned: recipe.isSigned)
    var layers: [String: Layer] = [:]
    var (last, pooled) = (input, input)
    for (layer, range) in zip(table, ranges.byLayer) {
      if layer.kind == .averagePooling { pooled = last }
      guard let weights = checkpoint.weights(of: layer) else { continue }
      let lowest = layer.isActivated ? 0 : range.lowerBound
      let output = Quantization(
        covering: [lowest, range.upperBound], isSigned: recipe.isSigned)
      layers[layer.name] = Layer(
        quantizing: weights, input: last, output: output,
        limits: layer.activation.map { Limits(floor: 0, ceiling: $0.ceiling) } ?? .none,
        isProduct: layer.kind == .fullyConnected, recipe)
      last = output
    }
    try self.init(
      input: input, layers: layers, pooling: .average, pooled: pooled, for: architecture)
  }
}

extension IntegerWeights.Layer {
  fileprivate init(
    quantizing floats: LayerWeights, input: Quantization, output: Quantization, limits: Limits,
    isProduct: Bool, _ recipe: QuantizationRecipe
  ) {
    let depth = floats.weights.count / floats.biases.count
    func step(_ weights: ArraySlice<Float>) -> Float {
      let (lowest, highest) = (min(weights.min() ?? 0, 0), max(weights.max() ?? 0, 0))
      let step = recipe.isSigned ? max(-lowest, highest) / 127 : (highest - lowest) / 255
      // If all weights are zero, any scale will do.
      return step > 0 ? step : 1
    }
    let scales =
      recipe.isPerChannel
      ? (0..<floats.biases.count).map { step(floats.weights[$0 * depth..<($0 + 1) * depth]) }
      : [step(floats.weights[...])]
    func scale(_ channel: Int) -> Float { scales.count == 1 ? scales[0] : scales[channel] }
    // With uint8, the zero point is the number of steps from the lowest weight to 0.
    let zero = recipe.isSigned ? 0 : -(min(floats.weights.min() ?? 0, 0) / scales[0]).rounded()
    let numbers: ClosedRange<Float> = recipe.isSigned ? -127...127 : -zero...255 - zero
    self.init(
      weights: floats.weights.enumerated().map { index, weight in
        let number = (weight / scale(index / depth)).rounded()
        return Int16(min(max(number, numbers.lowerBound), numbers.upperBound))
      },
      scales: scales,
      biases: floats.biases.enumerated().map { channel, bias in
        let number = Double(bias) / (Double(input.scale) * Double(scale(channel)))
        return Int32(min(max(number.rounded(), -0x1p30), 0x1p30))
      },
      output: output, limits: limits,
      roundsScale: !recipe.isPerChannel && (!recipe.isSigned || isProduct),
      roundsOnce: isProduct)
  }
}

extension Quantization {
  /// Creates the quantisation that covers `reals` and 0.
  fileprivate init(covering reals: [Float], isSigned: Bool) {
    let (lowest, highest) = (min(reals.min() ?? 0, 0), max(reals.max() ?? 0, 0))
    let scale = highest > lowest ? (highest - lowest) / 255 : 1
    let zero = Int((-lowest / scale).rounded())
    self.init(scale: scale, zeroPoint: isSigned ? zero - 128 : zero, isSigned: isSigned)
  }
}
