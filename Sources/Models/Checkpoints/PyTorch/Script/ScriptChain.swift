import MobileNet

/// The arguments of an operation, by position or by name.
struct ScriptArguments {
  private let values: [ScriptValue]
  private let named: [String: ScriptValue]

  init(_ values: [ScriptValue], named: [String: ScriptValue]) {
    self.values = values
    self.named = named
  }

  /// The argument at `place`, or of that name.
  subscript(place: Int, name: String) -> ScriptValue? {
    values.indices.contains(place) ? values[place] : named[name]
  }

  subscript(place: Int) -> ScriptValue? { values.indices.contains(place) ? values[place] : nil }

  var all: [ScriptValue] { values + named.values }
}

/// Makes layers of PyTorch's operations, as TorchScript's code names them.
struct ScriptChain {
  /// The findings so far.
  private(set) var chain = LayerChain(format: PyTorchFileFormat.name)
  /// The number of axes: those of images, or of their channels alone.
  private var axes = 4
  /// The number of steps that the picture went through.
  private(set) var step = 0

  /// Takes an operation; what it makes is the answer.
  mutating func take(
    _ function: String, _ arguments: ScriptArguments, step name: String
  ) throws(ImportError) -> ScriptValue {
    guard function != "ops.prim.ConstantMKLDNNTensor" else {
      throw .unsupported(
        format: PyTorchFileFormat.name,
        feature: "what optimize_for_inference makes, which has no weights in the file,")
    }
    let words = function.split(separator: ".").map(String.init)
    let isInPlace = function.hasSuffix("_") && !function.hasSuffix("__")
    let operation = isInPlace ? String((words.last ?? "").dropLast()) : words.last ?? ""
    let read = arguments.all.flatMap(\.steps)
    guard !read.isEmpty else { return try aside(operation, arguments) }
    if Self.questions.contains(operation) { return answer(operation) }
    guard read.allSatisfy({ $0 == step }) else {
      try chain.appendOther("a branch (\(operation))", step: name)
      return .made(step)
    }
    // What is done in place is seen by whoever has the same by another name.
    if !isInPlace { step += 1 }
    // PyTorch's own are "torch.conv2d"; others have the name of a library.
    let isPlain = words.count == 2 && ["torch", "aten"].contains(words[0])
    try append(isPlain ? operation : function, arguments, name: name, count: read.count)
    return .made(step)
  }

  /// The functions that concern shapes and types alone.
  private static let questions: Set = [
    "size", "dim", "len", "ndimension", "numel", "device", "dtype", "layout", "is_floating_point",
    "format", "RaiseException", "NumToTensor", "Int", "shape", "requires_grad", "is_grad_enabled",
  ]

  private func answer(_ question: String) -> ScriptValue {
    ["dim", "ndimension"].contains(question) ? .number(Double(axes)) : .unknown
  }

  /// An operation on numbers or on weights alone.
  private func aside(
    _ operation: String, _ arguments: ScriptArguments
  ) throws(ImportError) -> ScriptValue {
    if let tensor = arguments[0]?.tensor { return try turned(tensor, operation, arguments) }
    let (first, second) = (arguments[0], arguments[1])
    switch operation {
    case "__is__": return .boolean(first?.isNone == true && second?.isNone == true)
    case "__isnot__": return .boolean(first?.isNone != second?.isNone)
    case "__not__": return first?.boolean.map { .boolean(!$0) } ?? .unknown
    case "len": return first?.elements.map { .number(Double($0.count)) } ?? .unknown
    default: break
    }
    guard let left = first?.number, let right = second?.number else { return .unknown }
    return switch operation {
    case "eq": .boolean(left == right)
    case "ne": .boolean(left != right)
    case "lt": .boolean(left < right)
    case "le": .boolean(left <= right)
    case "gt": .boolean(left > right)
    case "ge": .boolean(left >= right)
    case "__and__": .boolean(left != 0 && right != 0)
    case "__or__": .boolean(left != 0 || right != 0)
    case "add": .number(left + right)
    case "sub": .number(left - right)
    case "mul": .number(left * right)
    case "div": .number(left / right)
    default: .unknown
    }
  }

