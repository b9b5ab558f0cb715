import MobileNet

/// Reads a network from a TensorFlow graph of slim, Keras or a converter, from the input on.
struct TensorFlowChain {
  /// The layers read so far.
  private(set) var chain = LayerChain(format: TensorFlowGraphFormat.name)
  /// The rows and columns of the input.
  private(set) var inputSize: Resolution?

  /// Whether numbers are rounded on their way, which is left out.
  private(set) var isRounded = false

  /// Whether the input is bytes, which are pixels as they are.
  let takesBytes: Bool
  /// Whether the input is texts, such as the bytes of picture files.
  let takesTexts: Bool
  private let constants: TensorFlowConstants
  private let readers: [String: [TensorFlowNode]]
  private let start: TensorFlowNode
  /// Whether the channels come before the rows, as the last convolution says.
  private var isChannelsFirst = false
  /// Whether the picture has an axis more, for the channel that is repeated.
  private var isSpread = false

  /// Prepares to read `nodes`; `stored` is as for `TensorFlowConstants`.
  init(
    _ nodes: [TensorFlowNode], stored: @escaping (String) throws(ImportError) -> StoredTensor?
  ) throws(ImportError) {
    constants = TensorFlowConstants(nodes, stored: stored)
    var readers: [String: [TensorFlowNode]] = [:]
    for node in nodes {
      for input in Set(node.inputs) { readers[input, default: []].append(node) }
    }
    self.readers = readers
    let inputs = nodes.filter { $0.operation.hasPrefix("Placeholder") }
    var best: TensorFlowNode?
    for input in inputs where try input.shape("shape").count == 4 && best == nil { best = input }
    guard let start = best ?? inputs.first(where: { readers[$0.name] != nil }) else {
      throw .unsupported(
        format: TensorFlowGraphFormat.name, feature: "a graph without a placeholder for its input")
    }
    self.start = start
    takesBytes = try start.isOfBytes("dtype")
    takesTexts = try start.isOfTexts("dtype")
    inputSize = Resolution(shape: try start.shape("shape").dropFirst())
  }

  /// Adds the nodes from the input to the end.
  mutating func run() throws(ImportError) {
    var top = start.name
    for _ in 0..<2048 {
      guard let node = next(after: top) else { return }
      let layers = (readers[top] ?? []).filter { Self.layers.contains($0.operation) }
      guard layers.count < 2 else {
        return try chain.appendOther("read by \(layers.count) layers", step: top)
      }
      try append(node, input: top)
      top = node.name
      if chain.head != nil { return }
    }
    throw .damaged(format: TensorFlowGraphFormat.name, problem: "its graph has no end")
  }

  private static let layers: Set = [
    "Conv2D", "DepthwiseConv2dNative", "_FusedConv2D", "FusedConv2D", "FusedDepthwiseConv2dNative",
    "MatMul", "_FusedMatMul",
  ]

  /// Returns the node that continues the chain behind `name`; nil at the end.
  private func next(after name: String) -> TensorFlowNode? {
    let aside: Set = ["Shape", "Assert", "NoOp", "Size", "Rank", "ArgMax", "TopKV2"]
    let readers = (readers[name] ?? []).filter { !aside.contains($0.operation) }
    return readers.first { ["Softmax", "Sigmoid"].contains($0.operation) } ?? readers.first
  }

  private mutating func append(_ node: TensorFlowNode, input: String) throws(ImportError) {
    let others = node.inputs.filter { $0 != input }
    for other in others where try constants.tensor(other) == nil {
      // The shape for a Reshape may be computed from another shape.
      if ["Reshape", "Mean", "Squeeze", "ExpandDims", "PlaceholderWithDefault"].contains(
        node.operation)
      {
        continue
      }
      return try chain.appendOther("a branch (\(node.operation))", step: node.name)
    }
    switch node.operation {
    case "Conv2D", "DepthwiseConv2dNative", "_FusedConv2D", "FusedConv2D",
      "FusedDepthwiseConv2dNative":
      try appendConvolution(node)
    case "MatMul", "_FusedMatMul": try appendProduct(node)
    case "BiasAdd", "Add", "AddV2", "Sub", "Mul", "RealDiv", "Div":
      try appendArithmetic(node, input: input)
    case "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3": try appendNorm(node)
    case "Relu": try chain.activate(.known(.relu), step: node.name)
    case "Relu6": try chain.activate(.known(.relu6), step: node.name)
    case "AvgPool": try appendPooling(node)
    case "Mean": try appendMean(node)
    case "Pad", "PadV2": try appendPadding(node)
    case "Softmax", "LogSoftmax": try chain.finish(.softmax, step: node.name)
    case "Sigmoid" where chain.isPooled: try chain.finish(.sigmoid, step: node.name)
    case "ResizeBilinear", "ResizeNearestNeighbor":
      let size = try constant(node, 1).floats()
      try chain.resize(
        rows: size.first.flatMap { Int(exactly: $0) } ?? 0,
        columns: size.last.flatMap { Int(exactly: $0) } ?? 0, step: node.name)
    case "ConcatV2", "Tile": try appendRepetition(node, input: input)
    case "ReverseV2":
      let axes = try constant(node, 1).floats()
      guard axes == [3] || axes == [-1] else {
        return try chain.appendOther("a reversal of axes \(axes)", step: node.name)
      }
      try chain.reverseChannels(step: node.name)
    case "Reshape": try appendReshape(node)
    case "Squeeze": try chain.changeAxes(step: node.name)
    case "ExpandDims":
      isSpread = chain.layers.isEmpty
      try chain.changeAxes(step: node.name)
    case "Cast": if try node.isOfIntegers("DstT") { try chain.truncate(step: node.name) }
    case "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxArgs": isRounded = true
    case "Identity", "StopGradient", "CheckNumerics", "PlaceholderWithDefault", "Dropout": break
    default: try chain.appendOther(node.operation, step: node.name)
    }
  }

