import MobileNet

/// Reads a network from ONNX nodes, from the input on.
struct ONNXChain {
  /// The layers read so far.
  private(set) var chain = LayerChain(format: ONNXFormat.name)

  private let model: ONNXModel
  /// The output of the last node, which the next one must read.
  private var top: String
  /// The outputs computed from constants alone, or from a shape: never weights.
  private var side: Set<String> = []
  /// Whether channels are the last axis, until a Transpose.
  private var isChannelsLast: Bool
  /// The largest value of the quantised outputs of layers without a stated activation.
  private var largestOutput: Float?
  /// Whether the output range of the last product begins at zero, as behind a ReLU.
  private var beginsAtZero = false

  init(_ model: ONNXModel) {
    self.model = model
    top = model.input?.name ?? ""
    let shape = model.input?.shape ?? []
    isChannelsLast = shape.count == 4 && [1, 3].contains(shape[3]) && ![1, 3].contains(shape[1])
  }

  /// The activation that the range of quantised outputs implies, where no node states one.
  var impliedActivation: Activation? {
    largestOutput.map { $0 < 6.1 ? .relu6 : .relu }
  }

  /// Adds the next node.
  mutating func append(_ node: ONNXModel.Node) throws(ImportError) {
    guard let output = node.outputs.first else { throw damaged("\(node.operation) has no output") }
    let name = node.name.isEmpty ? output : node.name
    let isAside =
      node.operation == "Shape"
      || !node.inputs.contains(top)
        && node.inputs.allSatisfy { side.contains($0) || model.isConstant($0) || $0.isEmpty }
    if isAside {
      side.insert(output)
      return
    }
    guard node.inputs.contains(top),
      node.inputs.allSatisfy({
        $0 == top || side.contains($0) || model.isConstant($0) || $0.isEmpty
      })
    else { return try chain.appendOther("a branch", step: name) }
    let input = top
    top = output
    switch node.operation {
    case "Conv": try appendConvolution(node, name: name)
    case "Gemm", "MatMul": try appendProduct(node, name: name)
    case "Pad" where try !addsZeros(node):
      try chain.appendOther("padding with something else than 0", step: name)
    case "Pad":
      let (before, after) = try padding(of: node)
      chain.pad(before: before, after: after)
    case "BatchNormalization": try appendNorm(node, name: name)
    case "Mul", "Add", "Sub", "Div": try appendArithmetic(node, input: input, name: name)
    case "Relu": try chain.activate(.known(.relu), step: name)
    case "Clip", "Min", "Max": try appendClip(node, name: name)
    case "GlobalAveragePool": try chain.pool(nil, step: name)
    case "AveragePool": try appendPooling(node, name: name)
    case "ReduceMean": try appendMean(node, name: name)
    case "Softmax", "LogSoftmax":
      try chain.softmax(along: node.integer("axis", default: 1), step: name)
    case "Sigmoid" where chain.isPooled: try chain.finish(.sigmoid, step: name)
    case "Slice", "Gather": try appendReversal(node, name: name)
    case "Resize", "Upsample": try appendResize(node, name: name)
    case "Concat", "Expand", "Tile": try appendRepetition(node, input: input, name: name)
    case "QuantizeLinear": try noteRange(of: node)
    case "Transpose": try appendTranspose(node, name: name)
    case "DequantizeLinear":
      if input == model.input?.name { try appendInputScale(node, name: name) }
    case "Reshape", "Flatten":
      let sizes = node.inputs.count > 1 ? try model.constant(node.inputs[1])?.floats() : nil
      try chain.reshape(
        from: chain.layers.isEmpty ? model.input?.shape : nil,
        to: sizes?.map { Int(exactly: $0) ?? -1 }, step: name)
    case "Squeeze", "Unsqueeze": try chain.changeAxes(step: name)
    case "Cast":
      // The numbers of TensorProto's types of integers.
      if try [2, 3, 4, 5, 6, 7, 9, 12, 13].contains(node.integer("to", default: 1)) {
        try chain.truncate(step: name)
      }
    case "CastLike", "Dropout", "Identity": break
    default: try chain.appendOther(node.operation, step: name)
    }
  }

