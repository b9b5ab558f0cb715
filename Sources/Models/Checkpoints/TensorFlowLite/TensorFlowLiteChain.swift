import MobileNet

/// Follows the operators from the input on, and makes layers of them.
struct TensorFlowLiteChain {
  /// What was found so far.
  private(set) var layers: [LayerDescription] = []

  private let model: TensorFlowLiteModel
  /// The output of the last operator, which the next one must read.
  private var top: Int
  /// The rows before and after that a PAD added for the next convolution.
  private var padding: (before: Int, after: Int)?
  /// Where a computed tensor is a constant one with other numbers: the input of a DEQUANTIZE.
  private var constants: [Int: Int] = [:]
  /// The largest value that a quantised output of a layer without activation can have.
  private var largestOutput: Float?

  init(_ model: TensorFlowLiteModel) {
    self.model = model
    top = model.inputs.first ?? -1
  }

  /// The activation that is not written down because the range of quantised outputs implies it.
  var impliedActivation: Activation? {
    largestOutput.map { $0 < 6.1 ? .relu6 : .relu }
  }

  /// Takes the next operator.
  mutating func append(_ step: TensorFlowLiteModel.Operator) throws(ImportError) {
    guard layers.count < 256 else { throw damaged("it has more than 256 layers") }
    guard let input = step.inputs.first, let output = step.outputs.first else {
      throw damaged("\(step.name) has no input or no output")
    }
    if step.name == "DEQUANTIZE", try model.tensor(input).bytes != nil {
      constants[output] = input
      return
    }
    // What a RESHAPE is told is computed beside the chain.
    if ["SHAPE", "STRIDED_SLICE", "PACK"].contains(step.name) { return }
    guard input == top else {
      layers.append(LayerDescription(name: try label(of: output), operation: .other("a branch")))
      return
    }
    top = output
    switch step.name {
    case "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED": try appendWeighted(step)
    case "PAD", "PADV2": padding = try padding(of: step)
    case "RELU", "RELU6":
      guard !layers.isEmpty else { throw damaged("it begins with an activation") }
      layers[layers.count - 1].nonlinearity = .known(step.name == "RELU" ? .relu : .relu6)
    case "AVERAGE_POOL_2D", "MEAN":
      layers.append(LayerDescription(name: try label(of: output), operation: .averagePooling))
    case "RESHAPE", "SQUEEZE", "SOFTMAX", "QUANTIZE", "DEQUANTIZE": break
    default:
      layers.append(LayerDescription(name: try label(of: output), operation: .other(step.name)))
    }
  }

  private mutating func appendWeighted(
    _ step: TensorFlowLiteModel.Operator
  ) throws(ImportError) {
    guard step.inputs.count >= 2, let options = step.options else {
      throw damaged("\(step.name) has no weights or no options")
    }
    let isDepthwise = step.name == "DEPTHWISE_CONV_2D"
    let isProduct = step.name == "FULLY_CONNECTED"
    let name = try label(of: step.outputs[0])
    var layer = LayerDescription(
      name: name,
      operation: isDepthwise ? .depthwise : isProduct ? .fullyConnected : .convolution)
    let filter = try Filter(stored(step.inputs[1]), layout: isDepthwise ? .ihwo : .ohwi)
    layer.filter = filter
    if step.inputs.count > 2, step.inputs[2] >= 0 { layer.biases = try stored(step.inputs[2]) }

    if isProduct {
      layer.nonlinearity = try nonlinearity(options.integer(0, Int8.self), of: step.outputs[0])
    } else {
      layer.stride = try options.integer(1, Int32.self)
      let (activation, dilation) = isDepthwise ? (4, 5) : (3, 4)
      layer.nonlinearity = try nonlinearity(
        options.integer(activation, Int8.self), of: step.outputs[0])
      let isValid = try options.integer(0, Int8.self) == 1
      let (before, after) = padding ?? (0, 0)
      layer.border = isValid ? .explicit(before: before, after: after) : .same
      let isDilated = try options.integer(dilation, Int32.self, default: 1) != 1
      let isSquare = try options.integer(2, Int32.self) == layer.stride
      if isDilated || !isSquare || (padding != nil && !isValid) {
        layer.operation = .other("\(step.name) with dilation, unequal strides or two paddings")
      }
    }
    padding = nil
    layers.append(layer)
  }

  /// What a fused activation means; in a quantised network it may be left to the output's range.
  private mutating func nonlinearity(
    _ code: Int, of output: Int
  ) throws(ImportError) -> LayerDescription.Nonlinearity? {
    switch code {
    case 1: return .known(.relu)
    case 3: return .known(.relu6)
    case 0:
      let tensor = try model.tensor(output)
      let range: (lowest: Float, highest: Float)? =
        tensor.type == .uint8 ? (0, 255) : tensor.type == .int8 ? (-128, 127) : nil
      guard let range, let scale = tensor.scales.first, tensor.zeros.first == range.lowest else {
        return LayerDescription.Nonlinearity.none
      }
      largestOutput = max(largestOutput ?? 0, (range.highest - range.lowest) * scale)
      return nil
    default: return .other("activation \(code)")
    }
  }

  /// The rows and columns that a PAD adds, if they are what a convolution could add itself.
  private func padding(
    of step: TensorFlowLiteModel.Operator
  ) throws(ImportError) -> (before: Int, after: Int) {
    guard step.inputs.count >= 2, let bytes = try model.tensor(step.inputs[1]).bytes else {
      throw damaged("PAD has no constant amount")
    }
    let amounts = bytes.floats(.int32)
    guard amounts.count == 8, amounts[0] == 0, amounts[1] == 0, amounts[2] == amounts[4],
      amounts[3] == amounts[5], amounts[6] == 0, amounts[7] == 0,
      amounts.allSatisfy({ 0...8 ~= $0 })
    else { throw damaged("PAD adds \(amounts), which no convolution needs") }
    return (Int(amounts[2]), Int(amounts[3]))
  }

  private func stored(_ index: Int) throws(ImportError) -> StoredTensor {
    let tensor = try model.tensor(constants[index] ?? index)
    guard let bytes = tensor.bytes, let type = tensor.type else {
      throw .unsupported(
        format: TensorFlowLiteFormat.name,
        feature: "\(tensor.name), weights that are computed or of another type,")
    }
    guard type != .float32, type != .float16, !tensor.scales.isEmpty else {
      return try StoredTensor(
        name: tensor.name, shape: tensor.shape, bytes: bytes, type: type)
    }
    return try StoredTensor(
      name: tensor.name, shape: tensor.shape, bytes: bytes,
      type: type,
      encoding: .affine(
        scales: tensor.scales.map(Double.init),
        offsets: zip(tensor.zeros, tensor.scales).map { -Double($0) * Double($1) },
        axis: tensor.axis))
  }

  /// What to call the layer that computes a tensor.
  private func label(of index: Int) throws(ImportError) -> String {
    let name = try model.tensor(index).name
    return name.isEmpty ? "tensor \(index)" : name
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: TensorFlowLiteFormat.name, problem: problem)
  }
}