  private mutating func appendConvolution(_ node: TensorFlowNode) throws(ImportError) {
    let isDepthwise = node.operation.contains("Depthwise")
    let filter = try Filter(constant(node, 1), layout: isDepthwise ? .hwoi : .hwio)
    var layer = LayerDescription(
      name: node.name, operation: isDepthwise ? .depthwise : .convolution, filter: filter)
    // The axes are images × rows × columns × channels, or have the channels before the rows.
    isChannelsFirst = try node.text("data_format") == "NCHW"
    let strides = try node.integers("strides") ?? [1, 1, 1, 1]
    let dilations = try node.integers("dilations") ?? [1, 1, 1, 1]
    let axes = isChannelsFirst ? [2, 3] : [1, 2]
    guard strides.count == 4, dilations.count == 4 else {
      throw .damaged(
        format: TensorFlowGraphFormat.name, problem: "\(node.name) has strides \(strides)")
    }
    layer.stride = strides[axes[0]]
    if strides[axes[0]] != strides[axes[1]] || axes.contains(where: { dilations[$0] != 1 }) {
      layer.operation = .other("a convolution with dilation or unequal strides")
    }
    switch try node.text("padding") {
    case "SAME": layer.border = .same
    case "EXPLICIT":
      let pads = try node.integers("explicit_paddings") ?? []
      // Each axis has a number before and one after.
      let (rows, columns) = (2 * axes[0], 2 * axes[1])
      guard pads.count == 8, pads[rows] == pads[columns], pads[rows + 1] == pads[columns + 1] else {
        return try chain.appendOther(
          "padding that differs between rows and columns", step: node.name)
      }
      layer.border = .explicit(before: pads[rows], after: pads[rows + 1])
    default: layer.border = .explicit(before: 0, after: 0)
    }
    layer.nonlinearity = LayerDescription.Nonlinearity.none
    try chain.append(layer)
    try appendFused(node)
  }

  private mutating func appendProduct(_ node: TensorFlowNode) throws(ImportError) {
    let isTransposed = try node.boolean("transpose_b")
    let filter = try Filter(constant(node, 1), layout: isTransposed ? .ohwi : .hwio)
    let isTurned = try node.boolean("transpose_a")
    try chain.append(
      LayerDescription(
        name: node.name,
        operation: isTurned ? .other("a transposed product") : .fullyConnected, filter: filter))
    try appendFused(node)
  }

  /// Adds the operations that converters fuse into a layer: "BiasAdd", "Relu6", "FusedBatchNorm".
  private mutating func appendFused(_ node: TensorFlowNode) throws(ImportError) {
    for (index, operation) in try node.texts("fused_ops").enumerated() {
      switch operation {
      case "BiasAdd": try chain.calculate(.add, constant(node, 2 + index), step: node.name)
      case "Relu": try chain.activate(.known(.relu), step: node.name)
      case "Relu6": try chain.activate(.known(.relu6), step: node.name)
      case "Sigmoid" where chain.isPooled: try chain.finish(.sigmoid, step: node.name)
      default: try chain.activate(.other(operation), step: node.name)
      }
    }
  }

