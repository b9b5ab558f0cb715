import MobileNet

/// Reads a network from TensorFlow Lite's operators, from the input on.
struct TensorFlowLiteChain {
  /// The layers read so far.
  private(set) var chain = LayerChain(format: TensorFlowLiteFormat.name)

  private let model: TensorFlowLiteModel
  /// The output of the last operator, which the next one must read.
  private var top: Int
  /// The constant tensors behind a DEQUANTIZE, by the tensor that it computes.
  private var constants: [Int: Int] = [:]
  /// Whether the picture has an axis more, for the channel that is repeated.
  private var isSpread = false
  /// Whether channels are before rows and columns at this point.
  private var isChannelsFirst = false
  /// The largest value of the quantised outputs of layers without a stated activation.
  private var largestOutput: Float?

  init(_ model: TensorFlowLiteModel) {
    self.model = model
    top = model.inputs.first ?? -1
  }

  /// The activation that the range of quantised outputs implies, where no operator states one.
  var impliedActivation: Activation? {
    largestOutput.map { $0 < 6.1 ? .relu6 : .relu }
  }

  /// Adds the next operator.
  mutating func append(_ step: TensorFlowLiteModel.Operator) throws(ImportError) {
    guard !["CALL_ONCE", "VAR_HANDLE", "READ_VARIABLE"].contains(step.name) else {
      throw .unsupported(
        format: TensorFlowLiteFormat.name, feature: "a network whose weights are variables")
    }
    guard let input = step.inputs.first, let output = step.outputs.first else {
      throw damaged("\(step.name) has no input or no output")
    }
    if step.name == "edgetpu-custom-op" {
      throw .unsupported(
        format: TensorFlowLiteFormat.name,
        feature: "a model compiled for the Edge TPU, which only that chip can read (open the "
          + ".tflite that it was compiled from),")
    }
    if step.name == "DEQUANTIZE", try model.tensor(input).bytes != nil {
      constants[output] = input
      return
    }
    // The shape for a RESHAPE is computed beside the chain.
    if ["SHAPE", "STRIDED_SLICE", "PACK", "CONCATENATION"].contains(step.name),
      !step.inputs.contains(top) || step.name == "SHAPE"
    {
      return
    }
    let name = try label(of: output)
    let constant = try arithmeticConstant(step)
    guard input == top || constant?.isFirst == true else {
      return try chain.appendOther("a branch", step: name)
    }
    top = output
    switch step.name {
    case "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED": try appendWeighted(step, name: name)
    case "PADV2" where try filling(of: step) != 0:
      try chain.appendOther("padding with another number than 0", step: name)
    case "PAD", "PADV2":
      let (before, after) = try padding(of: step)
      chain.pad(before: before, after: after)
    case "RELU": try chain.activate(.known(.relu), step: name)
    case "RELU6": try chain.activate(.known(.relu6), step: name)
    case "AVERAGE_POOL_2D": try appendPooling(step, name: name)
    case "MEAN": try appendMean(step, name: name)
    case "SOFTMAX" where try step.options?.float(0) ?? 1 != 1:
      try chain.appendOther("a softmax with a factor (beta)", step: name)
    case "SOFTMAX", "LOG_SOFTMAX": try chain.finish(.softmax, step: name)
    case "LOGISTIC" where chain.isPooled: try chain.finish(.sigmoid, step: name)
    default:
      try appendShaping(step, from: input, to: output, constant: constant, name: name)
    }
  }

