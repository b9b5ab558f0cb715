/// The layers of a file, consumed one after another while they match a MobileNet v1.
struct LayerSequence {
  /// A layer with weights.
  struct Weighted {
    let layer: LayerDescription
    let filter: Filter

    var outputs: Int { filter.outputs }
  }

  private var rest: ArraySlice<LayerDescription>

  private init(_ layers: [LayerDescription]) { rest = layers[...] }

  /// The layers of a whole network.
  struct Whole {
    let stem: Weighted
    let pairs: [(depthwise: Weighted, pointwise: Weighted)]
    /// The pooling layer; nil where the file has none.
    let pooling: LayerDescription?
    /// The fully connected layers between pooling and classifier.
    let hidden: [Weighted]
    /// The classifier; nil where the network ends with its features.
    let classifier: Weighted?
  }

  /// Returns the whole network; the error names the first layer that does not match.
  static func whole(_ layers: [LayerDescription]) throws(ImportError) -> Whole {
    var sequence = LayerSequence(layers)
    let stem = try sequence.takeStem()
    let pairs = try sequence.takePairs(after: stem)
    let inputs = pairs.last?.pointwise.outputs ?? 0
    let pooling = sequence.takePooling()
    // In a file without a pooling, a convolution with a batch norm is another one on all places.
    if pooling == nil, let next = sequence.rest.first, next.operation == .convolution,
      next.batchNorm != nil
    {
      throw .anotherNetwork(
        layer: next.name, found: "\(next.summary) with a batch norm",
        expected: "a classifier of \(inputs) channels (fc7)")
    }
    let products = try sequence.takeProducts(inputs: inputs)
    return Whole(
      stem: stem, pairs: pairs, pooling: pooling, hidden: products.dropLast(),
      classifier: products.last)
  }

  /// Takes the 3×3 convolution of the image.
  private mutating func takeStem() throws(ImportError) -> Weighted {
    let expected = "a 3×3 convolution of 3 channels, or of 1 (conv1)"
    let inputs = rest.first?.filter?.inputs == 1 ? 1 : 3
    return try take(.convolution, side: 3, inputs: inputs, expected: expected)
  }

  /// Takes the depthwise and pointwise layers: thirteen pairs, or the eight of a shallow network.
  private mutating func takePairs(
    after stem: Weighted
  ) throws(ImportError) -> [(depthwise: Weighted, pointwise: Weighted)] {
    var pairs: [(depthwise: Weighted, pointwise: Weighted)] = []
    var channels = stem.outputs
    while pairs.count < 13 {
      // A shallow network may end here.
      if pairs.count == 8, rest.first?.operation != .depthwise { break }
      let depthwise = try take(
        .depthwise, side: 3, inputs: 1, outputs: channels,
        expected: "a 3×3 depthwise convolution of \(channels) channels, one output each "
          + "(pair \(pairs.count + 1))")
      let pointwise = try take(
        .convolution, side: 1, inputs: channels,
        expected: "a 1×1 convolution of \(channels) channels (pair \(pairs.count + 1))")
      channels = pointwise.outputs
      pairs.append((depthwise, pointwise))
    }
    return pairs
  }

  /// Takes the average pooling, which files with arrays alone lack.
  private mutating func takePooling() -> LayerDescription? {
    rest.first?.operation == .averagePooling ? rest.removeFirst() : nil
  }

  /// Takes the layers behind the pooling, of which the last is the classifier; none where the
  /// network ends with its features.
  private mutating func takeProducts(inputs: Int) throws(ImportError) -> [Weighted] {
    var products: [Weighted] = []
    while let next = rest.first {
      let channels = products.last?.outputs ?? inputs
      let isLast = rest.count == 1
      let product = try take(
        next.operation == .convolution ? .convolution : .fullyConnected, side: 1, inputs: channels,
        needsActivation: false,
        expected: products.isEmpty
          ? "a classifier of \(channels) channels (fc7)"
          : "a fully connected layer of \(channels) channels, or nothing after the classifier")
      if isLast, case .known(let activation) = product.layer.nonlinearity {
        throw .anotherNetwork(
          layer: next.name, found: "\(next.summary) followed by \(activation.rawValue)",
          expected: "a classifier without an activation (fc7)")
      }
      products.append(product)
      guard products.count <= Self.mostProducts else {
        throw .anotherNetwork(
          layer: next.name, found: next.summary,
          expected: "at most \(Self.mostProducts) fully connected layers")
      }
    }
    return products
  }

  /// The most fully connected layers behind the pooling that are accepted.
  private static let mostProducts = 8

  /// The step in the place of the activation of a layer that was taken, in words.
  private func following(_ layer: LayerDescription) -> String {
    guard case .other(let step)? = rest.first?.operation else { return "without an activation" }
    return "without an activation, followed by \(step)"
  }

  /// Takes the next layer if it matches; without `needsActivation`, it may have no activation.
  private mutating func take(
    _ operation: LayerDescription.Operation, side: Int, inputs: Int, outputs: Int? = nil,
    needsActivation: Bool = true, expected: String
  ) throws(ImportError) -> Weighted {
    guard let layer = rest.popFirst() else {
      throw .anotherNetwork(layer: "the end of the network", found: "reached", expected: expected)
    }
    guard layer.operation == operation, let filter = layer.filter, filter.height == side,
      filter.width == side, filter.inputs == inputs, outputs ?? filter.outputs == filter.outputs
    else { throw .anotherNetwork(layer: layer.name, found: layer.summary, expected: expected) }

    switch layer.nonlinearity {
    case .other(let name):
      throw .anotherNetwork(
        layer: layer.name, found: "followed by \(name)", expected: "ReLU or ReLU6")
    case .some(.none) where needsActivation:
      throw .anotherNetwork(
        layer: layer.name, found: "\(layer.summary) \(following(layer))",
        expected: "ReLU or ReLU6 after it")
    default:
      return Weighted(layer: layer, filter: filter)
    }
  }
}

extension LayerDescription {
  /// The layer in words, for an error: "a 3×3 depthwise convolution of 32 channels".
  var summary: String {
    let (outputs, inputs) = (filter?.outputs ?? 0, filter?.inputs ?? 0)
    let side = "\(filter?.height ?? 0)×\(filter?.width ?? 0)"
    return switch operation {
    case .convolution: "a \(side) convolution from \(inputs) to \(outputs) channels"
    case .depthwise:
      "a \(side) depthwise convolution of \(outputs) channels"
        + (inputs > 1 ? " with \(inputs) outputs a channel (depth_multiplier \(inputs))" : "")
    case .fullyConnected: "a fully connected layer from \(inputs) to \(outputs) channels"
    case .averagePooling: "average pooling"
    case .other(let name): "\(name)"
    }
  }
}
