/// Reads a network from Caffe's layers, from the input on; batch norm, scale and activation are
/// layers of their own there.
struct CaffeChain {
  /// The layers read so far.
  private(set) var chain = LayerChain(format: CaffeFormat.name)
  /// The settings of the layers that read pictures.
  private(set) var input = CaffeInput()

  /// The last layer's output, which the next layer must read.
  private var top: String?

  /// Adds the next LayerParameter.
  mutating func append(_ layer: ProtobufMessage) throws(ImportError) {
    let (name, type) = (try layer.string(1), try layer.string(2))
    let bottoms = try layer.strings(3)
    let tops = try layer.strings(4)
    guard let bottom = bottoms.first else {
      // Input and Data layers have no bottom.
      top = tops.first
      return try input.take(layer)
    }
    switch type {
    // The loss and the accuracy read labels too.
    case "Accuracy", "Silence": return
    case "Softmax", "SoftmaxWithLoss": return try finish(.softmax, step: name)
    case "SigmoidCrossEntropyLoss": return try finish(.sigmoid, step: name)
    default: break
    }
    guard bottoms.count == 1, bottom == top || top == nil else {
      return try chain.appendOther("a branch (\(type))", step: name)
    }
    top = tops.first ?? bottom
    let blobs = try layer.messages(7)
    switch type {
    case "Convolution", "DepthwiseConvolution", "ConvolutionDepthwise", "InnerProduct":
      try appendWeighted(layer, name: name, type: type, blobs: blobs)
    case "BatchNorm": try appendNorm(layer, name: name, blobs: blobs)
    case "Scale": try appendScale(name: name, blobs: blobs)
    case "ReLU", "ReLU6":
      let slope = try layer.message(123)?.float(1) ?? 0
      try chain.activate(
        slope != 0 ? .other("a leaky ReLU") : .known(type == "ReLU" ? .relu : .relu6), step: name)
    case "Pooling": try appendPooling(layer, name: name)
    case "Sigmoid" where chain.isPooled: try finish(.sigmoid, step: name)
    case "Bias": try chain.calculate(.add, blob(blobs, 0, of: name), step: name)
    case "Power": try appendPower(layer, name: name)
    case "Flatten", "Reshape": try chain.reshape(step: name)
    case "Dropout", "Split": break
    default: try chain.appendOther(type, step: name)
    }
  }

  /// Sets the head; a network may have two layers with the same function, one of them for the loss.
  private mutating func finish(_ head: Head, step: String) throws(ImportError) {
    if chain.head != head { try chain.finish(head, step: step) }
  }

  private mutating func appendPooling(
    _ layer: ProtobufMessage, name: String
  ) throws(ImportError) {
    let settings = try layer.message(121)
    guard try settings?.integer(1) == 1 else {
      return try chain.appendOther("pooling of maxima", step: name)
    }
    guard let settings, try settings.integer(12) != 1 else {
      return try chain.pool(nil, step: name)
    }
    // There is one number for both sides, or one for each.
    func pair(_ both: Int, _ rows: Int, _ columns: Int, _ missing: Int) throws(ImportError) -> [Int]
    {
      let one = try settings.integer(both) ?? missing
      return [try settings.integer(rows) ?? one, try settings.integer(columns) ?? one]
    }
    let window = try pair(2, 5, 6, 0)
    try chain.pool(
      PoolingWindow(
        height: window[0], width: window[1], strides: pair(3, 7, 8, 1),
        isPadded: pair(4, 9, 10, 0) != [0, 0]), step: name)
  }

  /// Adds (shift + scale · x) to a power, which must be 1.
  private mutating func appendPower(_ layer: ProtobufMessage, name: String) throws(ImportError) {
    let settings = try layer.message(122)
    guard try settings?.float(1) ?? 1 == 1 else {
      return try chain.appendOther("a power", step: name)
    }
    try chain.calculate(.multiply, [Double(settings?.float(2) ?? 1)], step: name)
    try chain.calculate(.add, [Double(settings?.float(3) ?? 0)], step: name)
  }

  private func blob(
    _ blobs: [ProtobufMessage], _ index: Int, of name: String
  ) throws(ImportError) -> StoredTensor {
    guard blobs.indices.contains(index) else { throw damaged("\(name) has no blobs") }
    return try tensor(blobs[index], of: name)
  }