  /// Appends what changes the picture, or the axes and types of what is computed.
  private mutating func appendShaping(
    _ step: TensorFlowLiteModel.Operator, from input: Int, to output: Int,
    constant: (tensor: StoredTensor, isFirst: Bool)?, name: String
  ) throws(ImportError) {
    switch step.name {
    case "MUL", "ADD", "SUB", "DIV":
      guard let constant else { return try chain.appendOther(step.name, step: name) }
      try appendArithmetic(step.name, constant.tensor, isFirst: constant.isFirst, name: name)
      if let code = try step.options?.integer(0, Int8.self), code != 0 {
        try chain.activate(nonlinearity(code, of: output) ?? .none, step: name)
      }
    case "TRANSPOSE": try appendTranspose(step, name: name)
    case "REVERSE_V2":
      let axes = try axes(of: step)
      guard axes == [isChannelsFirst ? 1 : 3] else {
        return try chain.appendOther("a reversal of axes \(axes)", step: name)
      }
      try chain.reverseChannels(step: name)
    case "RESIZE_BILINEAR", "RESIZE_NEAREST_NEIGHBOR":
      let size = Resolution(shape: try model.tensor(output).shape.dropFirst())
      try chain.resize(rows: size?.height ?? 0, columns: size?.width ?? 0, step: name)
    case "CONCATENATION", "TILE", "BROADCAST_TO": try appendRepetition(step, name: name)
    case "EXPAND_DIMS":
      isSpread = chain.layers.isEmpty
      try chain.changeAxes(step: name)
    // Back from the axis of a channel that was repeated, to a shape that may be computed.
    case "RESHAPE" where isSpread && chain.input.repeatsBrightness: isSpread = false
    case "RESHAPE", "SQUEEZE":
      try chain.reshape(
        from: model.tensor(input).shape, to: model.tensor(output).shape, step: name)
    case "CAST":
      if let type = try model.tensor(output).type, type.isInteger {
        try chain.truncate(step: name)
      }
    case "QUANTIZE", "DEQUANTIZE": break
    default: try chain.appendOther(step.name, step: name)
    }
  }

  private mutating func appendWeighted(
    _ step: TensorFlowLiteModel.Operator, name: String
  ) throws(ImportError) {
    guard step.inputs.count >= 2, let options = step.options else {
      throw damaged("\(step.name) has no weights or no options")
    }
    let isDepthwise = step.name == "DEPTHWISE_CONV_2D"
    let isProduct = step.name == "FULLY_CONNECTED"
    var layer = LayerDescription(
      name: name,
      operation: isDepthwise ? .depthwise : isProduct ? .fullyConnected : .convolution)
    let filter = try Filter(stored(step.inputs[1]), layout: isDepthwise ? .ihwo : .ohwi)
    layer.filter = filter
    if step.inputs.count > 2, step.inputs[2] >= 0 { layer.biases = try stored(step.inputs[2]) }

    if isProduct {
      layer.nonlinearity = try nonlinearity(options.integer(0, Int8.self), of: step.outputs[0])
      if try options.integer(1, Int8.self) != 0 { layer.operation = .other("a shuffled product") }
    } else {
      layer.stride = try options.integer(1, Int32.self)
      let (activation, across, down) = isDepthwise ? (4, 5, 6) : (3, 4, 5)
      layer.nonlinearity = try nonlinearity(
        options.integer(activation, Int8.self), of: step.outputs[0])
      let isValid = try options.integer(0, Int8.self) == 1
      layer.border = isValid ? .explicit(before: 0, after: 0) : .same
      let dilations = [
        try options.integer(across, Int32.self, default: 1),
        try options.integer(down, Int32.self, default: 1),
      ]
      let isSquare = try options.integer(2, Int32.self) == layer.stride
      let multiplier = isDepthwise ? try options.integer(3, Int32.self, default: 1) : 1
      if dilations != [1, 1] || !isSquare {
        layer.operation = .other("\(step.name) with dilation or unequal strides")
      } else if multiplier > 1 {
        layer.operation = .other(
          "\(step.name) with \(multiplier) outputs a channel (depth_multiplier)")
      }
    }
    try chain.append(layer)
  }

