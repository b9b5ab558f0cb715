/// Adds batch norm, sums and activations, which are separate steps in most files, to the layer that
/// they follow.
extension [LayerDescription] {
  /// Adds a batch norm to the last layer; to be folded, it has to come before the activation.
  mutating func normalizeLast(_ norm: BatchNorm, step: String) throws(ImportError) {
    try changeLast(step, found: "a batch norm") { layer throws(ImportError) in
      try layer.requireNoActivation(before: step, "a batch norm")
      guard layer.batchNorm == nil else {
        throw .anotherNetwork(
          layer: step, found: "a second batch norm after \(layer.name)", expected: "at most one")
      }
      layer.batchNorm = norm
    }
  }

  /// Adds biases to the last layer: its own, or those of a batch norm that has none yet.
  mutating func addToLast(_ biases: StoredTensor, step: String) throws(ImportError) {
    try changeLast(step, found: "a sum") { layer throws(ImportError) in
      try layer.requireNoActivation(before: step, "a sum")
      switch (layer.batchNorm, layer.biases) {
      case (.some(let norm), _) where norm.beta == nil: layer.batchNorm?.beta = biases
      case (nil, nil): layer.biases = biases
      default:
        throw .anotherNetwork(
          layer: step, found: "a second sum after \(layer.name)", expected: "at most one")
      }
    }
  }

  /// Sets the activation of the last layer.
  mutating func activateLast(
    _ nonlinearity: LayerDescription.Nonlinearity, step: String
  ) throws(ImportError) {
    try changeLast(step, found: "an activation") { layer in layer.nonlinearity = nonlinearity }
  }

  /// Changes the last layer, which has to have weights; `found` names the step that follows it at
  /// `step`, for errors.
  ///
  /// A layer that no MobileNet v1 has stays as it is, so that the error names that layer, not the
  /// step behind it.
  mutating func changeLast(
    _ step: String, found: String,
    _ change: (inout LayerDescription) throws(ImportError) -> Void
  ) throws(ImportError) {
    if case .other = last?.operation { return }
    guard var layer = popLast(), layer.filter != nil else {
      throw .anotherNetwork(layer: step, found: found, expected: "a convolution before it")
    }
    try change(&layer)
    append(layer)
  }
}

extension LayerDescription {
  /// Throws if an activation precedes `found` at `step`.
  fileprivate func requireNoActivation(
    before step: String, _ found: String
  ) throws(ImportError) {
    if case .known(let activation) = nonlinearity {
      throw .anotherNetwork(
        layer: step, found: "\(found) after \(activation.rawValue)",
        expected: "the activation after it")
    }
  }
}