  /// Weights whose axes are turned, or that are changed on their way.
  private func turned(
    _ tensor: StoredTensor, _ operation: String, _ arguments: ScriptArguments
  ) throws(ImportError) -> ScriptValue {
    let count = tensor.shape.count
    switch operation {
    case "t", "numpy_T": return .tensor(tensor.transposed(Array((0..<count).reversed())))
    case "transpose":
      guard count == 2 else { return .unknown }
      return .tensor(tensor.transposed([1, 0]))
    case "to", "contiguous", "detach", "clone", "alias", "type_as", "float", "unsqueeze", "squeeze":
      return .tensor(tensor)
    case "view", "reshape":
      guard let shape = arguments[1]?.integers else { return .unknown }
      return .tensor(try tensor.reshaped(to: shape, name: tensor.name))
    default: return .unknown
    }
  }

  private mutating func append(
    _ operation: String, _ arguments: ScriptArguments, name: String, count: Int
  ) throws(ImportError) {
    let flattens = ["flatten", "view", "reshape", "linear", "addmm", "matmul", "mm"]
    let keepsAxes = arguments[2, "keepdim"]?.boolean == true
    if flattens.contains(operation) || operation == "mean" && !keepsAxes { axes = 2 }
    switch operation {
    case "conv2d", "_convolution", "convolution":
      try appendConvolution(arguments, isLong: operation != "conv2d", name: name)
    case "linear": try appendProduct(arguments[1], arguments[2], isTransposed: true, name: name)
    case "matmul", "mm":
      try appendProduct(arguments[1], nil, isTransposed: false, name: name)
    case "addmm":
      // beta · biases + alpha · product
      try appendProduct(
        arguments[2]?.scaled(by: arguments[4, "alpha"]?.number),
        arguments[0]?.scaled(by: arguments[3, "beta"]?.number), isTransposed: false, name: name)
    case "batch_norm", "native_batch_norm": try appendNorm(arguments, name: name)
    case "relu": try chain.activate(.known(.relu), step: name)
    case "relu6": try chain.activate(.known(.relu6), step: name)
    case "hardtanh", "clamp", "clip", "clamp_min", "clamp_max":
      try appendClip(arguments, operation, name: name)
    case "adaptive_avg_pool2d":
      guard let size = arguments[1]?.integers, Set(size) == [1] else {
        return try chain.appendOther("adaptive pooling to another size than 1×1", step: name)
      }
      try chain.pool(nil, step: name)
    case "avg_pool2d": try appendPooling(arguments, name: name)
    case "mean":
      let axes = (arguments[1, "dim"]?.integers ?? []).map { $0 < 0 ? $0 + 4 : $0 }
      guard Set(axes) == [2, 3] else {
        return try chain.appendOther("a mean over axes \(axes)", step: name)
      }
      try chain.pool(nil, step: name)
    case "softmax", "log_softmax", "_softmax", "_log_softmax":
      try chain.softmax(along: arguments[1, "dim"]?.integer, step: name)
    case "sigmoid" where chain.isPooled: try chain.finish(.sigmoid, step: name)
    default: try appendShaping(operation, arguments, name: name, count: count)
    }
  }

  /// Appends what changes the picture, or the axes and types of what is computed.
  private mutating func appendShaping(
    _ operation: String, _ arguments: ScriptArguments, name: String, count: Int
  ) throws(ImportError) {
    switch operation {
    case "add", "sub", "mul", "div", "rsub", "true_divide", "multiply", "subtract", "divide":
      try appendArithmetic(operation, arguments, name: name)
    case "constant_pad_nd", "pad": try appendPadding(arguments, name: name)
    case "flip":
      guard arguments[1]?.integers == [1] else {
        return try chain.appendOther("a mirrored picture", step: name)
      }
      try chain.reverseChannels(step: name)
    case "index_select":
      let order = try arguments[2]?.tensor.map { order throws(ImportError) in
        order.count == 3 ? try order.floats() : []
      }
      guard order == [2, 1, 0], arguments[1]?.integer == 1 else {
        return try chain.appendOther("a choice of channels", step: name)
      }
      try chain.reverseChannels(step: name)
    case "cat" where count == 3 && arguments[1, "dim"]?.integer == 1,
      "repeat" where arguments[1]?.integers == [1, 3, 1, 1],
      "expand" where arguments[1]?.elements?.count == 4 && arguments[1]?.elements?[1].integer == 3:
      try chain.repeatBrightness(step: name)
    case "upsample_bilinear2d", "upsample_nearest2d", "upsample_bicubic2d",
      "_upsample_bilinear2d_aa":
      let size = arguments[1]?.integers ?? []
      try chain.resize(rows: size.first ?? 0, columns: size.last ?? 0, step: name)
    case "flatten", "view", "reshape": try chain.reshape(step: name)
    case "permute":
      try chain.turn(
        arguments[1]?.integers ?? [], fromChannelsLast: chain.layers.isEmpty, step: name)
    case "squeeze", "unsqueeze": try chain.changeAxes(step: name)
    case "dropout", "feature_dropout":
      if arguments[2, "train"]?.boolean == true {
        try chain.appendOther("dropout for training (call eval() before saving)", step: name)
      }
    case "to":
      // The numbers of torch's types of integers.
      if let type = arguments[1, "dtype"]?.integer, [0, 1, 2, 3, 4, 11].contains(type) {
        try chain.truncate(step: name)
      }
    case "contiguous", "detach", "alias", "clone", "float", "type_as", "identity", "t": break
    default: try chain.appendOther(operation, step: name)
    }
  }

