/// The constants of an ONNX graph, and the results of steps on constants alone.
///
/// Exporters put DequantizeLinear, Cast, Transpose and the like behind weights; their results are
/// constants too, decoded on demand.
struct ONNXConstants: Sendable {
  private var tensors: [String: ProtobufMessage] = [:]
  private var steps: [String: ONNXModel.Node] = [:]
  private let file: CheckpointFile

  init(_ graph: ProtobufMessage, in file: CheckpointFile) throws(ImportError) {
    self.file = file
    for tensor in try graph.messages(5) { tensors[try tensor.string(8)] = tensor }
  }

  /// Whether there is a constant called `name`, of any type.
  func has(_ name: String) -> Bool { tensors[name] != nil || steps[name] != nil }

  /// Adds a step if it computes a constant from constants alone; returns whether it does.
  mutating func take(_ node: ONNXModel.Node) throws(ImportError) -> Bool {
    guard let output = node.outputs.first else { return false }
    if node.operation == "Constant" {
      if let tensor = try node.tensor("value") {
        tensors[output] = tensor
      } else {
        steps[output] = node
      }
      return true
    }
    guard Self.operations.contains(node.operation), let first = node.inputs.first,
      node.inputs.allSatisfy({ has($0) || $0.isEmpty }), has(first)
    else { return false }
    steps[output] = node
    return true
  }

  /// Returns the constant called `name`; nil when it is computed from the input.
  func tensor(_ name: String) throws(ImportError) -> StoredTensor? {
    try tensor(name, depth: 0)
  }

  private static let operations: Set = [
    "Identity", "Cast", "QuantizeLinear", "DequantizeLinear", "Reshape", "Squeeze", "Unsqueeze",
    "Flatten", "Transpose", "Mul",
  ]

  /// Constant integers and their scale: (number − zero) · scale, with a pair for each index along
  /// `axis`, or one for all.
  struct Quantized {
    let numbers: StoredTensor
    let scales: [Float]
    let zeros: [Float]
    let axis: Int
  }

  /// Returns the integers behind a DequantizeLinear called `name`; nil where there are none.
  func quantized(_ name: String) throws(ImportError) -> Quantized? {
    guard let node = steps[name], node.operation == "DequantizeLinear", node.inputs.count >= 2,
      let numbers = try tensor(node.inputs[0]), let scales = try tensor(node.inputs[1])
    else { return nil }
    let zeros = node.inputs.count > 2 ? try tensor(node.inputs[2]) : nil
    let axis = try node.integer("axis", default: 1)
    return Quantized(
      numbers: numbers, scales: try scales.floats(), zeros: try zeros?.floats() ?? [],
      axis: axis < 0 ? axis + numbers.shape.count : axis)
  }

  private func tensor(_ name: String, depth: Int) throws(ImportError) -> StoredTensor? {
    if let tensor = tensors[name] { return try stored(tensor, name: name) }
    guard let node = steps[name] else { return nil }
    guard depth < 16 else { throw damaged("\(name) is made in too many steps") }
    if node.operation == "Constant" { return try literal(node, name: name) }
    func input(_ index: Int) throws(ImportError) -> StoredTensor? {
      guard node.inputs.count > index, !node.inputs[index].isEmpty else { return nil }
      return try tensor(node.inputs[index], depth: depth + 1)
    }
    guard let first = try input(0) else { return nil }
    switch node.operation {
    case "Mul":
      guard let second = try input(1) else { throw damaged("\(name) is a product of one thing") }
      return try .combined(first, second) { $0 * $1 }
    case "QuantizeLinear":
      guard let scale = try input(1) else { throw damaged("\(name) has no scale") }
      let axis = try node.integer("axis", default: 1)
      let zero = try input(2)
      return try first.quantized(
        scales: scale.floats(), zeros: try zero?.floats() ?? [], range: zero?.type.range ?? 0...255,
        axis: axis < 0 ? axis + first.shape.count : axis, format: ONNXFormat.name)
    case "DequantizeLinear":
      guard let scale = try input(1) else { throw damaged("\(name) has no scale") }
      guard try node.integer("block_size", default: 0) == 0 else {
        throw .unsupported(format: ONNXFormat.name, feature: "\(name), quantised in blocks,")
      }
      let axis = try node.integer("axis", default: 1)
      return try first.dequantized(
        scales: scale.floats(), zeros: try input(2)?.floats() ?? [],
        axis: axis < 0 ? axis + first.shape.count : axis, format: ONNXFormat.name)
    case "Transpose":
      let reversed = Array(first.shape.indices.reversed())
      let axes = try node.integers("perm") ?? reversed
      guard axes.sorted() == Array(first.shape.indices) else {
        throw damaged("\(name) turns its axes to \(axes)")
      }
      return first.transposed(axes)
    case "Reshape":
      guard let wanted = try input(1), wanted.count <= 8 else {
        throw damaged("\(name) has no shape")
      }
      return try first.reshaped(to: wanted.floats().map { Int(exactly: $0) ?? 0 }, name: name)
    case "Squeeze": return try first.reshaped(to: first.shape.filter { $0 != 1 }, name: name)
    case "Flatten":
      return try first.reshaped(to: [first.shape.first ?? 1, -1], name: name)
    case "Unsqueeze": return try first.reshaped(to: [1] + first.shape, name: name)
    default: return first
    }
  }

