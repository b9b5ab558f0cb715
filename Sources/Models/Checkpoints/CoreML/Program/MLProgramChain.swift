import MobileNet

/// Reads a network from an ML program's operations, from the input on.
struct MLProgramChain {
  /// The layers read so far.
  private(set) var chain = LayerChain(format: CoreMLFormat.name)

  private let program: MLProgram
  /// The last step's output, which the next step must read.
  private var top: String

  init(_ program: MLProgram, input: String) {
    self.program = program
    top = input
  }

  /// Adds all operations.
  mutating func run() throws(ImportError) {
    for operation in program.operations { try append(operation) }
  }

  private mutating func append(_ step: MLProgram.Operation) throws(ImportError) {
    let name = step.name
    var reads = false
    for input in ["x", "y", "input", "data", "values", "probabilities"] {
      if try step.source(input) == top { reads = true }
    }
    guard reads else {
      // The step that names the classes reads the probabilities and the labels.
      return step.kind == "classify"
        ? () : try chain.appendOther("a branch (\(step.kind))", step: name)
    }
    let last = top
    top = step.output
    switch step.kind {
    case "conv": try appendConvolution(step)
    case "linear", "matmul": try appendProduct(step)
    case "batch_norm": try appendNorm(step)
    case "relu": try chain.activate(.known(.relu), step: name)
    case "relu6": try chain.activate(.known(.relu6), step: name)
    case "clip":
      let limits = [try program.number(step, "alpha") ?? 0, try program.number(step, "beta") ?? 0]
      try chain.activate(
        limits == [0, 6] ? .known(.relu6) : .other("a clip to \(limits)"), step: name)
    case "reduce_mean":
      let axes = (try program.integers(step, "axes") ?? []).map { $0 < 0 ? $0 + 4 : $0 }
      guard Set(axes) == [2, 3] else {
        return try chain.appendOther("a mean over \(axes)", step: name)
      }
      try chain.pool(nil, step: name)
    case "avg_pool": try appendPooling(step)
    case "softmax": try chain.softmax(along: program.integers(step, "axis")?.first, step: name)
    case "sigmoid" where chain.isPooled: try chain.finish(.sigmoid, step: name)
    default: try appendShaping(step, from: last)
    }
  }

  /// Appends what changes the picture, or the axes and types of what is computed; `last` is what the
  /// step before it made.
  private mutating func appendShaping(
    _ step: MLProgram.Operation, from last: String
  ) throws(ImportError) {
    let name = step.name
    switch step.kind {
    case "mul", "add", "sub", "real_div":
      try appendArithmetic(step, other: step.source("x") == last ? "y" : "x")
    case "pad": try appendPadding(step)
    case "reverse":
      let axes = (try program.integers(step, "axes") ?? []).map { $0 < 0 ? $0 + 4 : $0 }
      guard axes == [1] else {
        return try chain.appendOther("a reversal of axes \(axes)", step: name)
      }
      try chain.reverseChannels(step: name)
    case "concat" where try step.sources("values") == Array(repeating: last, count: 3):
      let axis = try program.integers(step, "axis")?.first ?? 1
      guard [1, -3].contains(axis) else {
        return try chain.appendOther("concat", step: name)
      }
      try chain.repeatBrightness(step: name)
    case "tile":
      guard try program.integers(step, "reps") == [1, 3, 1, 1] else {
        return try chain.appendOther("tile", step: name)
      }
      try chain.repeatBrightness(step: name)
    case "resize_bilinear", "resize_nearest_neighbor":
      try chain.resize(
        rows: program.integers(step, "target_size_height")?.first ?? 0,
        columns: program.integers(step, "target_size_width")?.first ?? 0, step: name)
    case "upsample_bilinear", "resize":
      try chain.appendOther("a change of the picture's size by factors", step: name)
    // What is rounded runs as the floats that the numbers stand for, or as integers.
    case "quantize", "dequantize": break
    case "reshape": try chain.reshape(step: name)
    case "squeeze", "expand_dims": try chain.changeAxes(step: name)
    case "transpose":
      try chain.turn(
        program.integers(step, "perm") ?? [], fromChannelsLast: chain.layers.isEmpty, step: name)
    case "cast":
      if let type = try program.text(step, "dtype"), type.contains("int") {
        try chain.truncate(step: name)
      }
    case "identity", "classify": break
    default: try chain.appendOther(step.kind, step: name)
    }
  }

  private mutating func appendConvolution(_ step: MLProgram.Operation) throws(ImportError) {
    let filter = try Filter(weights(step, "weight"), layout: .oihw)
    let groups = try program.integers(step, "groups")?.first ?? 1
    var layer = LayerDescription(
      name: step.name, operation: .convolution, filter: filter,
      biases: try program.tensor(step, "bias"))
    layer.nonlinearity = LayerDescription.Nonlinearity.none
    if groups == filter.outputs, groups > 1, filter.inputs == 1 {
      layer.operation = .depthwise
    } else if groups > 1 {
      layer.operation = .other("a convolution in \(groups) groups")
    }
    let strides = try program.integers(step, "strides") ?? [1, 1]
    let dilations = try program.integers(step, "dilations") ?? [1, 1]
    layer.stride = strides.first
    layer.border = try border(step, side: filter.height, stride: strides.first ?? 1)
    if Set(strides).count > 1 || dilations.contains(where: { $0 != 1 }) || layer.border == nil {
      layer.operation = .other("a convolution with dilation, or unlike rows and columns")
    }
    try chain.append(layer)
  }

