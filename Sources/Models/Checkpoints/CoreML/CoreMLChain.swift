import MobileNet

/// Reads a network from Core ML's layers, from the input on; batch norm, padding and activation are
/// layers of their own there.
struct CoreMLChain {
  /// The layers read so far.
  private(set) var chain = LayerChain(format: CoreMLFormat.name)

  /// The last layer's output, which the next layer must read.
  private var top: String
  /// The progress through a ReLU6, which files write as −max(−x, −6) after a ReLU.
  private var spelling = Spelling.nothing

  private enum Spelling {
    case nothing, negated, limited
  }

  init(input: String) { top = input }

  /// Adds the next NeuralNetworkLayer.
  mutating func append(_ layer: ProtobufMessage) throws(ImportError) {
    let name = try layer.string(1)
    guard let kind = layer.fieldNumbers.first(where: { $0 >= 100 }),
      let settings = try layer.message(kind)
    else { throw damaged("\(name) is of no kind") }
    // A concatenation of one thing three times.
    let inputs = try layer.strings(2)
    let isRepetition = kind == 320 && inputs == Array(repeating: top, count: 3)
    guard let output = try layer.strings(3).first, isRepetition || inputs == [top] else {
      return try chain.appendOther("a branch", step: name)
    }
    top = output
    if spelling != .nothing, kind != 130, kind != 220 {
      try chain.appendOther("after a negation", step: name)
    }
    switch kind {
    case 100: try appendConvolution(settings, name: name)
    case 120: try appendPooling(settings, name: name)
    case 1280: try appendMean(settings, name: name)
    case 130: try appendActivation(settings, name: name)
    case 140: try appendProduct(settings, name: name)
    case 160: try appendNorm(settings, name: name)
    case 175: try chain.finish(.softmax, step: name)
    case 950: try chain.softmax(along: settings.integer(1), step: name)
    case 200:
      let (before, after) = try padding(settings, name: name)
      chain.pad(before: before, after: after)
    case 220: try appendFunction(settings, name: name)
    case 245: try appendScale(settings, name: name)
    case 230: try chain.calculate(.add, [Double(settings.float(1) ?? 0)], step: name)
    case 231: try chain.calculate(.multiply, [Double(settings.float(1) ?? 1)], step: name)
    case 250: try appendBias(settings, name: name)
    case 660: try appendClip(settings, name: name)
    case 320: try chain.repeatBrightness(step: name)
    // Reshape, flatten, flattenTo2D, reshapeStatic and rankPreservingReshape.
    case 300, 301, 1130, 1140, 1150: try chain.reshape(step: name)
    // Squeeze and expandDims.
    case 1120, 1125: try chain.changeAxes(step: name)
    // Permute and transpose.
    case 310, 985:
      try chain.turn(try settings.integers(1), fromChannelsLast: chain.layers.isEmpty, step: name)
    // Copy.
    case 600: break
    default: try chain.appendOther("a layer of type \(kind)", step: name)
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
    try chain.append(layer)
  }

  private mutating func appendPooling(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) {
    // Field 1 chooses maxima, means or squares.
    guard try settings.integer(1) == 1 else {
      return try chain.appendOther("pooling of maxima", step: name)
    }
    guard try settings.integer(60) != 1 else { return try chain.pool(nil, step: name) }
    let window = try settings.integers(10)
    let strides = try settings.integers(20)
    let padding = try settings.message(30)?.message(1).map { amounts throws(ImportError) in
      try square(amounts, name: name)
    }
    // Caffe's padding, which may reach over the end.
    let reaches = try settings.message(32)?.integers(1).contains { $0 != 0 } ?? false
    try chain.pool(
      PoolingWindow(
        height: window.first ?? 3, width: window.last ?? 3,
        strides: strides.isEmpty ? [1, 1] : strides,
        isPadded: reaches || (padding ?? (0, 0)) != (0, 0), isSame: settings.has(31)), step: name)
  }

  private mutating func appendMean(_ settings: ProtobufMessage, name: String) throws(ImportError) {
    var axes: [Int] = []
    for axis in try settings.integers(1) { axes.append(axis < 0 ? axis + 4 : axis) }
    let isAll = try settings.integer(3) == 1
    guard !isAll, Set(axes) == [2, 3] else {
      return try chain.appendOther("a mean over axes \(axes)", step: name)
    }
    try chain.pool(nil, step: name)
  }

  /// Returns the padding of a convolution.
  private func border(
    _ settings: ProtobufMessage, name: String, stride: Int
  ) throws(ImportError) -> LayerDescription.Border {
    guard let same = try settings.message(51) else {
      let own = try settings.message(50)?.message(1).map { amounts throws(ImportError) in
        try square(amounts, name: name)
      }
      return .explicit(before: own?.before ?? 0, after: own?.after ?? 0)
    }
    // The odd row may come before the input instead of after.
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
    try chain.append(layer)
  }

  private mutating func appendNorm(_ settings: ProtobufMessage, name: String) throws(ImportError) {
    guard try settings.integer(5) != 1, try settings.integer(6) != 1 else {
      return try chain.appendOther("a norm that is computed for each image", step: name)
    }
    let channels = [try settings.integer(1) ?? 0]
    let norm = BatchNorm(
      gamma: try weights(settings, 15, of: "\(name)'s gamma", shape: channels),
      beta: try weights(settings, 16, of: "\(name)'s beta", shape: channels),
      mean: try weights(settings, 17, of: "\(name)'s mean", shape: channels),
      variance: try weights(settings, 18, of: "\(name)'s variance", shape: channels),
      epsilon: Double(try settings.float(10) ?? 1e-5))
    try chain.normalize(norm, step: name)
  }

  /// Adds a product and a sum for each channel, as a batch norm.
  private mutating func appendScale(_ settings: ProtobufMessage, name: String) throws(ImportError) {
    func numbers(
      _ field: Int, shape: Int, _ what: String
    ) throws(ImportError) -> StoredTensor {
      let count = try settings.integers(shape).checkedProduct ?? 0
      return try weights(settings, field, of: "\(name)'s \(what)", shape: [count])
    }
    let beta = try settings.integer(3) == 1 ? numbers(5, shape: 4, "bias") : nil
    let norm = BatchNorm(gamma: try numbers(2, shape: 1, "scale"), beta: beta, epsilon: 0)
    try chain.normalize(norm, step: name)
  }

  /// Adds a sum for each channel.
  private mutating func appendBias(_ settings: ProtobufMessage, name: String) throws(ImportError) {
    let count = try settings.integers(1).checkedProduct ?? 0
    try chain.calculate(
      .add, weights(settings, 2, of: "\(name)'s bias", shape: [count]), step: name)
  }

  private mutating func appendActivation(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) {
    let kind = settings.fieldNumbers.first ?? 0
    if kind == 40, chain.isPooled { return try chain.finish(.sigmoid, step: name) }
    if kind == 5 {
      let linear = try settings.message(5)
      let factors = (try linear?.float(1) ?? 0, try linear?.float(2) ?? 0)
      switch (factors, spelling) {
      case (_, .nothing) where chain.layers.isEmpty:
        try chain.calculate(.multiply, [Double(factors.0)], step: name)
        try chain.calculate(.add, [Double(factors.1)], step: name)
      case ((1, 0), .nothing): break
      case ((-1, 0), .nothing): spelling = .negated
      case ((-1, 0), .limited):
        spelling = .nothing
        try limitLast(name)
      default: try chain.activate(.other("x · \(factors.0) + \(factors.1)"), step: name)
      }
      return
    }
    let names = [15: "a leaky ReLU", 25: "a PReLU", 30: "tanh", 40: "sigmoid", 50: "ELU"]
    try chain.activate(
      kind == 10 && spelling == .nothing
        ? .known(.relu) : .other(names[kind] ?? "activation \(kind)"),
      step: name)
  }

  /// Turns the last layer's ReLU into a ReLU6.
  private mutating func limitLast(_ name: String) throws(ImportError) {
    let isReLU = chain.layers.last?.nonlinearity == .known(.relu)
    try chain.activate(isReLU ? .known(.relu6) : .other("a limit of 6"), step: name)
  }

  private mutating func appendFunction(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) {
    // Function 7 is max(α, x · scale + shift).
    let function = (try settings.integer(1), try settings.float(2))
    let (shift, scale) = (try settings.float(4) ?? 0, try settings.float(5) ?? 1)
    if function == (7, -6), (shift, scale) == (0, 1), spelling == .negated {
      spelling = .limited
    } else {
      try chain.activate(.other("another function than ReLU or ReLU6"), step: name)
    }
  }

  private mutating func appendClip(_ settings: ProtobufMessage, name: String) throws(ImportError) {
    let limits = (try settings.float(1) ?? 0, try settings.float(2) ?? 0)
    try chain.activate(
      limits == (0, 6) ? .known(.relu6) : .other("a clip to \(limits.0)…\(limits.1)"), step: name)
  }

  private func padding(
    _ settings: ProtobufMessage, name: String
  ) throws(ImportError) -> (before: Int, after: Int) {
    guard let constant = try settings.message(1), try constant.float(1) ?? 0 == 0,
      let amounts = try settings.message(10)
    else { throw damaged("\(name) adds something else than zeros") }
    return try square(amounts, name: name)
  }

  /// Returns BorderAmounts, which must be the same for rows and columns.
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

  /// Returns the WeightParams in field `field`.
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