  private mutating func appendWeighted(
    _ layer: ProtobufMessage, name: String, type: String, blobs: [ProtobufMessage]
  ) throws(ImportError) {
    guard let weights = blobs.first else { throw damaged("\(name) has no weights") }
    let isTransposed = try layer.message(117)?.integer(6) == 1
    let filter = try Filter(
      tensor(weights, of: name, dropping: type == "InnerProduct"),
      layout: isTransposed ? .hwio : .oihw)
    var description = LayerDescription(
      name: name, operation: type == "InnerProduct" ? .fullyConnected : .convolution,
      filter: filter)
    if blobs.count > 1 { description.biases = try tensor(blobs[1], of: name) }
    if let settings = try layer.message(106), type != "InnerProduct" {
      let groups = try settings.integer(5) ?? 1
      if groups > 1 || type != "Convolution" {
        description.operation =
          filter.inputs == 1 && (groups == filter.outputs || groups == 1)
          ? .depthwise : .other("a convolution in \(groups) groups")
      }
      // There is one number for both sides, or one for each.
      func sides(_ field: Int, _ rows: Int, _ columns: Int, _ missing: Int) throws(ImportError)
        -> [Int]
      {
        let both = try settings.integers(field)
        return [
          try settings.integer(rows) ?? both.first ?? missing,
          try settings.integer(columns) ?? both.last ?? missing,
        ]
      }
      let (pads, strides) = (try sides(3, 9, 10, 0), try sides(6, 13, 14, 1))
      description.stride = strides[0]
      description.border = .explicit(before: pads[0], after: pads[0])
      let isDilated = try settings.integers(18).contains { $0 != 1 }
      if isDilated || Set(pads).count > 1 || Set(strides).count > 1 {
        description.operation = .other("a convolution with dilation, or unlike rows and columns")
      }
      description.nonlinearity = LayerDescription.Nonlinearity.none
    }
    try chain.append(description)
  }

  /// Adds a batch norm; Caffe keeps sums of means and variances, and the moving average's factor.
  private mutating func appendNorm(
    _ layer: ProtobufMessage, name: String, blobs: [ProtobufMessage]
  ) throws(ImportError) {
    guard blobs.count == 3 else { throw damaged("\(name) has \(blobs.count) blobs, expected 3") }
    // Nothing stated is what the phase asks for, which is that of answers here.
    guard try layer.message(139)?.integer(1) != 0 else {
      return try chain.appendOther("a batch norm of each batch (use_global_stats)", step: name)
    }
    let factor = Double(try tensor(blobs[2], of: name).floats().first ?? 0)
    let epsilon = Double(try layer.message(139)?.float(3) ?? 1e-5)
    let (mean, variance) = (try tensor(blobs[0], of: name), try tensor(blobs[1], of: name))
    let norm = BatchNorm(
      mean: mean, variance: variance, epsilon: epsilon,
      // Without any training step all sums are zero.
      momentsDivisor: factor == 0 ? .infinity : factor)
    try chain.normalize(norm, step: name)
  }

  private mutating func appendScale(
    name: String, blobs: [ProtobufMessage]
  ) throws(ImportError) {
    guard let first = blobs.first else { throw damaged("\(name) has no blobs") }
    let gamma = try tensor(first, of: name)
    let beta = blobs.count > 1 ? try tensor(blobs[1], of: name) : nil
    // A scale follows either a batch norm, which has no scale itself, or a convolution.
    guard chain.layers.last?.batchNorm != nil else {
      return try chain.normalize(BatchNorm(gamma: gamma, beta: beta, epsilon: 0), step: name)
    }
    try chain.changeLast(name, found: "Scale") { layer in
      layer.batchNorm?.gamma = gamma
      layer.batchNorm?.beta = beta
    }
  }

  /// Reads a BlobProto; old ones have four sizes in fields of their own instead of a shape.
  private func tensor(
    _ blob: ProtobufMessage, of layer: String, dropping isMatrix: Bool = false
  ) throws(ImportError) -> StoredTensor {
    var shape = try blob.message(7)?.integers(1) ?? []
    if shape.isEmpty {
      for field in 1...4 { shape.append(try blob.integer(field) ?? 1) }
      if isMatrix { shape.removeFirst(2) }
    }
    guard let bytes = try blob.data(5) else { throw damaged("\(layer) has a blob without floats") }
    return try StoredTensor(name: layer, shape: shape, bytes: bytes, type: .float32)
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: CaffeFormat.name, problem: problem)
  }
}
