/// Follows Caffe's layers from the input on; batch norm, scale and activation are layers of their
/// own there.
struct CaffeChain {
  /// What was found so far.
  private(set) var layers: [LayerDescription] = []

  /// What the last layer made, which the next one must read.
  private var top: String?

  /// Takes the next LayerParameter.
  mutating func append(_ layer: ProtobufMessage) throws(ImportError) {
    let (name, type) = (try layer.string(1), try layer.string(2))
    let bottoms = try layer.strings(3)
    let tops = try layer.strings(4)
    guard let bottom = bottoms.first else {
      // Input and Data layers read nothing.
      top = tops.first
      return
    }
    // The loss and the accuracy read labels too.
    if ["Accuracy", "Softmax", "SoftmaxWithLoss"].contains(type) { return }
    guard bottoms.count == 1, bottom == top || top == nil else {
      layers.append(LayerDescription(name: name, operation: .other("a branch (\(type))")))
      return
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
      try layers.activateLast(
        slope != 0 ? .other("a leaky ReLU") : .known(type == "ReLU" ? .relu : .relu6), step: name)
    case "Pooling":
      let isAverage = try layer.message(121)?.integer(1) == 1
      layers.append(
        LayerDescription(
          name: name, operation: isAverage ? .averagePooling : .other("pooling of maxima")))
    case "Dropout", "Flatten", "Reshape": break
    default: layers.append(LayerDescription(name: name, operation: .other(type)))
    }
  }

  private mutating func appendWeighted(
    _ layer: ProtobufMessage, name: String, type: String, blobs: [ProtobufMessage]
  ) throws(ImportError) {
    guard let weights = blobs.first else { throw damaged("\(name) has no weights") }
    let filter = try Filter(
      tensor(weights, of: name, dropping: type == "InnerProduct"), layout: .oihw)
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
      // One number for both sides, or one for each.
      let pads = (try settings.integers(3).first, try settings.integer(9))
      let strides = (try settings.integers(6).first, try settings.integer(13))
      let pad = pads.0 ?? pads.1 ?? 0
      description.stride = strides.0 ?? strides.1 ?? 1
      description.border = .explicit(before: pad, after: pad)
      if try settings.integers(18).contains(where: { $0 != 1 }) {
        description.operation = .other("a dilated convolution")
      }
      description.nonlinearity = LayerDescription.Nonlinearity.none
    }
    layers.append(description)
  }

  /// Caffe keeps sums of means and variances, and how many there were in its moving average.
  private mutating func appendNorm(
    _ layer: ProtobufMessage, name: String, blobs: [ProtobufMessage]
  ) throws(ImportError) {
    guard blobs.count == 3 else { throw damaged("\(name) has \(blobs.count) blobs, expected 3") }
    let factor = Double(try tensor(blobs[2], of: name).floats().first ?? 0)
    let epsilon = Double(try layer.message(139)?.float(3) ?? 1e-5)
    let (mean, variance) = (try tensor(blobs[0], of: name), try tensor(blobs[1], of: name))
    let norm = BatchNorm(
      mean: mean, variance: variance, epsilon: epsilon,
      // Without any step of training, all is zero.
      momentsDivisor: factor == 0 ? .infinity : factor)
    try layers.normalizeLast(norm, step: name)
  }

  private mutating func appendScale(
    name: String, blobs: [ProtobufMessage]
  ) throws(ImportError) {
    guard let first = blobs.first else { throw damaged("\(name) has no blobs") }
    let gamma = try tensor(first, of: name)
    let beta = blobs.count > 1 ? try tensor(blobs[1], of: name) : nil
    // It follows a batch norm, which has none itself, or a convolution.
    guard layers.last?.batchNorm != nil else {
      return try layers.normalizeLast(BatchNorm(gamma: gamma, beta: beta, epsilon: 0), step: name)
    }
    try layers.changeLast(name, found: "Scale") { layer in
      layer.batchNorm?.gamma = gamma
      layer.batchNorm?.beta = beta
    }
  }

  /// A BlobProto; old ones have four sizes in fields of their own instead of a shape.
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