  private mutating func appendPooling(
    _ step: TensorFlowLiteModel.Operator, name: String
  ) throws(ImportError) {
    guard let options = step.options else { throw damaged("\(step.name) has no options") }
    // A mean of what a ReLU makes is what a ReLU makes of it.
    guard try [0, 1].contains(options.integer(5, Int8.self)) else {
      return try chain.appendOther("pooling with an activation", step: name)
    }
    try chain.pool(
      PoolingWindow(
        height: options.integer(4, Int32.self), width: options.integer(3, Int32.self),
        strides: [options.integer(2, Int32.self), options.integer(1, Int32.self)],
        isSame: options.integer(0, Int8.self) == 0), step: name)
  }

  /// Returns the axes of four that are the operator's second input, from 0 and in order.
  private func axes(of step: TensorFlowLiteModel.Operator) throws(ImportError) -> [Float] {
    guard step.inputs.count >= 2, let bytes = try model.tensor(step.inputs[1]).bytes else {
      throw damaged("\(step.name) has no constant axes")
    }
    return bytes.floats(.int32).map { $0 < 0 ? $0 + 4 : $0 }.sorted()
  }

  private mutating func appendMean(
    _ step: TensorFlowLiteModel.Operator, name: String
  ) throws(ImportError) {
    let axes = try axes(of: step)
    guard axes == (isChannelsFirst ? [2, 3] : [1, 2]) else {
      return try chain.appendOther("a mean over axes \(axes)", step: name)
    }
    try chain.pool(nil, step: name)
  }

  /// Adds a change of the order of axes: of an input with the channels first, as in PyTorch, or for
  /// an operator that needs that order.
  private mutating func appendTranspose(
    _ step: TensorFlowLiteModel.Operator, name: String
  ) throws(ImportError) {
    guard step.inputs.count >= 2, let bytes = try model.tensor(step.inputs[1]).bytes else {
      throw damaged("TRANSPOSE has no constant order of axes")
    }
    // There is a single place behind the pooling.
    if chain.isPooled { return }
    switch bytes.floats(.int32) {
    case [0, 2, 3, 1] where chain.layers.isEmpty || isChannelsFirst: isChannelsFirst = false
    case [0, 3, 1, 2] where !chain.layers.isEmpty: isChannelsFirst = true
    default: try chain.appendOther(step.name, step: name)
    }
  }

  /// One channel that becomes three.
  private mutating func appendRepetition(
    _ step: TensorFlowLiteModel.Operator, name: String
  ) throws(ImportError) {
    let isRepetition: Bool
    if step.name == "CONCATENATION" {
      let axis = try step.options?.integer(0, Int32.self) ?? 0
      isRepetition =
        step.inputs == Array(repeating: step.inputs[0], count: 3) && [3, -1].contains(axis)
    } else {
      let numbers = step.inputs.count > 1 ? try model.tensor(step.inputs[1]).bytes : nil
      let counts = numbers?.floats(.int32) ?? []
      // An axis may have been added for the copies.
      isRepetition =
        [4, 5].contains(counts.count) && counts.last == 3
        && (step.name != "TILE" || counts.dropLast().allSatisfy { $0 == 1 })
    }
    guard isRepetition else { return try chain.appendOther(step.name, step: name) }
    try chain.repeatBrightness(step: name)
  }

  /// Returns the constant of an operator of two numbers, and whether it comes first; nil where
  /// there is none.
  private func arithmeticConstant(
    _ step: TensorFlowLiteModel.Operator
  ) throws(ImportError) -> (tensor: StoredTensor, isFirst: Bool)? {
    guard ["MUL", "ADD", "SUB", "DIV"].contains(step.name), step.inputs.count == 2,
      let place = step.inputs.firstIndex(where: { $0 != top }), step.inputs[1 - place] == top,
      try model.tensor(constants[step.inputs[place]] ?? step.inputs[place]).bytes != nil
    else { return nil }
    return (try stored(step.inputs[place]), place == 0)
  }

