import MobileNet

/// Follows Core ML's layers from the input on; batch norm, padding and activation are layers of
/// their own there.
struct CoreMLChain {
  /// What was found so far.
  private(set) var layers: [LayerDescription] = []

  /// What the last layer made, which the next one must read.
  private var top: String
  /// The rows before and after that a padding layer added for the next convolution.
  private var padding: (before: Int, after: Int)?
  /// How far a ReLU6 is, which is spelt −max(−x, −6) after a ReLU.
  private var spelling = Spelling.nothing

  private enum Spelling {
    case nothing, negated, limited
  }

  init(input: String) { top = input }

  /// Takes the next NeuralNetworkLayer.
  mutating func append(_ layer: ProtobufMessage) throws(ImportError) {
    guard layers.count < 256 else { throw damaged("it has more than 256 layers") }
    let name = try layer.string(1)
    guard let kind = layer.fieldNumbers.first(where: { $0 >= 100 }),
      let settings = try layer.message(kind)
    else { throw damaged("\(name) is of no kind") }
    guard try layer.strings(2) == [top], let output = try layer.strings(3).first else {
      layers.append(LayerDescription(name: name, operation: .other("a branch")))
      return
    }
    top = output
    if spelling != .nothing, kind != 130, kind != 220 {
      layers.append(LayerDescription(name: name, operation: .other("after a negation")))
    }
    switch kind {
    case 100: try appendConvolution(settings, name: name)
    case 120, 1280:
      // The mean of all, or a window of which 1 is the kind that averages.
      let window = try settings.integer(1) ?? 0
      layers.append(
        LayerDescription(
          name: name,
          operation: kind == 1280 || window == 1 ? .averagePooling : .other("pooling of maxima")))
    case 130: try appendActivation(settings, name: name)
    case 140: try appendProduct(settings, name: name)
    case 160: try appendNorm(settings, name: name)
    case 200: padding = try padding(settings, name: name)
    case 220: try appendFunction(settings, name: name)
    case 245: try appendScale(settings, name: name)
    case 660: try appendClip(settings, name: name)
    // Softmax, reshape, flatten, permute, copy, softmaxND, transpose, squeeze, expandDims,
    // flattenTo2D, reshapeStatic and rankPreservingReshape change no number of a chain.
    case 175, 300, 301, 310, 600, 950, 985, 1120, 1125, 1130, 1140, 1150: break
    default:
      layers.append(LayerDescription(name: name, operation: .other("a layer of type \(kind)")))
    }
  }

  private mutating func appendConvolution(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) {
    let kernel = try settings.integers(20)
    let strides = try settings.integers(30)
    let groups = try settings.integer(10) ?? 1
    let outputs = try settings.integer(1) ?? 0
    let inputs = try settings.integer(2) ?? 0
    let filter = try Filter(
      weights(
        settings, 90, of: name, shape: [outputs, inputs] + (kernel.isEmpty ? [3, 3] : kernel)),
      layout: .oihw)
    var layer = LayerDescription(name: name, operation: .convolution, filter: filter)
    layer.nonlinearity = LayerDescription.Nonlinearity.none
    if groups == filter.outputs, groups > 1, filter.inputs == 1 {
      layer.operation = .depthwise
    } else if groups > 1 {
      layer.operation = .other("a convolution in \(groups) groups")
    }
    if try settings.integer(70) == 1 {
      layer.biases = try weights(settings, 91, of: "\(name)'s bias", shape: [outputs])
    }
    layer.stride = strides.first ?? 1
    layer.border = try border(settings, name: name, stride: layer.stride ?? 1)
    let isDilated = try settings.integers(40).contains { $0 != 1 }
    let isTransposed = try settings.integer(60) == 1
    if Set(strides).count > 1 || isDilated || isTransposed {
      layer.operation = .other("a convolution with dilation, unequal strides or transposed")
    }
    layers.append(layer)
  }

  /// What a convolution adds around its input, with what the layer before it added.
  private mutating func border(
    _ settings: ProtobufMessage, name: String, stride: Int
  ) throws(ImportError) -> LayerDescription.Border {
    defer { padding = nil }
    let (before, after) = padding ?? (0, 0)
    guard let same = try settings.message(51) else {
      let own = try settings.message(50)?.message(1).map { amounts throws(ImportError) in
        try square(amounts, name: name)
      }
      return .explicit(before: before + (own?.before ?? 0), after: after + (own?.after ?? 0))
    }
    guard padding == nil else { throw damaged("\(name) is padded twice") }
    // The odd row may come before instead of after.
    let isBefore = try same.integer(1) == 1
    return isBefore && stride == 2 ? .explicit(before: 1, after: 0) : .same
  }

  private mutating func appendProduct(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) {
    let (inputs, outputs) = (try settings.integer(1) ?? 0, try settings.integer(2) ?? 0)
    var layer = try LayerDescription(
      name: name, operation: .fullyConnected,
      filter: Filter(
        weights(settings, 20, of: name, shape: [outputs, inputs]), layout: .oihw))
    if try settings.integer(10) == 1 {
      layer.biases = try weights(settings, 21, of: "\(name)'s bias", shape: [outputs])
    }
    layers.append(layer)
  }

