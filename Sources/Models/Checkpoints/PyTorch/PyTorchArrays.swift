import MobileNet

/// The arrays of a PyTorch network in order, with the layers' settings where the file has them.
struct PyTorchArrays {
  /// The names in the file's order, or, where the file has none, sorted.
  let names: [String]
  let tensors: [String: StoredTensor]
  /// The layers of a whole module, in order; empty for a state dict.
  var layers: [(name: String, object: PickleObject)] = []

  /// Describes the network of these arrays, with the settings in files beside `file`.
  func describe(beside file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let known = PyTorchNames(names)
    let library = known?.library ?? .unknown
    let config = try PyTorchConfig(beside: file)
    var description = NetworkDescription(name: config.name ?? file.name)
    config.say(of: library, in: &description)
    description.activation = activation
    if description.activation == nil { description.activation = try config.activation(library) }
    description.head = head ?? config.head
    let epsilon = config.epsilon(library)
    if let known {
      description.layers = try namedLayers(known, epsilon: epsilon)
    } else {
      description.layers = try layersInOrder(epsilon: epsilon)
      description.notes += [assumption(of: description.layers)].compactMap(\.self)
    }
    return description
  }

  /// Returns the layers of a network whose names are those of a library.
  private func namedLayers(
    _ names: PyTorchNames, epsilon: Double
  ) throws(ImportError) -> [LayerDescription] {
    var found: [LayerDescription] = []
    for part in names.parts {
      guard let weights = tensors["\(part.convolution).weight"] else { continue }
      found.append(
        LayerDescription(
          name: part.convolution, operation: part.isDepthwise ? .depthwise : .convolution,
          filter: try Filter(weights, layout: .oihw), biases: tensors["\(part.convolution).bias"],
          batchNorm: try batchNorm(part.norm, epsilon: epsilon)))
    }
    // timm's networks with names that end in h have another convolution, on all places.
    if tensors["conv_head.weight"] != nil {
      found.append(
        LayerDescription(
          name: "conv_head", operation: .other("a convolution between the pairs and the pooling")))
    }
    if let weights = tensors["\(names.classifier).weight"] {
      found.append(
        LayerDescription(
          name: names.classifier, operation: .fullyConnected,
          filter: try Filter(weights, layout: .oihw), biases: tensors["\(names.classifier).bias"]))
    }
    return found
  }

  /// Returns the layers of a network with any names, by order and shape.
  ///
  /// The first batch norm belongs to the first convolution, and so on, because some networks
  /// declare all convolutions of a block before its norms.
  private func layersInOrder(epsilon: Double) throws(ImportError) -> [LayerDescription] {
    var convolutions: [LayerDescription] = []
    var products: [(place: Int, layer: LayerDescription)] = []
    var norms: [(place: Int, name: String)] = []
    for (place, name) in names.enumerated() {
      guard let tensor = tensors[name] else { continue }
      let layer = name.split(separator: ".").dropLast().joined(separator: ".")
      if name.hasSuffix("running_mean") {
        norms.append((place, layer))
      } else if name == "weight" || name.hasSuffix(".weight"), [2, 4].contains(tensor.shape.count) {
        let description = try weighted(tensor, name: layer, isFirst: convolutions.isEmpty)
        if tensor.shape.count == 4 {
          convolutions.append(description)
        } else {
          products.append((place, description))
        }
      }
    }
    guard !convolutions.isEmpty else {
      let some = names.prefix(3).joined(separator: ", ")
      throw .unsupported(
        format: PyTorchFileFormat.name, feature: "a network without convolutions (\(some))")
    }
    // Sorted names may put the classifier first.
    if let first = convolutions.firstIndex(where: { [1, 3].contains($0.filter?.inputs) }) {
      convolutions = Array(convolutions[first...] + convolutions[..<first])
    }
    var next = norms[...]
    for index in convolutions.indices {
      guard let norm = next.first,
        tensors["\(norm.name).running_mean"]?.count == convolutions[index].filter?.outputs
      else { continue }
      convolutions[index].batchNorm = try batchNorm(norm.name, epsilon: epsilon)
      next.removeFirst()
    }
    for index in convolutions.indices.dropLast() {
      if let kind = otherActivation(behind: convolutions[index].name) {
        convolutions[index].nonlinearity = .other(kind)
      }
    }
    try take(Array(next), into: &products, epsilon: epsilon)
    for index in products.indices.dropLast() {
      products[index].layer.nonlinearity = nonlinearity(behind: products[index].layer.name)
    }
    return convolutions + products.map(\.layer)
  }

  /// The activation that no MobileNet v1 has and that a module declares between a convolution and the
  /// next one.
  private func otherActivation(behind name: String) -> String? {
    guard let place = layers.firstIndex(where: { $0.name == name }) else { return nil }
    return layers[place...].dropFirst().lazy.map(\.object.kind)
      .prefix { !["Conv2d", "Linear"].contains($0) }.first { Self.otherActivations.contains($0) }
  }

