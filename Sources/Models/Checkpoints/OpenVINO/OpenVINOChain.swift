import MobileNet

/// Follows an OpenVINO network from its input on.
struct OpenVINOChain {
  /// The findings so far.
  private(set) var chain = LayerChain(format: OpenVINOFormat.name)
  /// The rows and columns of the input.
  private(set) var inputSize: Resolution?
  /// Whether the input is bytes, which are pixels as they are.
  private(set) var takesBytes = false
  /// Whether numbers are rounded on their way, which is left out.
  private(set) var isRounded = false

  private let model: OpenVINOModel
  /// The input's sizes; 0 for an open one.
  private var inputShape: [Int] = []
  /// Whether channels are the last axis until a Transpose.
  private var isChannelsLast = false
  /// The largest number that a rounded output of a layer without activation can be.
  private var largestOutput: Float?

  init(_ model: OpenVINOModel) { self.model = model }

  /// The activation that is not written down because the range of rounded outputs implies it.
  var impliedActivation: Activation? { largestOutput.map { $0 < 6.1 ? .relu6 : .relu } }

  /// Follows the network to its end.
  mutating func run() throws(ImportError) {
    let inputs = model.layers.filter { ["Parameter", "Input"].contains($0.kind) }
    guard var top = inputs.first else { throw damaged("it has no input") }
    let shape = (top.settings["shape"] ?? "").split(separator: ",").map {
      Int($0.trimmingCharacters(in: .whitespaces)) ?? 0
    }
    inputShape = shape
    inputSize = Resolution(shape: shape.dropFirst())
    isChannelsLast = shape.count == 4 && [1, 3].contains(shape[3]) && ![1, 3].contains(shape[1])
    takesBytes = top.settings["element_type"]?.lowercased() == "u8"
    for _ in model.layers {
      let readers = model.readers(of: top)
      guard let next = readers.first(where: { $0.kind != "Result" }) else { return }
      guard readers.count == 1 || readers.allSatisfy({ $0.kind == "Result" || $0.id == next.id })
      else { return try chain.appendOther("a branch (\(next.kind))", step: next.name) }
      try append(next, reading: top.id)
      top = next
    }
  }

  private mutating func append(
    _ layer: OpenVINOModel.Layer, reading top: String
  ) throws(ImportError) {
    let name = layer.name
    switch layer.kind {
    case "Convolution", "GroupConvolution": try appendConvolution(layer)
    case "MatMul", "FullyConnected": try appendProduct(layer)
    case "Add", "Subtract", "Multiply", "Divide": try appendArithmetic(layer, reading: top)
    case "BatchNormInference": try appendNorm(layer)
    case "ReLU": try chain.activate(.known(.relu), step: name)
    case "Clamp": try appendClamp(layer)
    case "AvgPool": try appendPooling(layer)
    case "ReduceMean":
      let axes = try numbers(layer, 1).map { $0 < 0 ? $0 + 4 : $0 }.sorted()
      guard axes == (isChannelsLast ? [1, 2] : [2, 3]) else {
        return try chain.appendOther("a mean over axes \(axes)", step: name)
      }
      try chain.pool(nil, step: name)
    case "SoftMax", "Softmax", "LogSoftmax":
      try chain.softmax(along: layer.integers("axis")?.first, step: name)
    case "Sigmoid" where chain.isPooled: try chain.finish(.sigmoid, step: name)
    case "Pad": try appendPadding(layer)
    case "Interpolate": try appendResize(layer)
    case "Gather":
      let axis = try numbers(layer, 2).first ?? 0
      guard try numbers(layer, 1) == [2, 1, 0], axis == (isChannelsLast ? 3 : 1) else {
        return try chain.appendOther("a choice of numbers", step: name)
      }
      try chain.reverseChannels(step: name)
    case "Concat", "Tile", "Broadcast": try appendRepetition(layer, reading: top)
    case "Transpose": try appendTranspose(layer)
    case "FakeQuantize": try noteRange(layer)
    case "Reshape", "Flatten":
      try chain.reshape(
        from: chain.layers.isEmpty ? inputShape : nil,
        to: layer.kind == "Reshape" ? numbers(layer, 1) : nil, step: name)
    case "Squeeze", "Unsqueeze": try chain.changeAxes(step: name)
    case "Convert":
      let type = layer.settings["destination_type"] ?? ""
      if type.hasPrefix("i") || type.hasPrefix("u") { try chain.truncate(step: name) }
    case "ConvertLike", "Dropout": break
    default: try chain.appendOther(layer.kind, step: name)
    }
  }

