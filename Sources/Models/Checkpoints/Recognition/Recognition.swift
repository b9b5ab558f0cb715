import MobileNet

/// Matches a file's description with MobileNet v1; throws an error that names the first layer that
/// does not match.
struct Recognition {
  /// A layer of the file, and its name in the table.
  struct Match {
    let name: String
    let layer: LayerDescription
    let filter: Filter
  }

  /// The source of each fact.
  let sources: ImportedCheckpoint.Sources

  let description: NetworkDescription
  let architecture: Architecture
  let resolution: Resolution
  let preprocessing: Preprocessing
  private let matches: [Match]
  let labels: [String]
  /// Facts in the file that are not applied, a sentence each.
  private(set) var notes: [String]

  /// Limits above any MobileNet's numbers, so that a damaged file does not make a network of
  /// gigabytes.
  private static let mostChannels = 4096
  private static let mostClasses = 100_000
  private static let mostParameters = 1 << 26

  /// Compares shapes, strides and activations with the table, without decoding the weights.
  ///
  /// Labels that the file lacks are looked for beside it. The person's corrections take precedence
  /// over the file.
  init(
    _ description: NetworkDescription, beside file: CheckpointFile, overrides: Overrides
  ) throws(ImportError) {
    var description = description
    if let size = description.resized {
      let reason = Source.implied(by: "its step that resizes pictures")
      description.inputSize = Sourced(size, reason)
      description.fitting = Sourced(.stretch, reason)
      description.crop = Sourced(1, reason)
    }
    let network = try LayerSequence.whole(description.layers)
    let (stem, pairs, classifier) = (network.stem, network.pairs, network.classifier)

    let classes = classifier?.outputs
    try Self.check(network)
    let padding = try Self.padding(of: description, overrides: overrides)
    let activation = try Self.activation(of: description, overrides: overrides)
    let head = Self.head(of: description, classes: classes)
    architecture = Architecture(
      inputChannels: stem.filter.inputs, stemChannels: stem.outputs,
      pairChannels: pairs.map(\.pointwise.outputs), hidden: network.hidden.map(\.asHidden),
      classes: classes, head: head.value, padding: padding.value, activation: activation.value)

    matches = try Self.matches(
      of: network, with: architecture.layers(resolution: 224).filter(\.hasWeights))
    let input = try Self.input(
      of: description, padding: padding.value, channels: stem.filter.inputs,
      pooling: network.pooling, overrides: overrides)
    preprocessing = input.preprocessing.value
    resolution = input.resolution.value
    let named = try Self.labels(
      of: description, beside: file, classes: classes, overrides: overrides)
    labels = named.labels?.value ?? []
    notes = description.notes + input.notes + named.notes
    if classes == 1, description.head?.value == .softmax {
      notes.append("its softmax over one class is always 1; the sigmoid of its logit is shown")
    }
    self.description = description
    sources = ImportedCheckpoint.Sources(
      architecture: .layers, head: classes == nil ? nil : head.source, padding: padding.source,
      activation: activation.source,
      preprocessing: input.preprocessing.source, crop: input.crop,
      resolution: input.resolution.source, labels: named.labels?.source)
  }

  /// Decodes and folds the weights.
  func checkpoint() throws(ImportError) -> Checkpoint {
    var weights: [String: LayerWeights] = [:]
    var unfolded: [String: UnfoldedLayer] = [:]
    for match in matches {
      let convolution = try match.convolution()
      unfolded[match.name] = try match.unfolded(convolution)
      weights[match.name] = unfolded[match.name]?.folded ?? convolution
    }
    let floats: Checkpoint
    do throws(CheckpointError) {
      floats = try Checkpoint(
        name: description.name, architecture: architecture, weights: weights,
        unfolded: unfolded, preprocessing: preprocessing, resolution: resolution,
        labels: labels, wordNetIDs: description.wordNetIDs,
        accuracy: description.accuracy, provenance: description.provenance
      ).adding(calibration: description.calibration)
    } catch {
      throw .weights(error)
    }
    return floats.adding(integers: try description.integers?(floats))
  }
}

extension Recognition {
  /// Throws if the network has more channels or classes than any MobileNet.
  fileprivate static func check(_ network: LayerSequence.Whole) throws(ImportError) {
    let channels = [network.stem.outputs] + network.pairs.map(\.pointwise.outputs)
    guard channels.allSatisfy({ 1...mostChannels ~= $0 }) else {
      throw .inconsistent(
        problem: "layers have \(channels.max() ?? 0) channels, at most \(mostChannels) can be")
    }
    guard network.hidden.allSatisfy({ 1...mostChannels ~= $0.outputs }) else {
      throw .inconsistent(
        problem: "a layer before the classifier has more than \(mostChannels) channels")
    }
    let classes = network.classifier?.outputs ?? 1
    guard 1...mostClasses ~= classes else {
      throw .inconsistent(
        problem: "there are \(classes) classes, at most \(mostClasses) can be")
    }
  }

