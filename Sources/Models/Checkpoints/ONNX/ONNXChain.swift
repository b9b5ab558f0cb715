import MobileNet

/// Follows the nodes from the input on, and makes layers of them.
struct ONNXChain {
  /// What was found so far.
  private(set) var layers: [LayerDescription] = []

  private let model: ONNXModel
  /// The output of the last node, which the next one must read.
  private var top: String
  /// What is computed from constants alone, or from the shape: never weights.
  private var side: Set<String> = []
  /// The rows before and after that a Pad added for the next convolution.
  private var padding: (before: Int, after: Int)?

  init(_ model: ONNXModel) {
    self.model = model
    top = model.input?.name ?? ""
  }

  /// Takes the next node.
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
    else {
      layers.append(LayerDescription(name: name, operation: .other("a branch")))
      return
    }
    top = output
    switch node.operation {
    case "Conv": try appendConvolution(node, name: name)
    case "Gemm", "MatMul": try appendProduct(node, name: name)
    case "Pad": padding = try padding(of: node)
    case "BatchNormalization", "Mul", "Add", "Relu", "Clip", "Min": try append(node, toLayer: name)
    case "GlobalAveragePool", "AveragePool", "ReduceMean":
      layers.append(LayerDescription(name: name, operation: .averagePooling))
    case "Cast", "Dropout", "Flatten", "Identity", "Reshape", "Softmax", "Squeeze", "Transpose",
      "Unsqueeze":
      break
    default: layers.append(LayerDescription(name: name, operation: .other(node.operation)))
    }
  }

  private mutating func appendConvolution(
    _ node: ONNXModel.Node, name: String
  ) throws(ImportError) {
    guard node.inputs.count >= 2 else { throw damaged("\(name) has no weights") }
    let filter = try Filter(constant(node.inputs[1], of: name), layout: .oihw)
    let groups = try node.integer("group", default: 1)
    var layer = LayerDescription(name: name, operation: .convolution, filter: filter)
    layer.nonlinearity = LayerDescription.Nonlinearity.none
    if groups == filter.outputs, groups > 1, filter.inputs == 1 {
      layer.operation = .depthwise
    } else if groups != 1 {
      layer.operation = .other("a convolution in \(groups) groups")
    }
    if node.inputs.count > 2 { layer.biases = try constant(node.inputs[2], of: name) }

    let strides = try node.integers("strides") ?? [1, 1]
    let dilations = try node.integers("dilations") ?? [1, 1]
    let pads = try node.integers("pads") ?? [0, 0, 0, 0]
    guard pads.count == 4, pads.allSatisfy({ 0...8 ~= $0 }) else {
      throw damaged("\(name) is padded by \(pads)")
    }
    let (before, after) = padding ?? (0, 0)
    padding = nil
    layer.stride = strides.first
    layer.border =
      switch try node.string("auto_pad") {
      case "SAME_UPPER": .same
      case "", "NOTSET":
        .explicit(before: pads[0] + before, after: pads[2] + after)
      default: .explicit(before: before, after: after)
      }
    if Set(strides).count != 1 || dilations != [1, 1] || pads[0] != pads[1]
      || pads[2] != pads[3]
    {
      layer.operation = .other("a convolution with dilation, or unlike rows and columns")
    }
    layers.append(layer)
  }

  private mutating func appendProduct(_ node: ONNXModel.Node, name: String) throws(ImportError) {
    guard node.inputs.count >= 2 else { throw damaged("\(name) has no weights") }
    let isFlipped = try node.integer("transA", default: 0) != 0
    let isTransposed = try node.integer("transB", default: 0) == 1
    let filter = try Filter(
      constant(node.inputs[1], of: name), layout: isTransposed ? .ohwi : .hwio)
    var layer = LayerDescription(name: name, operation: .fullyConnected, filter: filter)
    if node.inputs.count > 2 { layer.biases = try constant(node.inputs[2], of: name) }
    let factors = (try node.float("alpha", default: 1), try node.float("beta", default: 1))
    if factors != (1, 1) || isFlipped {
      layer.operation = .other("a scaled or transposed product")
    }
    layers.append(layer)
  }

  /// Takes what belongs to the layer before it: batch norm, biases, activation.
  private mutating func append(_ node: ONNXModel.Node, toLayer name: String) throws(ImportError) {
    let constants = node.inputs.filter { model.isConstant($0) }
    switch node.operation {
    case "BatchNormalization":
      guard node.inputs.count >= 5 else { throw damaged("\(name) has too few inputs") }
      let norm = BatchNorm(
        gamma: try constant(node.inputs[1], of: name), beta: try constant(node.inputs[2], of: name),
        mean: try constant(node.inputs[3], of: name),
        variance: try constant(node.inputs[4], of: name),
        epsilon: Double(try node.float("epsilon", default: 1e-5)))
      try layers.normalizeLast(norm, step: name)
    case "Mul", "Add":
      // A batch norm that tf2onnx did not put into the weights is a product and a sum.
      guard let factor = constants.first else { throw damaged("\(name) has no constant") }
      let numbers = try constant(factor, of: name)
      if node.operation == "Mul" {
        try layers.normalizeLast(BatchNorm(gamma: numbers, epsilon: 0), step: name)
      } else {
        try layers.addToLast(numbers, step: name)
      }
    case "Relu":
      try layers.activateLast(.known(.relu), step: name)
    default:
      try layers.activateLast(
        clipping(node, constants: constants, after: layers.last?.nonlinearity), step: name)
    }
  }

  /// What a Clip or Min between 0 and 6 is: a ReLU6, maybe after a ReLU.
  private func clipping(
    _ node: ONNXModel.Node, constants: [String], after before: LayerDescription.Nonlinearity?
  ) throws(ImportError) -> LayerDescription.Nonlinearity {
    var limits: [Float] = []
    for constant in constants { limits += try model.constant(constant)?.floats() ?? [] }
    if node.operation == "Clip", constants.isEmpty {
      limits = [
        try node.float("min", default: -.infinity), try node.float("max", default: .infinity),
      ]
    }
    switch (node.operation, limits) {
    case ("Clip", [0, 6]): return .known(.relu6)
    case ("Clip", [0]), ("Clip", [0, .infinity]): return .known(.relu)
    case ("Min", [6]) where before == .known(.relu): return .known(.relu6)
    default: return .other("\(node.operation) to \(limits)")
    }
  }

  /// The rows and columns that a Pad adds, if they are what a convolution could add itself.
  private func padding(of node: ONNXModel.Node) throws(ImportError) -> (before: Int, after: Int) {
    var amounts = try node.integers("pads") ?? []
    if amounts.isEmpty, node.inputs.count > 1 {
      amounts = try constant(node.inputs[1], of: node.name).floats().map { Int(exactly: $0) ?? -1 }
    }
    // Four axes, the beginnings first; rows and columns are the last two, or before the channels.
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
