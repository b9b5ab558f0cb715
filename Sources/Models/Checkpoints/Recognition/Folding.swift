import MobileNet

extension Recognition.Match {
  /// Returns the weights and biases in the file, with a batch norm of the input folded in.
  func convolution() throws(ImportError) -> LayerWeights {
    var weights = try filter.floats()
    var biases = try numbers(layer.biases) ?? Array(repeating: 0, count: filter.outputs)
    if let norm = layer.inputNorm {
      // The norm follows the pooling, so every input of the layer is a channel.
      let inputs = filter.inputs
      let (factors, sums) = try norm.factorsAndSums(channels: inputs, name: layer.name)
      for output in biases.indices {
        var sum = Double(biases[output])
        for input in 0..<inputs {
          let place = output * inputs + input
          sum += Double(weights[place]) * sums[input]
          weights[place] = Float(Double(weights[place]) * factors[input])
        }
        biases[output] = Float(sum)
      }
    }
    return LayerWeights(weights: weights, biases: biases)
  }

  /// Returns `convolution` with the batch norm behind it in the file; nil where there is none.
  func unfolded(_ convolution: LayerWeights) throws(ImportError) -> UnfoldedLayer? {
    guard let norm = layer.batchNorm else { return nil }
    let gammas = try numbers(norm.gamma, orOne: true)
    let betas = try numbers(norm.beta, orOne: true)
    let means = try numbers(norm.mean)
    let variances = try numbers(norm.variance)
    /// Returns a number for each channel: the file's, or `standard` where it has none.
    func filled(_ values: [Float]?, _ standard: Double, divisor: Double = 1) -> [Double] {
      guard let values, values.count > 1 || filter.outputs == 1 else {
        let one = values?.first.map { Double($0) / divisor } ?? standard
        return Array(repeating: one, count: filter.outputs)
      }
      return values.map { Double($0) / divisor }
    }
    return UnfoldedLayer(
      convolution: convolution, gammas: filled(gammas, 1), betas: filled(betas, 0),
      means: filled(means, 0, divisor: norm.momentsDivisor),
      variances: filled(variances, 1, divisor: norm.momentsDivisor), epsilon: norm.epsilon)
  }

  /// Returns a number for each output channel, or, with `orOne`, possibly one for all.
  private func numbers(
    _ tensor: StoredTensor?, orOne: Bool = false
  ) throws(ImportError) -> [Float]? {
    guard let tensor else { return nil }
    guard tensor.count == filter.outputs || orOne && tensor.count == 1 else {
      throw .inconsistent(
        problem: "\(tensor.name) has \(tensor.count) numbers, "
          + "expected one for each of the \(filter.outputs) output channels of \(layer.name)")
    }
    return try tensor.floats()
  }
}
