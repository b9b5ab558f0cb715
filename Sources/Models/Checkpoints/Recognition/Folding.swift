import MobileNet

extension Recognition.Match {
  /// The weights and biases as the file has them.
  func convolution() throws(ImportError) -> LayerWeights {
    let biases = try numbers(layer.biases)
    return LayerWeights(
      weights: try filter.floats(), biases: biases ?? Array(repeating: 0, count: filter.outputs))
  }

  /// `convolution` with the batch norm that the file has behind it; nil where it has none.
  func unfolded(_ convolution: LayerWeights) throws(ImportError) -> UnfoldedLayer? {
    guard let norm = layer.batchNorm else { return nil }
    let gammas = try numbers(norm.gamma)
    let betas = try numbers(norm.beta)
    let means = try numbers(norm.mean)
    let variances = try numbers(norm.variance)
    /// A number for each channel: the file's, or `standard` where it has none.
    func filled(_ values: [Float]?, _ standard: Double, divisor: Double = 1) -> [Double] {
      values?.map { Double($0) / divisor } ?? Array(repeating: standard, count: filter.outputs)
    }
    return UnfoldedLayer(
      convolution: convolution, gammas: filled(gammas, 1), betas: filled(betas, 0),
      means: filled(means, 0, divisor: norm.momentsDivisor),
      variances: filled(variances, 1, divisor: norm.momentsDivisor), epsilon: norm.epsilon)
  }

  private func numbers(_ tensor: StoredTensor?) throws(ImportError) -> [Float]? {
    guard let tensor else { return nil }
    guard tensor.count == filter.outputs else {
      throw .inconsistent(
        problem: "\(tensor.name) has \(tensor.count) numbers, "
          + "expected one for each of the \(filter.outputs) output channels of \(layer.name)")
    }
    return try tensor.floats()
  }
}