  /// conv2d, or _convolution, which says in between whether it is transposed.
  private mutating func appendConvolution(
    _ arguments: ScriptArguments, isLong: Bool, name: String
  ) throws(ImportError) {
    let filter = try Filter(weights(arguments[1, "weight"], of: name), layout: .oihw)
    let name = filter.tensor.name.layerName ?? name
    var layer = LayerDescription(
      name: name, operation: .convolution, filter: filter,
      biases: arguments[2, "bias"]?.tensor, nonlinearity: LayerDescription.Nonlinearity.none)
    let groups = arguments[isLong ? 8 : 6, "groups"]?.integer ?? 1
    if groups == filter.outputs, groups > 1, filter.inputs == 1 {
      layer.operation = .depthwise
    } else if groups != 1 {
      layer.operation = .other("a convolution in \(groups) groups")
    }
    let strides = arguments[3, "stride"]?.integers ?? [1]
    let dilations = arguments[5, "dilation"]?.integers ?? [1]
    layer.stride = strides.first
    if arguments[4, "padding"]?.text == "same" {
      layer.border = .same
    } else {
      let padding = arguments[4, "padding"]?.integers ?? [0]
      layer.border = .explicit(before: padding.first ?? 0, after: padding.first ?? 0)
      if Set(padding).count > 1 { layer.operation = .other("unlike rows and columns") }
    }
    if Set(strides).count != 1 || Set(dilations) != [1]
      || isLong && arguments[6]?.boolean == true
    {
      layer.operation = .other("a convolution with dilation, unequal strides or transposed")
    }
    try chain.append(layer)
  }

  private mutating func appendProduct(
    _ weight: ScriptValue?, _ biases: ScriptValue?, isTransposed: Bool, name: String
  ) throws(ImportError) {
    let filter = try Filter(weights(weight, of: name), layout: isTransposed ? .oihw : .hwio)
    try chain.append(
      LayerDescription(
        name: filter.tensor.name.layerName ?? name, operation: .fullyConnected, filter: filter,
        biases: biases?.tensor))
  }

  private mutating func appendNorm(_ arguments: ScriptArguments, name: String) throws(ImportError) {
    guard arguments[5, "training"]?.boolean != true else {
      return try chain.appendOther(
        "a batch norm for training (call eval() before saving)", step: name)
    }
    try chain.normalize(
      BatchNorm(
        gamma: arguments[1]?.tensor, beta: arguments[2]?.tensor,
        mean: weights(arguments[3], of: name), variance: weights(arguments[4], of: name),
        epsilon: arguments[7, "eps"]?.number ?? 1e-5), step: name)
  }

  private mutating func appendClip(
    _ arguments: ScriptArguments, _ operation: String, name: String
  ) throws(ImportError) {
    let isHard = operation == "hardtanh"
    var lower = arguments[1, "min"]?.number ?? (isHard ? -1 : -.infinity)
    var upper = arguments[2, "max"]?.number ?? (isHard ? 1 : .infinity)
    if operation == "clamp_max" { (lower, upper) = (-.infinity, lower) }
    let before = chain.layers.last?.nonlinearity
    let nonlinearity: LayerDescription.Nonlinearity =
      switch (lower, upper) {
      case (0, 6): .known(.relu6)
      case (0, .infinity): .known(.relu)
      case (-.infinity, 6) where before == .known(.relu): .known(.relu6)
      default: .other("\(operation) to \(lower)…\(upper)")
      }
    try chain.activate(nonlinearity, step: name)
  }