  private mutating func appendArithmetic(
    _ operation: String, _ tensor: StoredTensor, isFirst: Bool, name: String
  ) throws(ImportError) {
    switch (operation, isFirst) {
    case ("MUL", _): try chain.calculate(.multiply, tensor, step: name)
    case ("ADD", _): try chain.calculate(.add, tensor, step: name)
    case ("SUB", false): try chain.calculate(.subtract, tensor, step: name)
    case ("SUB", true): try chain.calculate(.subtractFrom, tensor, step: name)
    case ("DIV", false): try chain.calculate(.divide, tensor, step: name)
    default: try chain.appendOther("a number over the input", step: name)
    }
  }

  /// Returns the activation fused to an operator; nil where a quantised network may leave it to the
  /// output's range.
  private mutating func nonlinearity(
    _ code: Int, of output: Int
  ) throws(ImportError) -> LayerDescription.Nonlinearity? {
    switch code {
    case 1: return .known(.relu)
    case 3: return .known(.relu6)
    case 0:
      let tensor = try model.tensor(output)
      guard let range = tensor.type?.range, let scale = tensor.scales.first,
        tensor.zeros.first == range.lowerBound
      else { return LayerDescription.Nonlinearity.none }
      largestOutput = max(largestOutput ?? 0, (range.upperBound - range.lowerBound) * scale)
      return nil
    default:
      let names = [2: "a ReLU from −1 to 1", 4: "tanh", 5: "the sign's bit"]
      return .other(names[code] ?? "activation \(code)")
    }
  }

  /// Returns the rows and columns of a PAD; throws unless a convolution could add them itself.
  private func padding(
    of step: TensorFlowLiteModel.Operator
  ) throws(ImportError) -> (before: Int, after: Int) {
    guard step.inputs.count >= 2, let bytes = try model.tensor(step.inputs[1]).bytes else {
      throw damaged("PAD has no constant amount")
    }
    var amounts = bytes.floats(.int32)
    if isChannelsFirst, amounts.count == 8 {
      amounts = Array(amounts[..<2] + amounts[4...] + amounts[2..<4])
    }
    guard amounts.count == 8, amounts[0] == 0, amounts[1] == 0, amounts[2] == amounts[4],
      amounts[3] == amounts[5], amounts[6] == 0, amounts[7] == 0,
      amounts.allSatisfy({ 0...8 ~= $0 })
    else { throw damaged("PAD adds \(amounts), which no convolution needs") }
    return (Int(amounts[2]), Int(amounts[3]))
  }

  /// The number that a PADV2 adds.
  private func filling(of step: TensorFlowLiteModel.Operator) throws(ImportError) -> Float {
    guard step.inputs.count > 2 else { return 0 }
    return try stored(step.inputs[2]).floats().first ?? 0
  }

  private func stored(_ index: Int) throws(ImportError) -> StoredTensor {
    let tensor = try model.tensor(constants[index] ?? index)
    guard let bytes = tensor.bytes, let type = tensor.type else {
      throw .unsupported(
        format: TensorFlowLiteFormat.name,
        feature: "\(tensor.shortName), weights that are computed or of another type,")
    }
    guard type != .float32, type != .float16, !tensor.scales.isEmpty else {
      return try StoredTensor(
        name: tensor.shortName, shape: tensor.shape, bytes: bytes, type: type)
    }
    // A single zero point counts for all; none counts as 0.
    let zeros = tensor.zeros.isEmpty ? [0] : tensor.zeros
    return try StoredTensor(
      name: tensor.shortName, shape: tensor.shape, bytes: bytes,
      type: type,
      encoding: .affine(
        scales: tensor.scales.map(Double.init),
        offsets: tensor.scales.indices.map {
          -Double(zeros[zeros.count == 1 ? 0 : min($0, zeros.count - 1)])
            * Double(tensor.scales[$0])
        },
        // Biases have only one axis, whichever the file states.
        axis: tensor.shape.count == 1 ? 0 : tensor.axis))
  }

  /// Returns the name of the layer that computes a tensor.
  private func label(of index: Int) throws(ImportError) -> String {
    let name = try model.tensor(index).shortName
    return name.isEmpty ? "tensor \(index)" : name
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: TensorFlowLiteFormat.name, problem: problem)
  }
}
