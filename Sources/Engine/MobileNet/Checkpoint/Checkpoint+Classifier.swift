extension Checkpoint {
  /// Returns the network up to its pooling layer, whose output becomes the network's output.
  public func withoutClassifier() throws(CheckpointError) -> Checkpoint {
    try replacing(
      name: name, resolution: resolution, classifier: nil, labels: [], accuracy: [], provenance: [])
  }

  /// Returns the network with a single fully connected layer and a softmax behind its pooling
  /// layer, and so with other classes.
  ///
  /// `classifier` has a row of weights for each of `labels`, in their order; throws when its shape
  /// does not fit the network.
  public func replacing(
    name: String, resolution: Resolution, classifier: LayerWeights?, labels: [String],
    wordNetIDs: [String] = [], accuracy: [MeasuredAccuracy], provenance: [Fact]
  ) throws(CheckpointError) -> Checkpoint {
    let network = Architecture(
      inputChannels: architecture.inputChannels, stemChannels: architecture.stemChannels,
      pairChannels: architecture.pairs.map(\.channels),
      classes: classifier == nil ? nil : labels.count, padding: architecture.padding,
      activation: architecture.activation)
    var weights: [String: LayerWeights] = [:]
    var unfolded: [String: UnfoldedLayer] = [:]
    for layer in network.layers(resolution: resolution) where layer.hasWeights {
      weights[layer.name] = layer.kind == .fullyConnected ? classifier : self.weights(of: layer)
      unfolded[layer.name] = self.unfolded(layer)
    }
    return try Checkpoint(
      name: name, architecture: network, weights: weights, unfolded: unfolded,
      preprocessing: preprocessing, resolution: resolution, labels: labels,
      wordNetIDs: wordNetIDs, accuracy: accuracy, provenance: provenance)
  }
}