  /// Returns a Constant's numbers that are not in a tensor; nil where there are none.
  private func literal(_ node: ONNXModel.Node, name: String) throws(ImportError) -> StoredTensor? {
    if let floats = try node.floats("value_floats") {
      return try small(floats, shape: [floats.count], name: name)
    }
    if let integers = try node.integers("value_ints") {
      return try small(integers.map { Float($0) }, shape: [integers.count], name: name)
    }
    if node.has("value_float") {
      return try small([node.float("value_float", default: 0)], shape: [], name: name)
    }
    guard node.has("value_int") else { return nil }
    return try small([Float(node.integer("value_int", default: 0))], shape: [], name: name)
  }

  private func small(
    _ values: [Float], shape: [Int], name: String
  ) throws(ImportError) -> StoredTensor {
    try StoredTensor(
      name: name, shape: shape, bytes: Bytes(values.map(\.bitPattern), format: ONNXFormat.name),
      type: .float32)
  }

  /// Reads a TensorProto.
  private func stored(
    _ tensor: ProtobufMessage, name: String
  ) throws(ImportError) -> StoredTensor {
    let code = try tensor.integer(2) ?? 0
    guard let type = Self.types[code] else {
      throw .unsupported(
        format: ONNXFormat.name,
        feature: "\(name) as \(Self.typeNames[code] ?? "data type \(code)")")
    }
    let shape = try tensor.integers(1)
    let bytes: Bytes
    if try tensor.integer(14) == 1 {
      bytes = try external(tensor, name: name)
    } else if let raw = try tensor.data(9) {
      bytes = raw
    } else if let list = Self.packedLists[code], let packed = try tensor.data(list) {
      bytes = packed
    } else {
      // All numbers but floats are a list of varints; halves, by their bits.
      guard let count = shape.checkedProduct else {
        throw damaged("\(name) has the impossible shape \(shape)")
      }
      let list = type == .int64 ? 7 : 5
      let numbers = try tensor.integers(list, limit: count)
      bytes = Bytes(numbers, width: type.bitWidth / 8, format: ONNXFormat.name)
    }
    return try StoredTensor(name: name, shape: shape, bytes: bytes, type: type)
  }

  /// Reads bytes from another file of the same folder.
  private func external(_ tensor: ProtobufMessage, name: String) throws(ImportError) -> Bytes {
    var entries: [String: String] = [:]
    for entry in try tensor.messages(13) { entries[try entry.string(1)] = try entry.string(2) }
    let bytes = try file.neighbour(entries["location"] ?? "", format: ONNXFormat.name)
    let offset = Int(entries["offset"] ?? "0") ?? -1
    let length = Int(entries["length"] ?? "") ?? max(bytes.count - max(offset, 0), 0)
    return try bytes.slice(offset, count: length, of: name)
  }

  /// The number types by their codes in TensorProto.DataType.
  private static let types: [Int: ScalarType] = [
    1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .uint8,
    10: .float16, 11: .float64, 16: .bfloat16,
  ]

  /// The fields that hold a packed list of floats, by the number type's code.
  private static let packedLists = [1: 4, 11: 10]

  private static let typeNames = [
    8: "texts", 12: "uint32", 13: "uint64", 14: "complex64", 15: "complex128", 17: "float8e4m3fn",
    18: "float8e4m3fnuz", 19: "float8e5m2", 20: "float8e5m2fnuz", 21: "uint4", 22: "int4",
    23: "float4e2m1",
  ]

  private func damaged(_ problem: String) -> ImportError {
    .damaged(format: ONNXFormat.name, problem: problem)
  }
}