  private mutating func appendConvolution(
    _ node: ONNXModel.Node, name: String
  ) throws(ImportError) {
    guard node.inputs.count >= 2 else { throw damaged("\(name) has no weights") }
    let filter = try Filter(constant(node.inputs[1], of: name), layout: .oihw)
    let groups = try node.integer("group", default: 1)
    var layer = LayerDescription(name: name, operation: .convolution, filter: filter)
    layer.nonlinearity = isQuantized ? nil : LayerDescription.Nonlinearity.none
    if groups == filter.outputs, groups > 1, filter.inputs == 1 {
      layer.operation = .depthwise
    } else if groups != 1 {
      layer.operation = .other("a convolution in \(groups) groups")
    }
    if node.inputs.count > 2, !node.inputs[2].isEmpty {
      layer.biases = try constant(node.inputs[2], of: name)
    }
    let strides = try node.integers("strides") ?? [1, 1]
    let dilations = try node.integers("dilations") ?? [1, 1]
    let pads = try pads(of: node, name: name)
    layer.stride = strides.first
    layer.border =
      switch try node.string("auto_pad") {
      case "SAME_UPPER": .same
      case "", "NOTSET": .explicit(before: pads[0], after: pads[2])
      // The odd row comes before the input instead of after.
      case "SAME_LOWER" where filter.height == 3:
        .explicit(before: 1, after: strides == [2, 2] ? 0 : 1)
      default: .explicit(before: 0, after: 0)
      }
    // TensorFlow's SAME pads an odd side and an even one differently.
    if strides == [2, 2], Set(pads) == [0, 1], pads[2...] == [1, 1] { layer.border = .same }
    if Set(strides).count != 1 || dilations != [1, 1]
      || layer.border != .same && (pads[0] != pads[1] || pads[2] != pads[3])
    {
      layer.operation = .other("a convolution with dilation, or unlike rows and columns")
    }
    try chain.append(layer)
  }

  private mutating func appendProduct(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    guard node.inputs.count >= 2 else { throw damaged("\(name) has no weights") }
    if beginsAtZero, chain.layers.last?.nonlinearity == nil {
      try chain.activate(.known(.relu), step: name)
    }
    beginsAtZero = false
    let isFlipped = try node.integer("transA", default: 0) != 0
    let isTransposed = try node.integer("transB", default: 0) == 1
    func scaled(_ input: Int, by attribute: String) throws(ImportError) -> StoredTensor {
      let numbers = try constant(node.inputs[input], of: name)
      let factor = try node.float(attribute, default: 1)
      return factor == 1 ? numbers : numbers.mapped { $0 * factor }
    }
    let filter = try Filter(scaled(1, by: "alpha"), layout: isTransposed ? .ohwi : .hwio)
    var layer = LayerDescription(name: name, operation: .fullyConnected, filter: filter)
    if node.inputs.count > 2, !node.inputs[2].isEmpty {
      layer.biases = try scaled(2, by: "beta")
    }
    if isFlipped { layer.operation = .other("a transposed product") }
    try chain.append(layer)
  }

  /// Adds a change between channels last and channels first; behind the pooling there is one place,
  /// and any order will do.
  private mutating func appendTranspose(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    let order = try node.integers("perm") ?? []
    if chain.isPooled || order == [0, 1, 2, 3] { return }
    switch order {
    case [0, 3, 1, 2] where chain.layers.isEmpty || isChannelsLast: isChannelsLast = false
    case [0, 2, 3, 1] where !isChannelsLast: isChannelsLast = true
    default: try chain.appendOther("a change of axes to \(order)", step: name)
    }
  }

  private mutating func appendNorm(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    guard node.inputs.count >= 5 else { throw damaged("\(name) has too few inputs") }
    guard try node.integer("training_mode", default: 0) == 0,
      try node.integer("is_test", default: 1) == 1, try node.integer("spatial", default: 1) == 1
    else { return try chain.appendOther("a batch norm for training, or of each place", step: name) }
    try chain.normalize(
      BatchNorm(
        gamma: constant(node.inputs[1], of: name), beta: constant(node.inputs[2], of: name),
        mean: constant(node.inputs[3], of: name), variance: constant(node.inputs[4], of: name),
        epsilon: Double(node.float("epsilon", default: 1e-5))), step: name)
  }

  /// Adds a product or a sum with a constant: preprocessing, biases, or a batch norm in this form.
  private mutating func appendArithmetic(
    _ node: ONNXModel.Node, input: String, name: String
  ) throws(ImportError) {
    guard let other = node.inputs.first(where: { $0 != input }) else {
      return try chain.appendOther("\(node.operation) of one thing with itself", step: name)
    }
    let numbers = try constant(other, of: name)
    switch (node.operation, node.inputs.first == other) {
    case ("Mul", _): try chain.calculate(.multiply, numbers, step: name)
    case ("Add", _): try chain.calculate(.add, numbers, step: name)
    case ("Sub", false): try chain.calculate(.subtract, numbers, step: name)
    case ("Sub", true): try chain.calculate(.subtractFrom, numbers, step: name)
    case ("Div", false): try chain.calculate(.divide, numbers, step: name)
    default: try chain.appendOther("a number over the input", step: name)
    }
  }