  /// Returns the layers of `network` with their names in the table, whose `layers` have weights; throws
  /// if a stride differs, or if there are more weights than in any MobileNet.
  fileprivate static func matches(
    of network: LayerSequence.Whole, with layers: [Layer]
  ) throws(ImportError) -> [Match] {
    let products = network.hidden + (network.classifier.map { [$0] } ?? [])
    let filters =
      [network.stem] + network.pairs.flatMap { [$0.depthwise, $0.pointwise] } + products
    var matches: [Match] = []
    for (layer, found) in zip(layers, filters) {
      if let stride = found.layer.stride, stride != layer.stride, layer.kernelSide == 3 {
        throw .anotherNetwork(
          layer: found.layer.name, found: "a convolution of stride \(stride)",
          expected: "stride \(layer.stride) (\(layer.name))")
      }
      matches.append(Match(name: layer.name, layer: found.layer, filter: found.filter))
    }
    let parameters = filters.reduce(0) { $0 + $1.filter.tensor.count }
    guard parameters <= mostParameters else {
      throw .inconsistent(
        problem: "there are \(parameters) weights, at most \(mostParameters) can be")
    }
    return matches
  }

  /// Returns the labels from the person, the file or a text beside it, and notes about labels that
  /// are not used.
  fileprivate static func labels(
    of description: NetworkDescription, beside file: CheckpointFile, classes: Int?,
    overrides: Overrides
  ) throws(ImportError) -> (labels: Sourced<[String]>?, notes: [String]) {
    if let labels = try overrides.labels(classes: classes) { return (labels, []) }
    guard let classes else { return (nil, []) }
    guard let found = description.labels else {
      return LabelFile.labels(beside: file, classes: classes)
    }
    switch LabelFile.labels(found.value, classes: classes) {
    case .success(let labels): return (Sourced(labels, found.source), [])
    case .failure(let problem):
      return (nil, ["its own labels are not used: \(problem.description)"])
    }
  }

  /// Returns the function that turns the classes' sums into probabilities, with its source.
  fileprivate static func head(of description: NetworkDescription, classes: Int?) -> Sourced<Head> {
    // A softmax over one class is always 1.
    if classes == 1 {
      let isSaid = description.head?.value == .sigmoid
      return Sourced(
        .sigmoid, isSaid ? description.head?.source ?? .layers : .implied(by: "its single output"))
    }
    return description.head
      ?? Sourced(.softmax, .assumed(because: "nothing follows its last layer"))
  }

  /// Returns the padding of all stride-2 layers, with its source.
  fileprivate static func padding(
    of description: NetworkDescription, overrides: Overrides
  ) throws(ImportError) -> Sourced<Padding> {
    if let padding = overrides.padding { return Sourced(padding, .person("--padding")) }
    var found: (padding: Padding, layer: String)?
    var size = description.inputSize?.value ?? 0
    var eitherOne: Padding?
    for layer in description.layers {
      guard let border = layer.border, layer.filter?.height == 3 else { continue }
      let padding: Padding
      let stride = layer.stride ?? 1
      let isOdd = !size.height.isMultiple(of: 2) && !size.width.isMultiple(of: 2)
      size = size.divided(by: max(stride, 1))
      switch (border, stride) {
      // With odd sides both conventions are the same.
      case (.explicit(1, 1), 2) where isOdd:
        eitherOne = eitherOne ?? .symmetric
        continue
      case (.same, 2) where isOdd:
        eitherOne = eitherOne ?? .same
        continue
      case (.same, 2), (.explicit(0, 1), 2): padding = .same
      // With an even side, no window of stride 2 reaches the row after.
      case (.explicit(1, 1), 2), (.explicit(1, 0), 2): padding = .symmetric
      case (.same, 1), (.explicit(1, 1), 1): continue
      default:
        throw .anotherNetwork(
          layer: layer.name, found: "padded by \(border.summary), stride \(stride)",
          expected: "1 row before and 1 after, or TensorFlow's SAME")
      }
      if let found, found.padding != padding {
        throw .inconsistent(
          problem: "\(found.layer) has \(found.padding.rawValue) padding, "
            + "but \(layer.name) has \(padding.rawValue) padding")
      }
      found = (padding, layer.name)
    }
    if let found { return Sourced(found.padding, .layers) }
    if let padding = description.padding { return padding }
    if let eitherOne { return Sourced(eitherOne, .layers) }
    throw .inconsistent(problem: "nothing says how the layers are padded")
  }

  /// Returns the activation of all convolutions, with its source.
  fileprivate static func activation(
    of description: NetworkDescription, overrides: Overrides
  ) throws(ImportError) -> Sourced<Activation> {
    if let activation = overrides.activation { return Sourced(activation, .person("--activation")) }
    var found: (activation: Activation, layer: String)?
    // Layers behind the pooling may have other activations.
    for layer in description.layers.prefix(while: { $0.operation != .averagePooling }) {
      guard layer.operation != .fullyConnected, case .known(let activation) = layer.nonlinearity
      else { continue }
      if let found, found.activation != activation {
        throw .inconsistent(
          problem: "\(found.layer) is followed by \(found.activation.rawValue), "
            + "but \(layer.name) by \(activation.rawValue)")
      }
      found = (activation, layer.name)
    }
    if let found { return Sourced(found.activation, .layers) }
    if let activation = description.activation { return activation }
    throw .inconsistent(problem: "nothing says which activation follows the layers")
  }
}

extension LayerSequence.Weighted {
  /// The layer as an entry of the architecture, between pooling and classifier.
  fileprivate var asHidden: Architecture.Hidden {
    let activation: Activation? =
      if case .known(let known) = layer.nonlinearity { known } else { nil }
    return Architecture.Hidden(channels: outputs, activation: activation)
  }
}