  private mutating func appendArithmetic(
    _ node: TensorFlowNode, input: String
  ) throws(ImportError) {
    guard let place = node.inputs.firstIndex(where: { $0 != input }) else {
      return try chain.appendOther("\(node.operation) of one thing with itself", step: node.name)
    }
    let numbers = try constant(node, place)
    switch (node.operation, place) {
    case ("Mul", _): try chain.calculate(.multiply, numbers, step: node.name)
    case ("Sub", 1): try chain.calculate(.subtract, numbers, step: node.name)
    case ("Sub", _): try chain.calculate(.subtractFrom, numbers, step: node.name)
    case ("RealDiv", 1), ("Div", 1): try chain.calculate(.divide, numbers, step: node.name)
    case ("RealDiv", _), ("Div", _):
      try chain.appendOther("a number over the input", step: node.name)
    default: try chain.calculate(.add, numbers, step: node.name)
    }
  }

  /// One channel that becomes three.
  private mutating func appendRepetition(
    _ node: TensorFlowNode, input: String
  ) throws(ImportError) {
    let numbers = try constant(node, node.inputs.count - 1).floats()
    let isRepetition =
      node.operation == "Tile"
      ? numbers == (isSpread ? [1, 1, 1, 1, 3] : [1, 1, 1, 3])
      : node.inputs.dropLast() == [input, input, input] && [[3], [-1]].contains(numbers)
    guard isRepetition else { return try chain.appendOther(node.operation, step: node.name) }
    try chain.repeatBrightness(step: node.name)
  }

  private mutating func appendNorm(_ node: TensorFlowNode) throws(ImportError) {
    guard try !node.boolean("is_training") else {
      return try chain.appendOther(
        "a batch norm for training; freeze the graph for inference", step: node.name)
    }
    try chain.normalize(
      BatchNorm(
        gamma: constant(node, 1), beta: constant(node, 2), mean: constant(node, 3),
        variance: constant(node, 4), epsilon: node.float("epsilon") ?? 1e-4), step: node.name)
  }

  private mutating func appendPooling(_ node: TensorFlowNode) throws(ImportError) {
    let isChannelsFirst = try node.text("data_format") == "NCHW"
    let window = try node.integers("ksize") ?? []
    let strides = try node.integers("strides") ?? []
    guard window.count == 4, strides.count == 4 else {
      throw .damaged(format: TensorFlowGraphFormat.name, problem: "\(node.name) has no window")
    }
    let first = isChannelsFirst ? 2 : 1
    try chain.pool(
      PoolingWindow(
        height: window[first], width: window[first + 1],
        strides: [strides[first], strides[first + 1]], isSame: node.text("padding") == "SAME"),
      step: node.name)
  }

  private mutating func appendMean(_ node: TensorFlowNode) throws(ImportError) {
    let axes = try constant(node, 1).floats().map { $0 < 0 ? $0 + 4 : $0 }.sorted()
    guard axes == (isChannelsFirst ? [2, 3] : [1, 2]) else {
      return try chain.appendOther("a mean over axes \(axes)", step: node.name)
    }
    try chain.pool(nil, step: node.name)
  }

  /// Adds a change of shape: of the input, whose shape is stated, or back from the axis of a
  /// channel that was repeated, to a shape that may be computed.
  private mutating func appendReshape(_ node: TensorFlowNode) throws(ImportError) {
    if isSpread, chain.input.repeatsBrightness {
      isSpread = false
      return
    }
    let sizes = node.inputs.count > 1 ? try constants.tensor(node.inputs[1])?.floats() : nil
    try chain.reshape(
      from: chain.layers.isEmpty ? start.shape("shape") : nil,
      to: sizes?.map { Int(exactly: $0) ?? -1 }, step: node.name)
  }

  private mutating func appendPadding(_ node: TensorFlowNode) throws(ImportError) {
    let amounts = try constant(node, 1).floats()
    let filling = node.operation == "PadV2" ? try constant(node, 2).floats().first ?? 0 : 0
    guard filling == 0 else {
      return try chain.appendOther("padding with \(filling)", step: node.name)
    }
    // Each axis has a number before and one after.
    guard amounts.count == 8, amounts.allSatisfy({ 0...8 ~= $0 && $0.rounded() == $0 }) else {
      return try chain.appendOther("padding by \(amounts)", step: node.name)
    }
    let first = amounts[2] != 0 || amounts[3] != 0 ? 2 : 4
    guard amounts[first] == amounts[first + 2], amounts[first + 1] == amounts[first + 3],
      amounts.enumerated().allSatisfy({ first..<first + 4 ~= $0 || $1 == 0 })
    else { return try chain.appendOther("padding by \(amounts)", step: node.name) }
    chain.pad(before: Int(amounts[first]), after: Int(amounts[first + 1]))
  }

  private func constant(_ node: TensorFlowNode, _ index: Int) throws(ImportError) -> StoredTensor {
    guard node.inputs.indices.contains(index), let tensor = try constants.tensor(node.inputs[index])
    else {
      throw .unsupported(
        format: TensorFlowGraphFormat.name,
        feature: "\(node.name), whose input \(index) is computed,")
    }
    return tensor
  }
}