  /// Adds the scale of an integer input: pixels, less 128 for signed integers.
  private mutating func appendInputScale(
    _ node: ONNXModel.Node, name: String
  ) throws(ImportError) {
    guard let numbers = try model.quantization(of: node) else { return }
    let zero = Double(numbers.zeroPoint - numbers.numbers.lowerBound)
    try chain.calculate(.subtract, [zero], step: name)
    try chain.calculate(.multiply, [Double(numbers.scale)], step: name)
  }

  /// Adds a Clip, Min or Max as a ReLU, or a ReLU6, possibly after a ReLU.
  private mutating func appendClip(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    var lower = try node.float("min", default: -.infinity)
    var upper = try node.float("max", default: .infinity)
    func limit(_ input: String) throws(ImportError) -> Float? {
      guard let tensor = try model.constant(input), tensor.count == 1 else { return nil }
      return try tensor.floats().first
    }
    switch node.operation {
    case "Clip":
      if node.inputs.count > 1 { lower = try limit(node.inputs[1]) ?? lower }
      if node.inputs.count > 2 { upper = try limit(node.inputs[2]) ?? upper }
    default:
      for input in node.inputs where model.isConstant(input) {
        guard let value = try limit(input) else { continue }
        if node.operation == "Max" { lower = value } else { upper = value }
      }
    }
    let before = chain.layers.last?.nonlinearity
    let nonlinearity: LayerDescription.Nonlinearity =
      switch (lower, upper) {
      case (0, 6): .known(.relu6)
      case (0, .infinity), (0, Float.greatestFiniteMagnitude): .known(.relu)
      case (-.infinity, 6) where before == .known(.relu): .known(.relu6)
      // PyTorch clips twice.
      case (0, .infinity) where before == .known(.relu6): .known(.relu6)
      default: .other("\(node.operation) to \(lower)…\(upper)")
      }
    try chain.activate(nonlinearity, step: name)
  }

  private mutating func appendPooling(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    let window = try node.integers("kernel_shape") ?? []
    guard window.count == 2 else { throw damaged("\(name) has a window of \(window)") }
    let automatic = try node.string("auto_pad")
    try chain.pool(
      PoolingWindow(
        height: window[0], width: window[1], strides: node.integers("strides") ?? [1, 1],
        isPadded: pads(of: node, name: name) != [0, 0, 0, 0],
        isSame: automatic.hasPrefix("SAME")), step: name)
  }

  private mutating func appendMean(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    var axes = try node.integers("axes") ?? []
    if axes.isEmpty, node.inputs.count > 1 {
      axes = try constant(node.inputs[1], of: name).floats().map { Int(exactly: $0) ?? -9 }
    }
    axes = axes.map { $0 < 0 ? $0 + 4 : $0 }.sorted()
    guard axes == (isChannelsLast ? [1, 2] : [2, 3]) else {
      return try chain.appendOther("a mean over axes \(axes)", step: name)
    }
    try chain.pool(nil, step: name)
  }

  /// Adds a Slice or a Gather that reverses the order of channels.
  private mutating func appendReversal(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    let channels = isChannelsLast ? 3 : 1
    func numbers(_ index: Int) throws(ImportError) -> [Float] {
      guard node.inputs.count > index, let tensor = try model.constant(node.inputs[index]),
        tensor.count <= 4
      else { return [] }
      return try tensor.floats()
    }
    let isReversal: Bool
    if node.operation == "Gather" {
      let axis = try node.integer("axis", default: 0)
      isReversal = try numbers(1) == [2, 1, 0] && axis == channels
    } else {
      let axes = try numbers(3).map { $0 < 0 ? $0 + 4 : $0 }
      isReversal = try numbers(4) == [-1] && axes == [Float(channels)]
    }
    guard isReversal else { return try chain.appendOther(node.operation, step: name) }
    try chain.reverseChannels(step: name)
  }

  /// Another size of the picture: as rows and columns, or as factors of those of the input.
  private mutating func appendResize(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    let rows = isChannelsLast ? 1 : 2
    func numbers(_ index: Int) throws(ImportError) -> [Float]? {
      guard node.inputs.count > index, let tensor = try model.constant(node.inputs[index]),
        tensor.count == 4
      else { return nil }
      return try tensor.floats()
    }
    // Before opset 11 the factors came second, before 9 they were an attribute.
    let before = chain.resized ?? model.input.flatMap { Resolution(shape: $0.shape.dropFirst()) }
    var factors = try numbers(2)
    if factors == nil { factors = try numbers(1) }
    if factors == nil { factors = try node.floats("scales") }
    var size = (rows: 0, columns: 0)
    if let sizes = try numbers(3) {
      size = (Int(exactly: sizes[rows]) ?? 0, Int(exactly: sizes[rows + 1]) ?? 0)
    } else if let factors, factors.count == 4, let before {
      size = (
        Int(exactly: (Float(before.height) * factors[rows]).rounded(.down)) ?? 0,
        Int(exactly: (Float(before.width) * factors[rows + 1]).rounded(.down)) ?? 0
      )
    }
    try chain.resize(rows: size.rows, columns: size.columns, step: name)
  }