  /// (x, window, strides, padding, whether sizes are rounded up, whether places outside count, what
  /// the sum is divided by).
  private mutating func appendPooling(
    _ arguments: ScriptArguments, name: String
  ) throws(ImportError) {
    guard let window = arguments[1]?.integers, let height = window.first, let width = window.last
    else { throw unreadable("\(name) has no window") }
    guard arguments[6, "divisor_override"]?.number == nil else {
      return try chain.appendOther("pooling with a divisor of its own", step: name)
    }
    let strides = arguments[2, "stride"]?.integers ?? []
    let padding = arguments[3, "padding"]?.integers ?? [0]
    try chain.pool(
      PoolingWindow(
        height: height, width: width, strides: strides.isEmpty ? window : strides,
        isPadded: Set(padding) != [0]), step: name)
  }

  private mutating func appendArithmetic(
    _ operation: String, _ arguments: ScriptArguments, name: String
  ) throws(ImportError) {
    guard let first = arguments[0], let second = arguments[1] else {
      return try chain.appendOther(operation, step: name)
    }
    if let rounding = arguments[2, "rounding_mode"]?.text {
      return try chain.appendOther("\(operation) with rounding_mode \(rounding)", step: name)
    }
    if let factor = arguments[2, "alpha"]?.number, factor != 1 {
      return try chain.appendOther("\(operation) with alpha \(factor)", step: name)
    }
    let isSecond = first.steps.isEmpty
    let steps: [String: InputArithmetic.Operator] = [
      "add": .add, "sub": isSecond ? .subtractFrom : .subtract,
      "subtract": isSecond ? .subtractFrom : .subtract, "rsub": .subtractFrom, "mul": .multiply,
      "multiply": .multiply, "div": .divide, "true_divide": .divide, "divide": .divide,
    ]
    let other = isSecond ? first : second
    guard other.steps.isEmpty, let step = steps[operation], !(step == .divide && isSecond) else {
      return try chain.appendOther("\(operation) of two results", step: name)
    }
    guard other.number != nil || other.tensor != nil else {
      return try chain.appendOther("\(operation) of what is computed", step: name)
    }
    if let number = other.number, chain.layers.isEmpty {
      try chain.calculate(step, [number], step: name)
    } else if let number = other.number {
      let bits = Bytes([Float(number).bitPattern], format: PyTorchFileFormat.name)
      let tensor = try StoredTensor(name: name, shape: [], bytes: bits, type: .float32)
      try chain.calculate(step, tensor, step: name)
    } else {
      try chain.calculate(step, weights(other, of: name), step: name)
    }
  }

  /// Columns before and after, then rows, then channels.
  private mutating func appendPadding(
    _ arguments: ScriptArguments, name: String
  ) throws(ImportError) {
    let amounts = arguments[1]?.integers ?? []
    let mode = arguments[2, "mode"]?.text ?? "constant"
    let filling = arguments[2]?.number ?? arguments[3, "value"]?.number ?? 0
    guard mode == "constant", filling == 0 else {
      let what = mode == "constant" ? "\(filling)" : mode
      return try chain.appendOther("padding with \(what)", step: name)
    }
    guard [4, 6, 8].contains(amounts.count), amounts[0] == amounts[2], amounts[1] == amounts[3],
      amounts.dropFirst(4).allSatisfy({ $0 == 0 }), amounts.allSatisfy({ 0...8 ~= $0 })
    else { return try chain.appendOther("padding by \(amounts)", step: name) }
    chain.pad(before: amounts[0], after: amounts[1])
  }

  private func weights(_ value: ScriptValue?, of name: String) throws(ImportError) -> StoredTensor {
    guard let tensor = value?.tensor else { throw unreadable("\(name) has no weights") }
    return tensor
  }

  private func unreadable(_ problem: String) -> ImportError {
    .damaged(format: PyTorchFileFormat.name, problem: problem)
  }
}

extension String {
  /// "features.0" of "features.0.weight"; nil where an array has no such name.
  fileprivate var layerName: String? {
    hasSuffix(".weight") ? String(dropLast(".weight".count)) : nil
  }
}
