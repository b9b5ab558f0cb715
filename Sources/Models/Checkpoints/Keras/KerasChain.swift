import MobileNet

/// Follows Keras' layers from the input on; batch norm and activation are layers of their own there.
struct KerasChain {
  /// What was found so far.
  private(set) var layers: [LayerDescription] = []
  /// What a Rescaling before the first convolution makes of pixels.
  private(set) var preprocessing: Preprocessing?
  /// The input side that the model was made for.
  private(set) var inputSide: Int?

  private let format: String
  private let arrays: KerasArrays
  /// The last layer, which the next one must read.
  private var top: String?
  /// The rows before and after that a ZeroPadding2D added for the next convolution.
  private var padding: (before: Int, after: Int)?

  init(_ arrays: KerasArrays, format: String) {
    self.arrays = arrays
    self.format = format
  }

  /// Takes the next layer; a model is its layers.
  mutating func append(_ layer: KerasLayer) throws(ImportError) {
    guard layers.count < 256 else { throw damaged("it has more than 256 layers") }
    if let inputs = layer.inputs, let top, inputs != [top] {
      layers.append(LayerDescription(name: layer.name, operation: .other("a branch")))
      return
    }
    defer { top = layer.name }
    let settings = layer.settings
    switch layer.kind {
    case "Functional", "Model", "Sequential":
      for part in layer.layers { try append(part) }
    case "InputLayer":
      let shape = (settings["batch_shape"] ?? settings["batch_input_shape"])?.elements
      inputSide = shape?.dropFirst().first?.integer
    case "Conv2D", "Convolution2D", "DepthwiseConv2D", "Dense": try appendWeighted(layer)
    case "ZeroPadding2D": padding = try padding(of: layer)
    case "BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2":
      try appendNorm(layer)
    case "ReLU", "ReLU6", "Activation": try appendActivation(layer)
    case "GlobalAveragePooling2D", "AveragePooling2D":
      layers.append(LayerDescription(name: layer.name, operation: .averagePooling))
    case "Rescaling": try appendRescaling(layer)
    case "Dropout", "SpatialDropout2D", "GaussianNoise", "Flatten", "Reshape", "Softmax",
      "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast",
      "RandomBrightness":
      // They are for training only, or change no number.
      break
    default: layers.append(LayerDescription(name: layer.name, operation: .other(layer.kind)))
    }
  }

  private mutating func appendWeighted(_ layer: KerasLayer) throws(ImportError) {
    let settings = layer.settings
    guard let kernel = arrays.array(layer.name, "kernel") else {
      throw damaged("\(layer.name) has no kernel")
    }
    let isDepthwise = layer.kind == "DepthwiseConv2D"
    let filter = try Filter(kernel, layout: isDepthwise ? .hwoi : .hwio)
    var description = LayerDescription(
      name: layer.name,
      operation: isDepthwise ? .depthwise : layer.kind == "Dense" ? .fullyConnected : .convolution,
      filter: filter, biases: arrays.array(layer.name, "bias"))
    if let groups = settings["groups"]?.integer, groups > 1 {
      description.operation =
        groups == filter.outputs && filter.inputs == 1
        ? .depthwise : .other("a convolution in \(groups) groups")
    }
    description.nonlinearity = settings["activation"].map { .named($0.activationName) }

    let strides = settings["strides"]?.numbers
    description.stride = strides?.first.flatMap { Int(exactly: $0) }
    let isSame = settings["padding"]?.text == "same"
    let (before, after) = padding ?? (0, 0)
    description.border = settings["padding"].map { _ in
      isSame ? .same : .explicit(before: before, after: after)
    }
    let isDilated = settings["dilation_rate"]?.numbers?.contains { $0 != 1 } ?? false
    if Set(strides ?? []).count > 1 || isDilated || isSame && padding != nil {
      description.operation = .other("a convolution with dilation, unequal strides or two paddings")
    }
    padding = nil
    layers.append(description)
  }

  private mutating func appendNorm(_ layer: KerasLayer) throws(ImportError) {
    guard let mean = arrays.array(layer.name, "moving_mean"),
      let variance = arrays.array(layer.name, "moving_variance")
    else { throw damaged("\(layer.name) has no moving mean or variance") }
    try layers.normalizeLast(
      BatchNorm(
        gamma: arrays.array(layer.name, "gamma"), beta: arrays.array(layer.name, "beta"),
        mean: mean, variance: variance, epsilon: layer.settings["epsilon"]?.number ?? 1e-3),
      step: layer.name)
  }

  private mutating func appendActivation(_ layer: KerasLayer) throws(ImportError) {
    let settings = layer.settings
    let nonlinearity: LayerDescription.Nonlinearity
    switch layer.kind {
    case "ReLU":
      let isPlain =
        (settings["negative_slope"]?.number ?? 0) == 0 && (settings["threshold"]?.number ?? 0) == 0
      nonlinearity =
        switch (isPlain, settings["max_value"]?.number) {
        case (true, nil): .known(.relu)
        case (true, 6): .known(.relu6)
        default: .other("a ReLU with slope, threshold or another limit than 6")
        }
    case "ReLU6": nonlinearity = .known(.relu6)
    default:
      nonlinearity = .named(settings["activation"]?.activationName ?? "an unknown activation")
    }
    try layers.activateLast(nonlinearity, step: layer.name)
  }

  private mutating func appendRescaling(_ layer: KerasLayer) throws(ImportError) {
    func three(_ numbers: [Double]?) -> [Float]? {
      guard let numbers, [1, 3].contains(numbers.count) else { return nil }
      return (0..<3).map { Float(numbers[$0 % numbers.count]) }
    }
    guard layers.isEmpty, preprocessing == nil, let scale = three(layer.settings["scale"]?.numbers),
      let offset = three(layer.settings["offset"]?.numbers ?? [0])
    else {
      throw .anotherNetwork(
        layer: layer.name, found: "Rescaling", expected: "at most one, before the first layer")
    }
    preprocessing = Preprocessing(
      channelOrder: .rgb, scale: scale, offset: offset, cropFraction: 0.875)
  }

  /// The rows and columns that a ZeroPadding2D adds: one number, or one or two for each side.
  private func padding(of layer: KerasLayer) throws(ImportError) -> (before: Int, after: Int) {
    let padding = layer.settings["padding"]
    let sides = padding?.elements ?? [padding ?? .null, padding ?? .null]
    let amounts = sides.map { side in side.number.map { [$0, $0] } ?? side.numbers ?? [] }
    guard amounts.count == 2, amounts[0].count == 2, amounts[0] == amounts[1],
      amounts[0].allSatisfy({ (0...8).contains($0) })
    else {
      throw .anotherNetwork(
        layer: layer.name, found: "padding that differs between rows and columns",
        expected: "what a convolution could add itself")
    }
    return (Int(amounts[0][0]), Int(amounts[0][1]))
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: format, problem: problem)
  }
}

extension LayerDescription.Nonlinearity {
  /// What Keras means by an activation's name.
  fileprivate static func named(_ name: String) -> Self {
    switch name {
    // What makes probabilities of logits is not a layer's activation.
    case "linear", "softmax": .none
    case "relu": .known(.relu)
    case "relu6": .known(.relu6)
    default: .other(name)
    }
  }
}

extension JSON {
  /// The name of an activation: a text, or an object that says which function or class it is.
  fileprivate var activationName: String {
    text ?? self["config"]?.text ?? self["config"]?["name"]?.text ?? self["class_name"]?.text
      ?? "an unknown activation"
  }
}