  /// One channel that becomes three.
  private mutating func appendRepetition(
    _ node: ONNXModel.Node, input: String, name: String
  ) throws(ImportError) {
    let channels = isChannelsLast ? 3 : 1
    let isRepetition: Bool
    if node.operation == "Concat" {
      let axis = try node.integer("axis", default: 0)
      isRepetition =
        node.inputs == Array(repeating: input, count: 3) && [channels, channels - 4].contains(axis)
    } else {
      let counts = node.inputs.count > 1 ? try constant(node.inputs[1], of: name).floats() : []
      isRepetition =
        counts.count == 4 && counts[channels] == 3
        && (node.operation == "Expand" || counts.reduce(0, +) == 6)
    }
    guard isRepetition else { return try chain.appendOther(node.operation, step: name) }
    try chain.repeatBrightness(step: name)
  }

  /// Whether the network rounds to 8-bit integers between layers.
  private var isQuantized: Bool { largestOutput != nil || model.hasQuantization }

  /// Notes the range of a layer's quantised output; one that begins at zero implies a ReLU.
  private mutating func noteRange(of node: ONNXModel.Node) throws(ImportError) {
    guard let layer = chain.layers.last, layer.filter != nil, layer.nonlinearity == nil,
      node.inputs.count >= 2, let scale = try model.constant(node.inputs[1]), scale.count == 1
    else { return }
    let zero = node.inputs.count > 2 ? try model.constant(node.inputs[2]) : nil
    let range = zero?.type.range ?? 0...255
    let zeroPoint = try zero?.floats().first ?? 0
    if layer.operation == .fullyConnected {
      beginsAtZero = zeroPoint == range.lowerBound
      return
    }
    guard zeroPoint == range.lowerBound else {
      return try chain.activate(.none, step: layer.name)
    }
    let largest = (range.upperBound - range.lowerBound) * (try scale.floats().first ?? 0)
    largestOutput = max(largestOutput ?? 0, largest)
  }

  private func pads(of node: ONNXModel.Node, name: String) throws(ImportError) -> [Int] {
    let pads = try node.integers("pads") ?? [0, 0, 0, 0]
    guard pads.count == 4, pads.allSatisfy({ 0...8 ~= $0 }) else {
      throw damaged("\(name) is padded by \(pads)")
    }
    return pads
  }

  /// Whether a Pad adds zeros, and neither another number nor a reflection.
  private func addsZeros(_ node: ONNXModel.Node) throws(ImportError) -> Bool {
    var filling = try node.float("value", default: 0)
    if node.inputs.count > 2, !node.inputs[2].isEmpty {
      filling = try constant(node.inputs[2], of: node.name).floats().first ?? 0
    }
    let mode = try node.string("mode")
    return filling == 0 && ["", "constant"].contains(mode)
  }

  /// Returns the rows and columns of a Pad; throws unless a convolution could add them itself.
  private func padding(of node: ONNXModel.Node) throws(ImportError) -> (before: Int, after: Int) {
    var amounts = try node.integers("pads") ?? []
    if amounts.isEmpty, node.inputs.count > 1 {
      amounts = try constant(node.inputs[1], of: node.name).floats().map { Int(exactly: $0) ?? -1 }
    }
    // The amounts have four axes, beginnings first; rows and columns are the last two, or before
    // the channels.
    guard amounts.count == 8, amounts.allSatisfy({ 0...8 ~= $0 }) else {
      throw damaged("a Pad adds \(amounts)")
    }
    let (before, after) = (amounts[2], amounts[6])
    let isSquare =
      amounts == [0, 0, before, before, 0, 0, after, after]
      || amounts == [0, before, before, 0, 0, after, after, 0]
    guard isSquare else { throw damaged("a Pad adds \(amounts), which no convolution needs") }
    return (before, after)
  }

  private func constant(_ name: String, of layer: String) throws(ImportError) -> StoredTensor {
    guard let tensor = try model.constant(name) else {
      throw .unsupported(format: ONNXFormat.name, feature: "\(layer) with computed \(name)")
    }
    return tensor
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: ONNXFormat.name, problem: problem)
  }
}
