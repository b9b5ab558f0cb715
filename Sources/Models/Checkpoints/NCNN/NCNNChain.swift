import MobileNet

/// Reads a network from an ncnn file's layers, from the input on.
///
/// The settings' numbers are those of ncnn's operation-param-weight-table.
struct NCNNChain {
  /// The layers read so far.
  private(set) var chain = LayerChain(format: NCNNFormat.name)
  /// The rows and columns of the input, where the file states them.
  private(set) var inputSize: Resolution?

  private var numbers: NCNNNumbers
  /// The names of the last layer's outputs.
  private var tops: Set<String> = []
  /// Whether an unknown layer came; the count of that layer's numbers is unknown, so those of later
  /// layers cannot be found.
  private var isLost = false

  init(_ numbers: Bytes) { self.numbers = NCNNNumbers(numbers) }

  /// Adds the next layer.
  mutating func append(_ layer: NCNNLayer) throws(ImportError) {
    guard !isLost else { return }
    let name = layer.name
    if layer.operation == "Input" {
      tops = Set(layer.outputs)
      let (rows, columns) = (layer.integer(1), layer.integer(0))
      if rows > 0, columns > 0 { inputSize = Resolution(height: rows, width: columns) }
      return
    }
    guard layer.inputs.count == 1, tops.isSuperset(of: layer.inputs) else {
      isLost = true
      return try chain.appendOther("\(layer.operation), a branch", step: name)
    }
    tops = Set(layer.outputs)
    switch layer.operation {
    case "Convolution", "ConvolutionDepthWise": try appendConvolution(layer)
    case "InnerProduct": try appendProduct(layer)
    case "BatchNorm": try appendNorm(layer)
    case "Scale": try appendScale(layer)
    case "BinaryOp": try appendArithmetic(layer)
    case "Padding": try appendPadding(layer)
    case "ReLU" where layer.float(0) == 0: try chain.activate(.known(.relu), step: name)
    case "Clip":
      // A limit that is not written is none.
      let none = Float.greatestFiniteMagnitude
      let limits = [layer.float(0, default: -none), layer.float(1, default: none)]
      let isBehindReLU = chain.layers.last?.nonlinearity == .known(.relu)
      try chain.activate(
        limits == [-none, 6] && isBehindReLU ? .known(.relu6) : Self.clip(limits), step: name)
    case "Pooling": try appendPooling(layer)
    case "Softmax": try chain.finish(.softmax, step: name)
    case "Dropout" where layer.float(0, default: 1) != 1:
      try chain.calculate(.multiply, [Double(layer.float(0, default: 1))], step: name)
    case "Reshape", "Flatten": try chain.reshape(step: name)
    case "Squeeze", "ExpandDims": try chain.changeAxes(step: name)
    case "Sigmoid" where chain.isPooled: try chain.finish(.sigmoid, step: name)
    case "Cast", "Dropout", "Noop", "Packing", "Split": break
    default:
      isLost = true
      try chain.appendOther(layer.operation, step: name)
    }
  }

  private mutating func appendConvolution(_ layer: NCNNLayer) throws(ImportError) {
    let (name, outputs, columns) = (layer.name, layer.integer(0), layer.integer(1))
    let rows = layer.integer(11, default: columns)
    let groups = layer.operation == "Convolution" ? 1 : layer.integer(7, default: 1)
    guard layer.integer(8) == 0 else {
      throw .unsupported(format: NCNNFormat.name, feature: "\(name) as integers of eight bits")
    }
    let perInput = [outputs, rows, columns].checkedProduct ?? 0
    guard perInput > 0, layer.integer(6) > 0, layer.integer(6) % perInput == 0 else {
      throw damaged("\(name) has \(layer.integer(6)) weights for \(outputs)×\(rows)×\(columns)")
    }
    let weights = try numbers.weights(
      [outputs, layer.integer(6) / perInput, rows, columns], of: name)
    var found = LayerDescription(
      name: name, operation: .convolution, filter: try Filter(weights, layout: .oihw))
    if layer.integer(5) == 1 { found.biases = try numbers.floats(outputs, of: name) }
    if groups > 1 {
      found.operation =
        groups == outputs && found.filter?.inputs == 1
        ? .depthwise : .other("a convolution in \(groups) groups")
    }
    found.stride = layer.integer(3, default: 1)
    let left = layer.integer(4)
    let (top, right) = (layer.integer(14, default: left), layer.integer(15, default: left))
    let bottom = layer.integer(16, default: top)
    found.border = left == -233 ? .same : .explicit(before: top, after: bottom)
    let isSquare =
      rows == columns && top == left && bottom == right && layer.integer(2, default: 1) == 1
      && layer.integer(12, default: 1) == 1
      && layer.integer(13, default: layer.integer(3, default: 1)) == found.stride
      && (left >= 0 || left == -233) && layer.float(18) == 0 && layer.integer(19) == 0
    if !isSquare {
      found.operation = .other("a convolution with dilation, or unlike rows and columns")
    }
    found.nonlinearity = activation(layer)
    try chain.append(found)
  }

