import Kernels

/// The weights and biases of one layer, batch norm folded in.
///
/// The order of the weights, last index fastest: output channel, row, column, input channel for
/// conv1; channel, row, column for depthwise layers; output channel, input channel for pointwise
/// and fully connected layers.
public struct LayerWeights: Sendable {
  /// The weights: one group after another, a group per output channel.
  public let weights: [Float]
  /// One bias per output channel.
  public let biases: [Float]

  /// The weights of a layer without any.
  static let none = LayerWeights(weights: [], biases: [])

  /// Creates weights in the order described above, with one bias per output channel.
  public init(weights: [Float], biases: [Float]) {
    self.weights = weights
    self.biases = biases
  }

  /// Returns the weights and the biases, divided by `divisor`.
  func divided(by divisor: Double) -> LayerWeights {
    LayerWeights(
      weights: weights.map { Float(Double($0) / divisor) },
      biases: biases.map { Float(Double($0) / divisor) })
  }

  /// The nearest half-precision numbers, as floats.
  var inHalves: LayerWeights {
    LayerWeights(
      weights: HalfPrecision.rounded(weights), biases: HalfPrecision.rounded(biases))
  }

  /// Returns the weights of output channel `channel`.
  public func weights(of channel: Int) -> ArraySlice<Float> {
    let count = weights.count / biases.count
    return weights[channel * count..<(channel + 1) * count]
  }
}