  private mutating func appendConvolution(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    let isGrouped = layer.kind == "GroupConvolution"
    var weights = try constant(layer, 1)
    var groups = 1
    if isGrouped {
      // Groups are an axis of their own.
      let shape = weights.shape
      guard shape.count == 5 else { throw damaged("\(layer.name) has weights of \(shape)") }
      groups = shape[0]
      weights = try weights.reshaped(to: [-1] + shape[2...], name: layer.name)
    }
    let filter = try Filter(weights, layout: .oihw)
    var found = LayerDescription(name: layer.name, operation: .convolution, filter: filter)
    found.nonlinearity = isRounded ? nil : LayerDescription.Nonlinearity.none
    if isGrouped {
      found.operation =
        groups == filter.outputs && filter.inputs == 1
        ? .depthwise : .other("a convolution in \(groups) groups")
    }
    let strides = layer.integers("strides") ?? [1, 1]
    let dilations = layer.integers("dilations") ?? [1, 1]
    found.stride = strides.first
    found.border = border(layer, strides: strides, side: filter.height)
    if Set(strides).count != 1 || Set(dilations) != [1] || found.border == nil {
      found.operation = .other("a convolution with dilation, or unlike rows and columns")
    }
    try chain.append(found)
  }

  /// The padding around the input; nil where rows and columns differ.
  private func border(
    _ layer: OpenVINOModel.Layer, strides: [Int], side: Int
  ) -> LayerDescription.Border? {
    switch layer.settings["auto_pad"] {
    case "same_upper": return .same
    // The odd row comes before instead of after.
    case "same_lower" where side == 3:
      return .explicit(before: 1, after: strides == [2, 2] ? 0 : 1)
    case "valid": return .explicit(before: 0, after: 0)
    default:
      let before = layer.integers("pads_begin") ?? [0, 0]
      let after = layer.integers("pads_end") ?? [0, 0]
      guard Set(before).count == 1, Set(after).count == 1,
        (before + after).allSatisfy({ 0...8 ~= $0 })
      else { return nil }
      return .explicit(before: before[0], after: after[0])
    }
  }

  private mutating func appendProduct(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    let filter = try Filter(
      constant(layer, 1), layout: layer.isTrue("transpose_b") ? .ohwi : .hwio)
    var found = LayerDescription(name: layer.name, operation: .fullyConnected, filter: filter)
    if layer.isTrue("transpose_a") { found.operation = .other("a transposed product") }
    try chain.append(found)
  }

  private mutating func appendArithmetic(
    _ layer: OpenVINOModel.Layer, reading top: String
  ) throws(ImportError) {
    guard layer.inputs.count == 2, let place = layer.inputs.firstIndex(where: { $0 != top }),
      let other = try model.constant(layer.inputs[place])
    else { return try chain.appendOther("\(layer.kind) of two results", step: layer.name) }
    switch (layer.kind, place) {
    case ("Add", _): try chain.calculate(.add, other, step: layer.name)
    case ("Multiply", _): try chain.calculate(.multiply, other, step: layer.name)
    case ("Subtract", 1): try chain.calculate(.subtract, other, step: layer.name)
    case ("Subtract", _): try chain.calculate(.subtractFrom, other, step: layer.name)
    case ("Divide", 1): try chain.calculate(.divide, other, step: layer.name)
    default: try chain.appendOther("a number over the input", step: layer.name)
    }
  }

  /// The first version had what is normalised behind γ and β.
  private mutating func appendNorm(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    let isFirst =
      try layer.inputs.first.flatMap { id throws(ImportError) in
        try model.constant(id)
      } != nil
    let epsilon = layer.number("epsilon") ?? layer.number("eps") ?? 1e-5
    try chain.normalize(
      BatchNorm(
        gamma: constant(layer, isFirst ? 0 : 1), beta: constant(layer, isFirst ? 1 : 2),
        mean: constant(layer, 3), variance: constant(layer, 4), epsilon: epsilon), step: layer.name)
  }

  private mutating func appendClamp(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    let (lower, upper) = (layer.number("min") ?? -.infinity, layer.number("max") ?? .infinity)
    let nonlinearity: LayerDescription.Nonlinearity =
      switch (lower, upper) {
      case (0, 6): .known(.relu6)
      case (0, Double(Float.greatestFiniteMagnitude)...): .known(.relu)
      default: .other("clamping to \(lower)…\(upper)")
      }
    try chain.activate(nonlinearity, step: layer.name)
  }

