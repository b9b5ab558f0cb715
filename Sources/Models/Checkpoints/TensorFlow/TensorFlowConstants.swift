/// The results of a TensorFlow graph that do not depend on its input: constants, variables, and the
/// arithmetic on them that makes up a batch norm.
struct TensorFlowConstants {
  private let nodes: [String: TensorFlowNode]
  /// Returns the numbers of a variable, or of a constant in another file; nil where there are none.
  private let stored: (String) throws(ImportError) -> StoredTensor?

  init(
    _ nodes: [TensorFlowNode], stored: @escaping (String) throws(ImportError) -> StoredTensor?
  ) {
    self.nodes = Dictionary(nodes.map { ($0.name, $0) }) { first, _ in first }
    self.stored = stored
  }

  /// Returns the numbers of the node called `name`; nil where they depend on the input.
  func tensor(_ name: String) throws(ImportError) -> StoredTensor? { try tensor(name, depth: 0) }

  private func tensor(_ name: String, depth: Int) throws(ImportError) -> StoredTensor? {
    guard let node = nodes[name] else { return nil }
    guard depth < 24 else { throw damaged("\(name) is made in too many steps") }
    func input(_ index: Int) throws(ImportError) -> StoredTensor? {
      guard node.inputs.indices.contains(index) else { return nil }
      return try tensor(node.inputs[index], depth: depth + 1)
    }
    switch node.operation {
    case "Const":
      if let stored = try stored(name) { return stored }
      return try node.tensor("value").map { message throws(ImportError) in
        try Self.constant(message, name: name)
      }
    case "VariableV2", "Variable", "VarHandleOp": return try stored(name)
    case "Identity", "ReadVariableOp", "StopGradient", "CheckNumerics", "Cast": return try input(0)
    case "Reshape":
      guard let first = try input(0), let shape = try input(1), shape.count <= 8 else { return nil }
      return try first.reshaped(to: shape.floats().map { Int(exactly: $0) ?? 0 }, name: name)
    case "Squeeze", "ExpandDims":
      return try input(0).map { first throws(ImportError) in
        try first.reshaped(to: first.shape.filter { $0 != 1 }, name: name)
      }
    case "Pack", "ConcatV2":
      // The last input of a ConcatV2 is its axis; shapes have only one.
      let count = node.inputs.count - (node.operation == "Pack" ? 0 : 1)
      var numbers: [Float] = []
      for index in 0..<min(max(count, 0), 8) {
        guard let part = try input(index), part.count <= 8 else { return nil }
        numbers += try part.floats()
      }
      return try Self.list(numbers, name: name)
    case "Fill":
      guard let size = try input(0)?.floats(), let number = try input(1)?.floats().first,
        size.count <= 1, 0...8 ~= size.first ?? 1
      else { return nil }
      return try Self.list(Array(repeating: number, count: Int(size.first ?? 1)), name: name)
    case "Rank":
      guard let first = node.inputs.first, let rank = try rank(first, depth: depth) else {
        return nil
      }
      return try Self.list([Float(rank)], name: name)
    case "Rsqrt": return try input(0)?.mapped { 1 / $0.squareRoot() }
    case "Sqrt": return try input(0)?.mapped { $0.squareRoot() }
    case "Square": return try input(0)?.mapped { $0 * $0 }
    case "Maximum": return try .combined(input(0), input(1)) { max($0, $1) }
    case "Minimum": return try .combined(input(0), input(1)) { min($0, $1) }
    case "Neg": return try input(0)?.mapped { -$0 }
    case "Add", "AddV2": return try .combined(input(0), input(1)) { $0 + $1 }
    case "Sub": return try .combined(input(0), input(1)) { $0 - $1 }
    case "Mul": return try .combined(input(0), input(1)) { $0 * $1 }
    case "RealDiv": return try .combined(input(0), input(1)) { $0 / $1 }
    default: return nil
    }
  }

  /// The number of axes of what is computed from the input number by number.
  private func rank(_ name: String, depth: Int) throws(ImportError) -> Int? {
    guard depth < 24, let node = nodes[name] else { return nil }
    if node.operation == "Placeholder" { return try node.shape("shape").count }
    let same: Set = ["Identity", "Cast", "Mul", "Add", "AddV2", "Sub", "RealDiv", "BiasAdd"]
    guard same.contains(node.operation) else { return nil }
    for input in node.inputs {
      if let rank = try rank(input, depth: depth + 1) { return rank }
    }
    return nil
  }

  /// A row of a few numbers.
  private static func list(_ numbers: [Float], name: String) throws(ImportError) -> StoredTensor {
    try StoredTensor(
      name: name, shape: [numbers.count],
      bytes: Bytes(numbers.map(\.bitPattern), format: TensorFlowGraphFormat.name), type: .float32)
  }

  /// Reads a TensorProto of tensor.proto; the last number of a list that is too short repeats.
  private static func constant(
    _ message: ProtobufMessage, name: String
  ) throws(ImportError) -> StoredTensor {
    let code = try message.integer(1) ?? 0
    guard let type = TensorBundle.types[code] else {
      throw .unsupported(
        format: TensorFlowGraphFormat.name, feature: "\(name) of data type \(code)")
    }
    let shape = try TensorBundle.shape(message.message(2))
    guard let count = shape.checkedProduct else {
      throw message.bytes.damaged("\(name) has the impossible shape \(shape)")
    }
    if let content = try message.data(4), content.count > 0 {
      return try StoredTensor(name: name, shape: shape, bytes: content, type: type)
    }
    guard count <= 1 << 16 else { throw message.bytes.damaged("\(name) lacks its numbers") }
    var numbers: [Float]
    switch type {
    case .float32: numbers = try message.floats(5)
    case .float64: numbers = try message.data(6)?.floats(.float64) ?? []
    case .int64: numbers = try message.integers(10).map { Float($0) }
    case .float16, .bfloat16:
      let bits = Bytes(try message.integers(13), width: 2, format: TensorFlowGraphFormat.name)
      numbers = bits.floats(type)
    default: numbers = try message.integers(7).map { Float($0) }
    }
    while numbers.count < count { numbers.append(numbers.last ?? 0) }
    return try StoredTensor(
      name: name, shape: shape,
      bytes: Bytes(numbers.prefix(count).map(\.bitPattern), format: TensorFlowGraphFormat.name),
      type: .float32)
  }

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: TensorFlowGraphFormat.name, problem: problem)
  }
}
