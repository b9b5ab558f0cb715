/// A convolution and the batch norm behind it, as trained.
///
/// Batch norm turns each sum x of a channel into (x − μ) · γ / √(σ² + ε) + β. That is one factor
/// and one addition per channel, so it can be folded into the weights and the biases.
public struct UnfoldedLayer: Sendable {
  /// The convolution's own weights and biases, in the order of `LayerWeights`.
  public let convolution: LayerWeights
  /// γ of each output channel.
  public let gammas: [Double]
  /// β of each output channel.
  public let betas: [Double]
  /// μ of each output channel.
  public let means: [Double]
  /// σ² of each output channel.
  public let variances: [Double]
  /// ε, which prevents a division by zero where the variance is small.
  public let epsilon: Double

  /// Combines a convolution and its batch norm; each list has a number per output channel.
  public init(
    convolution: LayerWeights, gammas: [Double], betas: [Double], means: [Double],
    variances: [Double], epsilon: Double
  ) {
    let outputs = convolution.biases.count
    precondition([gammas, betas, means, variances].allSatisfy { $0.count == outputs })
    self.convolution = convolution
    self.gammas = gammas
    self.betas = betas
    self.means = means
    self.variances = variances
    self.epsilon = epsilon
  }

  /// Returns γ / √(σ² + ε) of a channel: the factor that folding applies to its weights.
  public func factor(of channel: Int) -> Double {
    gammas[channel] / (variances[channel] + epsilon).squareRoot()
  }

  /// Returns the bias of a channel after folding: β + (b − μ) · γ / √(σ² + ε).
  public func foldedBias(of channel: Int) -> Double {
    betas[channel] + (Double(convolution.biases[channel]) - means[channel]) * factor(of: channel)
  }

  /// The convolution's weights and biases with batch norm folded in.
  public var folded: LayerWeights {
    var weights = convolution.weights
    let outputs = convolution.biases.count
    let group = weights.count / max(outputs, 1)
    for channel in 0..<outputs {
      let factor = factor(of: channel)
      for place in channel * group..<(channel + 1) * group {
        weights[place] = Float(Double(weights[place]) * factor)
      }
    }
    return LayerWeights(
      weights: weights, biases: (0..<outputs).map { Float(foldedBias(of: $0)) })
  }
}