  private mutating func appendPooling(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    guard let window = layer.integers("kernel"), window.count == 2 else {
      throw damaged("\(layer.name) has no window")
    }
    let pads = (layer.integers("pads_begin") ?? []) + (layer.integers("pads_end") ?? [])
    try chain.pool(
      PoolingWindow(
        height: window[0], width: window[1], strides: layer.integers("strides") ?? [1, 1],
        isPadded: pads.contains { $0 != 0 },
        isSame: layer.settings["auto_pad"]?.hasPrefix("same") == true), step: layer.name)
  }

  private mutating func appendPadding(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    let (before, after) = (try numbers(layer, 1), try numbers(layer, 2))
    let rows = isChannelsLast ? 1 : 2
    let filling = layer.inputs.count > 3 ? try constant(layer, 3).floats().first ?? 0 : 0
    guard before.count == 4, after.count == 4,
      layer.settings["pad_mode"] ?? "constant" == "constant",
      filling == 0,
      (before + after).allSatisfy({ 0...8 ~= $0 }), before[rows] == before[rows + 1],
      after[rows] == after[rows + 1],
      (0..<4).allSatisfy({ rows...rows + 1 ~= $0 || before[$0] + after[$0] == 0 })
    else { return try chain.appendOther("padding by \(before) and \(after)", step: layer.name) }
    chain.pad(before: before[rows], after: after[rows])
  }

  /// Another size of the picture, as rows and columns.
  private mutating func appendResize(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    var size: [Int] = []
    if layer.settings["shape_calculation_mode"] != "scales" { size = try numbers(layer, 1) }
    let sides = size.count == 4 ? Array(size[(isChannelsLast ? 1 : 2)...].prefix(2)) : size
    try chain.resize(
      rows: sides.count == 2 ? sides[0] : 0, columns: sides.count == 2 ? sides[1] : 0,
      step: layer.name)
  }

  /// One channel that becomes three.
  private mutating func appendRepetition(
    _ layer: OpenVINOModel.Layer, reading top: String
  ) throws(ImportError) {
    let channels = isChannelsLast ? 3 : 1
    let isRepetition: Bool
    if layer.kind == "Concat" {
      let axis = layer.integers("axis")?.first ?? 0
      isRepetition =
        layer.inputs == Array(repeating: top, count: 3) && [channels, channels - 4].contains(axis)
    } else {
      let counts = try numbers(layer, 1)
      isRepetition =
        layer.kind == "Broadcast"
        ? counts.count == 4 && counts[channels] == 3
        : counts == (isChannelsLast ? [1, 1, 1, 3] : [1, 3, 1, 1])
    }
    guard isRepetition else { return try chain.appendOther(layer.kind, step: layer.name) }
    try chain.repeatBrightness(step: layer.name)
  }

  /// Rounding, which is left out; that of a layer's outputs says whether anything below zero is kept.
  private mutating func noteRange(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    isRounded = true
    guard let last = chain.layers.last, last.filter != nil, last.nonlinearity == nil,
      last.operation != .fullyConnected
    else { return }
    guard try constant(layer, 3).floats().allSatisfy({ $0 >= 0 }) else {
      return try chain.activate(.none, step: last.name)
    }
    let largest = try constant(layer, 4).floats().max() ?? 0
    largestOutput = max(largestOutput ?? 0, largest)
  }

  /// Takes a change of axes between channels last and channels first; behind the pooling there is one
  /// place, and any order will do.
  private mutating func appendTranspose(_ layer: OpenVINOModel.Layer) throws(ImportError) {
    let order = try numbers(layer, 1)
    if chain.isPooled || order == order.sorted() { return }
    guard order == (isChannelsLast ? [0, 3, 1, 2] : [0, 2, 3, 1]) else {
      return try chain.appendOther("a change of axes to \(order)", step: layer.name)
    }
    isChannelsLast.toggle()
  }

  /// Whole numbers that a step is told.
  private func numbers(_ layer: OpenVINOModel.Layer, _ index: Int) throws(ImportError) -> [Int] {
    guard layer.inputs.indices.contains(index),
      let tensor = try model.constant(layer.inputs[index]),
      tensor.count <= 8
    else { return [] }
    return try tensor.floats().map { Int(exactly: $0) ?? -1 }
  }

  private func constant(
    _ layer: OpenVINOModel.Layer, _ index: Int
  ) throws(ImportError) -> StoredTensor {
    guard layer.inputs.indices.contains(index), let tensor = try model.constant(layer.inputs[index])
    else {
      throw .unsupported(
        format: OpenVINOFormat.name, feature: "\(layer.name), whose input \(index) is computed,")
    }
    return tensor
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: OpenVINOFormat.name, problem: problem)
  }
}