  private mutating func appendProduct(_ layer: NCNNLayer) throws(ImportError) {
    let (name, outputs) = (layer.name, layer.integer(0))
    guard outputs > 0, layer.integer(2) > 0, layer.integer(2) % outputs == 0,
      layer.integer(8) == 0
    else { throw damaged("\(name) has \(layer.integer(2)) weights for \(outputs) outputs") }
    let weights = try numbers.weights([outputs, layer.integer(2) / outputs], of: name)
    var found = LayerDescription(
      name: name, operation: .fullyConnected, filter: try Filter(weights, layout: .oihw))
    if layer.integer(1) == 1 { found.biases = try numbers.floats(outputs, of: name) }
    // A sigmoid fused to the last layer is the head.
    let isHead = layer.integer(9) == 4
    let nonlinearity = activation(layer)
    if !isHead, nonlinearity != .none { found.nonlinearity = nonlinearity }
    try chain.append(found)
    if isHead { try chain.finish(.sigmoid, step: name) }
  }

  private mutating func appendNorm(_ layer: NCNNLayer) throws(ImportError) {
    let (name, channels) = (layer.name, layer.integer(0))
    guard channels > 0 else { throw damaged("\(name) has \(channels) channels") }
    let gamma = try numbers.floats(channels, of: name)
    let mean = try numbers.floats(channels, of: name)
    let variance = try numbers.floats(channels, of: name)
    let beta = try numbers.floats(channels, of: name)
    try chain.normalize(
      BatchNorm(
        gamma: gamma, beta: beta, mean: mean, variance: variance,
        epsilon: Double(layer.float(1))), step: name)
  }

  private mutating func appendScale(_ layer: NCNNLayer) throws(ImportError) {
    let (name, channels) = (layer.name, layer.integer(0))
    guard channels > 0 else { throw damaged("\(name) has \(channels) channels") }
    let gamma = try numbers.floats(channels, of: name)
    let beta = layer.integer(1) == 1 ? try numbers.floats(channels, of: name) : nil
    try chain.normalize(BatchNorm(gamma: gamma, beta: beta, epsilon: 0), step: name)
  }

  /// Adds arithmetic with one number for all values.
  private mutating func appendArithmetic(_ layer: NCNNLayer) throws(ImportError) {
    let steps: [Int: InputArithmetic.Operator] = [
      0: .add, 1: .subtract, 2: .multiply, 3: .divide, 7: .subtractFrom,
    ]
    guard layer.integer(1) == 1, let step = steps[layer.integer(0)] else {
      return try chain.appendOther("arithmetic", step: layer.name)
    }
    try chain.calculate(step, [Double(layer.float(2))], step: layer.name)
  }

  private mutating func appendPadding(_ layer: NCNNLayer) throws(ImportError) {
    let (top, bottom) = (layer.integer(0), layer.integer(1))
    guard [top, bottom] == [layer.integer(2), layer.integer(3)],
      [4, 6, 7, 8].allSatisfy({ layer.integer($0) == 0 }),
      layer.float(5) == 0, 0...8 ~= top, 0...8 ~= bottom
    else { return try chain.appendOther("another padding", step: layer.name) }
    chain.pad(before: top, after: bottom)
  }

  private mutating func appendPooling(_ layer: NCNNLayer) throws(ImportError) {
    guard layer.integer(0) == 1 else {
      return try chain.appendOther("max pooling", step: layer.name)
    }
    if layer.integer(4) == 1 { return try chain.pool(nil, step: layer.name) }
    // It may be told the size of its outputs instead of that of its windows.
    if layer.integer(7) == 1 {
      let width = layer.integer(8)
      guard width == 1, layer.integer(18, default: width) == 1 else {
        return try chain.appendOther("adaptive pooling to another size than 1×1", step: layer.name)
      }
      return try chain.pool(nil, step: layer.name)
    }
    let columns = layer.integer(1)
    let across = layer.integer(2, default: 1)
    try chain.pool(
      PoolingWindow(
        height: layer.integer(11, default: columns), width: columns,
        strides: [layer.integer(12, default: across), across],
        isPadded: [3, 13, 14, 15].contains { layer.integer($0) != 0 },
        isSame: layer.integer(5) > 1), step: layer.name)
  }

  /// Returns the activation that is fused to a layer.
  private func activation(_ layer: NCNNLayer) -> LayerDescription.Nonlinearity {
    switch layer.integer(9) {
    case 0: .none
    case 1: .known(.relu)
    case 3: Self.clip(layer.floats(10))
    default: .other("activation \(layer.integer(9))")
    }
  }

  private static func clip(_ limits: [Float]) -> LayerDescription.Nonlinearity {
    switch limits {
    case [0, 6]: .known(.relu6)
    case [0, .greatestFiniteMagnitude], [0, .infinity]: .known(.relu)
    default: .other("clipping to \(limits)")
    }
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: NCNNFormat.name, problem: problem)
  }
}