  /// Returns the padding of the input; nil where rows and columns differ.
  private func border(
    _ step: MLProgram.Operation, side: Int, stride: Int
  ) throws(ImportError) -> LayerDescription.Border? {
    switch try program.text(step, "pad_type") {
    case "same": return .same
    // The odd row comes before the input instead of after.
    case "same_lower" where side == 1: return .explicit(before: 0, after: 0)
    case "same_lower": return .explicit(before: 1, after: stride == 2 ? 0 : 1)
    case "custom":
      let pad = try program.integers(step, "pad") ?? [0, 0, 0, 0]
      guard pad.count == 4, pad[0] == pad[2], pad[1] == pad[3], pad.allSatisfy({ 0...8 ~= $0 })
      else { return nil }
      return .explicit(before: pad[0], after: pad[1])
    default: return .explicit(before: 0, after: 0)
    }
  }

  private mutating func appendProduct(_ step: MLProgram.Operation) throws(ImportError) {
    let isLinear = step.kind == "linear"
    var isTransposed = isLinear
    if !isLinear { isTransposed = try program.number(step, "transpose_y") == 1 }
    let isTurned = try program.number(step, "transpose_x") == 1
    guard isLinear || !isTurned else {
      return try chain.appendOther("a transposed product", step: step.name)
    }
    let filter = try Filter(
      weights(step, isLinear ? "weight" : "y"), layout: isTransposed ? .oihw : .hwio)
    try chain.append(
      LayerDescription(
        name: step.name, operation: .fullyConnected, filter: filter,
        biases: try program.tensor(step, "bias")))
  }

  private mutating func appendNorm(_ step: MLProgram.Operation) throws(ImportError) {
    try chain.normalize(
      BatchNorm(
        gamma: program.tensor(step, "gamma"), beta: program.tensor(step, "beta"),
        mean: weights(step, "mean"), variance: weights(step, "variance"),
        epsilon: program.number(step, "epsilon") ?? 1e-5), step: step.name)
  }

  private mutating func appendPooling(_ step: MLProgram.Operation) throws(ImportError) {
    let window = try program.integers(step, "kernel_sizes") ?? []
    guard window.count == 2 else {
      throw .damaged(format: CoreMLFormat.name, problem: "\(step.name) has no window")
    }
    let padding = try border(step, side: window[0], stride: 1)
    try chain.pool(
      PoolingWindow(
        height: window[0], width: window[1], strides: program.integers(step, "strides") ?? [1, 1],
        isPadded: padding != .explicit(before: 0, after: 0) && padding != .same,
        isSame: padding == .same), step: step.name)
  }

  private mutating func appendArithmetic(
    _ step: MLProgram.Operation, other: String
  ) throws(ImportError) {
    let numbers = try weights(step, other)
    switch (step.kind, other) {
    case ("mul", _): try chain.calculate(.multiply, numbers, step: step.name)
    case ("add", _): try chain.calculate(.add, numbers, step: step.name)
    case ("sub", "y"): try chain.calculate(.subtract, numbers, step: step.name)
    case ("sub", _): try chain.calculate(.subtractFrom, numbers, step: step.name)
    case (_, "y"): try chain.calculate(.divide, numbers, step: step.name)
    default: try chain.appendOther("a number over the input", step: step.name)
    }
  }

  private mutating func appendPadding(_ step: MLProgram.Operation) throws(ImportError) {
    let pad = try program.integers(step, "pad") ?? []
    // Each axis has a number before and one after; rows and columns are the last two axes.
    let last = Array(pad.suffix(4))
    let mode = try program.text(step, "mode") ?? "constant"
    let filling = try program.number(step, "constant_val") ?? 0
    guard mode == "constant", filling == 0 else {
      return try chain.appendOther("padding with something else than 0", step: step.name)
    }
    guard last.count == 4, pad.dropLast(4).allSatisfy({ $0 == 0 }), last[0] == last[2],
      last[1] == last[3], last.allSatisfy({ 0...8 ~= $0 })
    else { return try chain.appendOther("padding by \(pad)", step: step.name) }
    chain.pad(before: last[0], after: last[1])
  }

  private func weights(_ step: MLProgram.Operation, _ input: String) throws(ImportError)
    -> StoredTensor
  {
    guard let tensor = try program.tensor(step, input) else {
      throw .unsupported(
        format: CoreMLFormat.name, feature: "\(step.name), whose \(input) is computed,")
    }
    return tensor
  }
}
