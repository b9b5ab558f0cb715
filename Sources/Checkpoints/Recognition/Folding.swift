import MobileNet

extension Recognition.Match {
  /// The weights and biases, with the batch norm in them.
  ///
  /// w' = w · γ / √(σ² + ε) and b' = β + (b − μ) · γ / √(σ² + ε), computed in double precision.
  func folded() throws(ImportError) -> LayerWeights {
    var weights = try filter.floats()
    let outputs = filter.outputs
    var biases = try numbers(layer.biases, count: outputs) ?? Array(repeating: 0, count: outputs)
    guard let norm = layer.batchNorm else {
      return LayerWeights(weights: weights, biases: biases)
    }

    let gammas = try numbers(norm.gamma, count: outputs)
    let betas = try numbers(norm.beta, count: outputs)
    let means = try numbers(norm.mean, count: outputs)
    let variances = try numbers(norm.variance, count: outputs)
    let group = weights.count / max(outputs, 1)
    for channel in 0..<outputs {
      let variance = Double(variances?[channel] ?? 1) / norm.momentsDivisor
      let mean = Double(means?[channel] ?? 0) / norm.momentsDivisor
      let factor = Double(gammas?[channel] ?? 1) / (variance + norm.epsilon).squareRoot()
      biases[channel] = Float(
        Double(betas?[channel] ?? 0) + (Double(biases[channel]) - mean) * factor)
      for place in channel * group..<(channel + 1) * group {
        weights[place] = Float(Double(weights[place]) * factor)
      }
    }
    return LayerWeights(weights: weights, biases: biases)
  }

  private func numbers(
    _ tensor: StoredTensor?, count: Int
  ) throws(ImportError) -> [Float]? {
    guard let tensor else { return nil }
    guard tensor.count == count else {
      throw .inconsistent(
        problem: "\(tensor.name) has \(tensor.count) numbers, "
          + "expected one for each of the \(count) output channels of \(layer.name)")
    }
    return try tensor.floats()
  }
}