  private mutating func appendNorm(_ settings: ProtobufMessage, name: String) throws(ImportError) {
    guard try settings.integer(5) != 1, try settings.integer(6) != 1 else {
      layers.append(
        LayerDescription(name: name, operation: .other("a norm that is computed for each image")))
      return
    }
    let channels = [try settings.integer(1) ?? 0]
    let norm = BatchNorm(
      gamma: try weights(settings, 15, of: "\(name)'s gamma", shape: channels),
      beta: try weights(settings, 16, of: "\(name)'s beta", shape: channels),
      mean: try weights(settings, 17, of: "\(name)'s mean", shape: channels),
      variance: try weights(settings, 18, of: "\(name)'s variance", shape: channels),
      epsilon: Double(try settings.float(10) ?? 1e-5))
    try layers.normalizeLast(norm, step: name)
  }

  /// A product and a sum for each channel, which is what a batch norm is as well.
  private mutating func appendScale(_ settings: ProtobufMessage, name: String) throws(ImportError) {
    func numbers(
      _ field: Int, shape: Int, _ what: String
    ) throws(ImportError) -> StoredTensor {
      let count = try settings.integers(shape).checkedProduct ?? 0
      return try weights(settings, field, of: "\(name)'s \(what)", shape: [count])
    }
    let beta = try settings.integer(3) == 1 ? numbers(5, shape: 4, "bias") : nil
    let norm = BatchNorm(gamma: try numbers(2, shape: 1, "scale"), beta: beta, epsilon: 0)
    try layers.normalizeLast(norm, step: name)
  }

  private mutating func appendActivation(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) {
    let kind = settings.fieldNumbers.first ?? 0
    if kind == 5 {
      let linear = try settings.message(5)
      let factors = (try linear?.float(1) ?? 0, try linear?.float(2) ?? 0)
      switch (factors, spelling) {
      case ((1, 0), .nothing): break
      case ((-1, 0), .nothing): spelling = .negated
      case ((-1, 0), .limited):
        spelling = .nothing
        try limitLast(name)
      default: try layers.activateLast(.other("x · \(factors.0) + \(factors.1)"), step: name)
      }
      return
    }
    let names = [15: "a leaky ReLU", 25: "a PReLU", 30: "tanh", 40: "sigmoid", 50: "ELU"]
    try layers.activateLast(
      kind == 10 && spelling == .nothing
        ? .known(.relu) : .other(names[kind] ?? "activation \(kind)"),
      step: name)
  }

  /// The last layer's ReLU becomes a ReLU6.
  private mutating func limitLast(_ name: String) throws(ImportError) {
    let isReLU = layers.last?.nonlinearity == .known(.relu)
    try layers.activateLast(isReLU ? .known(.relu6) : .other("a limit of 6"), step: name)
  }

  private mutating func appendFunction(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) {
    // The seventh is max(α, x · scale + shift).
    let function = (try settings.integer(1), try settings.float(2))
    let (shift, scale) = (try settings.float(4) ?? 0, try settings.float(5) ?? 1)
    if function == (7, -6), (shift, scale) == (0, 1), spelling == .negated {
      spelling = .limited
    } else {
      try layers.activateLast(.other("another function than ReLU or ReLU6"), step: name)
    }
  }

  private mutating func appendClip(_ settings: ProtobufMessage, name: String) throws(ImportError) {
    let limits = (try settings.float(1) ?? 0, try settings.float(2) ?? 0)
    try layers.activateLast(
      limits == (0, 6) ? .known(.relu6) : .other("a clip to \(limits.0)…\(limits.1)"), step: name)
  }

  private func padding(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) -> (before: Int, after: Int) {
    guard padding == nil, let constant = try settings.message(1), try constant.float(1) ?? 0 == 0,
      let amounts = try settings.message(10)
    else { throw damaged("\(name) adds something else than zeros, or is the second in a row") }
    return try square(amounts, name: name)
  }

  /// BorderAmounts that are the same for rows and columns.
  private func square(
    _ amounts: ProtobufMessage, name: String
  ) throws(ImportError) -> (before: Int, after: Int) {
    var sides: [[Int]] = []
    for side in try amounts.messages(10) {
      sides.append([try side.integer(1) ?? 0, try side.integer(2) ?? 0])
    }
    guard sides.count == 2, sides[0] == sides[1], sides[0].allSatisfy({ 0...8 ~= $0 }) else {
      throw .anotherNetwork(
        layer: name, found: "padded by \(sides)", expected: "the same for rows and columns")
    }
    return (sides[0][0], sides[0][1])
  }

  /// The WeightParams in field `field`.
  private func weights(
    _ settings: ProtobufMessage, _ field: Int, of name: String, shape: [Int]
  ) throws(ImportError) -> StoredTensor {
    guard let weights = try settings.message(field) else { throw damaged("\(name) has no numbers") }
    return try CoreMLWeights(weights).tensor(name, shape: shape)
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: CoreMLFormat.name, problem: problem)
  }
}
