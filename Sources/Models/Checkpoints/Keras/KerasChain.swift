import MobileNet

/// Reads a network from Keras' layers, from the input on; batch norm and activation are layers of
/// their own there.
struct KerasChain {
  /// The layers read so far.
  private(set) var chain: LayerChain
  /// The rows and columns of the first convolution's input.
  private(set) var inputSize: Resolution?
  /// The treatment of pictures of other proportions, where a layer resizes them.
  private(set) var fitting: Preprocessing.Fitting?
  /// The crop as a fraction of the shorter side, where a layer crops.
  private(set) var crop: Double?

  /// The sizes of the model's input; 0 for an open one.
  private var inputShape: [Int] = []

  private let format: String
  private let arrays: KerasArrays
  /// The name of the last layer, which the next one must read.
  private var top: String?

  init(_ arrays: KerasArrays, format: String) {
    self.arrays = arrays
    self.format = format
    chain = LayerChain(format: format)
  }

  /// Adds the next layer; for a model, adds the model's layers.
  mutating func append(_ layer: KerasLayer) throws(ImportError) {
    if let inputs = layer.inputs, let top, inputs != [top] {
      return try chain.appendOther("a branch", step: layer.name)
    }
    defer { top = layer.name }
    let settings = layer.settings
    switch layer.kind {
    case "Functional", "Model", "Sequential":
      for part in layer.layers { try append(part) }
    case "InputLayer":
      let shape = (settings["batch_shape"] ?? settings["batch_input_shape"])?.elements ?? []
      // A model within the model has an input layer too, which may leave the size open.
      if chain.layers.isEmpty {
        inputShape = shape.map { $0.integer ?? 0 }
        inputSize = Resolution(shape: inputShape.dropFirst()) ?? inputSize
      }
    case "Conv2D", "Convolution2D", "DepthwiseConv2D", "Dense": try appendWeighted(layer)
    case "ZeroPadding2D":
      let (before, after) = try padding(of: layer)
      chain.pad(before: before, after: after)
    case "BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2":
      try appendNorm(layer)
    case "ReLU", "ReLU6", "Activation": try appendActivation(layer)
    case "Softmax": try chain.softmax(along: settings["axis"]?.integer, step: layer.name)
    case "Flatten": try chain.reshape(step: layer.name)
    case "Reshape":
      let target = settings["target_shape"]?.integers
      try chain.reshape(
        from: chain.layers.isEmpty ? inputShape : nil, to: target.map { [0] + $0 },
        step: layer.name)
    case "GlobalAveragePooling2D": try chain.pool(nil, step: layer.name)
    case "AveragePooling2D": try appendPooling(layer)
    case "Rescaling", "Normalization", "Resizing", "CenterCrop": try appendPreprocessing(layer)
    case "Concatenate", "Repeat", "Tile":
      guard layer.repeatsOneChannel else {
        return try chain.appendOther(layer.kind, step: layer.name)
      }
      try chain.repeatBrightness(step: layer.name)
    case "TFOpLambda", "TrueDivide", "Divide", "Subtract", "Multiply", "Add", "GetItem":
      try appendArithmetic(layer)
    case "Dropout", "SpatialDropout2D", "GaussianNoise", "GaussianDropout", "AlphaDropout",
      "Cast", "ActivityRegularization", "RandomFlip", "RandomRotation",
      "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness", "RandomHeight",
      "RandomWidth":
      // These layers are for training only, or change no values.
      break
    case "Lambda":
      try chain.appendOther(
        "a Lambda, which is Python code that only Python can run", step: layer.name)
    default: try chain.appendOther(layer.kind, step: layer.name)
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
    let strides = settings["strides"]?.numbers
    description.stride = strides?.first.flatMap { Int(exactly: $0) }
    description.border = settings["padding"].map {
      $0.text == "same" ? .same : .explicit(before: 0, after: 0)
    }
    let isDilated = settings["dilation_rate"]?.numbers?.contains { $0 != 1 } ?? false
    if Set(strides ?? []).count > 1 || isDilated {
      description.operation = .other("a convolution with dilation or unequal strides")
    }
    let activation = settings["activation"]?.activationName
    description.nonlinearity = activation.map { .named($0) }
    if let head = activation.flatMap({ Head(rawValue: $0) }), chain.isPooled {
      description.nonlinearity = LayerDescription.Nonlinearity.none
      try chain.append(description)
      return try chain.finish(head, step: layer.name)
    }
    try chain.append(description)
  }

  private mutating func appendNorm(_ layer: KerasLayer) throws(ImportError) {
    guard let mean = arrays.array(layer.name, "moving_mean"),
      let variance = arrays.array(layer.name, "moving_variance")
    else { throw damaged("\(layer.name) has no moving mean or variance") }
    try chain.normalize(
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
      let name = settings["activation"]?.activationName ?? "an unknown activation"
      if let head = Head(rawValue: name), chain.isPooled {
        return try chain.finish(head, step: layer.name)
      }
      if name == "linear" { return }
      nonlinearity = .named(name)
    }
    try chain.activate(nonlinearity, step: layer.name)
  }

  private mutating func appendPooling(_ layer: KerasLayer) throws(ImportError) {
    let settings = layer.settings
    let window = settings["pool_size"]?.pair ?? [2, 2]
    try chain.pool(
      PoolingWindow(
        height: window[0], width: window[1], strides: settings["strides"]?.pair ?? window,
        isSame: settings["padding"]?.text == "same"), step: layer.name)
  }

  /// Adds a preprocessing layer.
  private mutating func appendPreprocessing(_ layer: KerasLayer) throws(ImportError) {
    let settings = layer.settings
    switch layer.kind {
    case "Rescaling":
      try chain.calculate(.multiply, settings["scale"]?.numbers ?? [], step: layer.name)
      try chain.calculate(.add, settings["offset"]?.numbers ?? [0], step: layer.name)
    case "Normalization":
      // The statistics are settings, or, if computed from data, arrays.
      let mean = try numbers(settings["mean"], or: arrays.array(layer.name, "mean"))
      let variance = try numbers(settings["variance"], or: arrays.array(layer.name, "variance"))
      // Keras limits deviations to its epsilon from below.
      let deviations = variance.map { max($0.squareRoot(), 1e-7) }
      let isInverse = settings["invert"]?.boolean == true
      try chain.calculate(
        isInverse ? .multiply : .subtract, isInverse ? deviations : mean, step: layer.name)
      try chain.calculate(
        isInverse ? .add : .divide, isInverse ? mean : deviations, step: layer.name)
    default:
      guard chain.layers.isEmpty, let height = settings["height"]?.integer,
        let width = settings["width"]?.integer, height > 0, width > 0
      else { return try chain.appendOther(layer.kind, step: layer.name) }
      if layer.kind == "CenterCrop" {
        if let before = inputSize {
          crop = Double(height) / Double(min(before.height, before.width))
        }
      } else if settings["crop_to_aspect_ratio"]?.boolean != true {
        fitting = settings["pad_to_aspect_ratio"]?.boolean == true ? .pad : .stretch
        crop = 1
      } else {
        crop = 1
      }
      inputSize = Resolution(height: height, width: width)
    }
  }

  /// Adds a function of TensorFlow or Keras that is called between layers.
  private mutating func appendArithmetic(_ layer: KerasLayer) throws(ImportError) {
    let function = layer.settings["function"]?.text ?? layer.kind
    let steps: [String: InputArithmetic.Operator] = [
      "truediv": .divide, "divide": .divide, "TrueDivide": .divide, "Divide": .divide,
      "subtract": .subtract, "Subtract": .subtract, "multiply": .multiply, "Multiply": .multiply,
      "add": .add, "Add": .add, "bias_add": .add,
    ]
    let word = function.split(separator: ".").last.map(String.init) ?? function
    if layer.takesReverseOfChannels { return try chain.reverseChannels(step: layer.name) }
    if layer.repeatsOneChannel { return try chain.repeatBrightness(step: layer.name) }
    if word == "cast" { return }
    guard let step = steps[word], let constant = layer.constant else {
      return try chain.appendOther(function, step: layer.name)
    }
    switch (step, constant.isFirst) {
    case (.subtract, true): try chain.calculate(.subtractFrom, constant.numbers, step: layer.name)
    case (.divide, true): try chain.appendOther("a number over the input", step: layer.name)
    default: try chain.calculate(step, constant.numbers, step: layer.name)
    }
  }

  /// Returns the numbers of a setting, or of an array with a number for each channel.
  private func numbers(
    _ setting: JSON?, or array: StoredTensor?
  ) throws(ImportError) -> [Double] {
    if let numbers = setting?.flatNumbers { return numbers }
    guard let array, array.count <= 3 else { return [] }
    return try array.floats().map { Double($0) }
  }

  /// Returns the rows and columns that a ZeroPadding2D adds, from one number, or one or two for
  /// each side.
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
  /// Returns the activation that Keras calls `name`.
  fileprivate static func named(_ name: String) -> Self {
    switch name {
    case "linear": .none
    case "relu": .known(.relu)
    case "relu6": .known(.relu6)
    default: .other(name)
    }
  }
}

extension JSON {
  /// The name of an activation: a text, or the function or class in an object.
  fileprivate var activationName: String {
    text ?? self["config"]?.text ?? self["config"]?["name"]?.text ?? self["class_name"]?.text
      ?? "an unknown activation"
  }

  /// Two integers, for rows and columns; a single one counts for both.
  fileprivate var pair: [Int]? {
    if let integer { return [integer, integer] }
    guard let integers, integers.count == 2 else { return nil }
    return integers
  }
}