  /// Returns the activation behind a fully connected layer that is not the last; a ReLU by default.
  private func nonlinearity(behind name: String) -> LayerDescription.Nonlinearity {
    let place = layers.firstIndex { $0.name == name } ?? layers.endIndex
    for (_, object) in layers[place...].dropFirst() {
      switch object.kind {
      case "ReLU": return .known(.relu)
      case "ReLU6": return .known(.relu6)
      case "Linear": return .known(.relu)
      case let kind where Self.otherActivations.contains(kind): return .other(kind)
      default: continue
      }
    }
    return .known(.relu)
  }

  private static let otherActivations: Set = [
    "CELU", "ELU", "GELU", "Hardsigmoid", "Hardswish", "Hardtanh", "LeakyReLU", "Mish", "PReLU",
    "SELU", "SiLU", "Sigmoid", "Softplus", "Softsign", "Tanh",
  ]

  /// Returns a note about the assumed activation before the classifier; nil where the file states
  /// it, or there are no such layers.
  func assumption(of layers: [LayerDescription]) -> String? {
    let products = layers.filter { $0.operation == .fullyConnected }.dropLast()
    let isSaid = self.layers.contains { $0.object.kind.hasPrefix("ReLU") }
    guard let first = products.first, !isSaid else { return nil }
    return "a ReLU is assumed behind \(first.name), of which the file says nothing"
  }

  /// Adds batch norms to the fully connected layer before or after them.
  private func take(
    _ norms: [(place: Int, name: String)],
    into products: inout [(place: Int, layer: LayerDescription)],
    epsilon: Double
  ) throws(ImportError) {
    for (place, name) in norms {
      let channels = tensors["\(name).running_mean"]?.count
      let norm = try batchNorm(name, epsilon: epsilon)
      if let before = products.lastIndex(where: { $0.place < place }),
        products[before].layer.filter?.outputs == channels
      {
        products[before].layer.batchNorm = norm
      } else if let after = products.firstIndex(where: { $0.place > place }),
        products[after].layer.filter?.inputs == channels
      {
        products[after].layer.inputNorm = norm
      } else {
        throw .anotherNetwork(
          layer: name, found: "a batch norm of \(channels ?? 0) channels",
          expected: "one behind each convolution")
      }
    }
  }

  /// Describes a convolution or a product.
  private func weighted(
    _ tensor: StoredTensor, name: String, isFirst: Bool
  ) throws(ImportError) -> LayerDescription {
    let filter = try Filter(tensor, layout: .oihw)
    let isDepthwise = tensor.shape.count == 4 && filter.inputs == 1 && !isFirst
    var layer = LayerDescription(
      name: name,
      operation: tensor.shape.count == 2
        ? .fullyConnected : isDepthwise ? .depthwise : .convolution,
      filter: filter, biases: tensors[name.isEmpty ? "bias" : "\(name).bias"])
    guard let settings = self.layers.first(where: { $0.name == name })?.object.state else {
      return layer
    }
    layer.stride = settings["stride"]?.integers?.first
    if let padding = settings["padding"]?.integers, padding.count == 2 {
      layer.border = .explicit(before: padding[0], after: padding[0])
    }
    if let dilation = settings["dilation"]?.integers, dilation != [1, 1] {
      layer.operation = .other("a dilated convolution")
    }
    return layer
  }

  private func batchNorm(_ norm: String, epsilon: Double) throws(ImportError) -> BatchNorm {
    guard let mean = tensors["\(norm).running_mean"], let variance = tensors["\(norm).running_var"]
    else {
      throw .damaged(
        format: PyTorchFormat.name, problem: "\(norm).running_mean or .running_var is missing")
    }
    let own = layers.first { $0.name == norm }?.object.state["eps"]?.number
    return BatchNorm(
      gamma: tensors["\(norm).weight"], beta: tensors["\(norm).bias"], mean: mean,
      variance: variance, epsilon: own ?? epsilon)
  }

  /// The activation among the layers of a whole module; nil without one.
  private var activation: Sourced<Activation>? {
    let kinds = Set(layers.map(\.object.kind))
    if kinds.contains("ReLU6") { return Sourced(.relu6, .layers) }
    return kinds.contains("ReLU") ? Sourced(.relu, .layers) : nil
  }

  /// The head, from the last layer of a whole module; nil without one.
  private var head: Sourced<Head>? {
    switch layers.last?.object.kind {
    case "Sigmoid": Sourced(.sigmoid, .layers)
    case "Softmax", "LogSoftmax": Sourced(.softmax, .layers)
    default: nil
    }
  }
}
