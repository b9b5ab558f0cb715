/// What an ONNX file holds, as far as a chain of convolutions needs it.
///
/// The field numbers are those of onnx.proto3: ModelProto, GraphProto, NodeProto, TensorProto.
struct ONNXModel: Sendable {
  /// A step of the graph.
  struct Node: Sendable {
    let name: String
    let operation: String
    let inputs: [String]
    let outputs: [String]

    private let attributes: [String: ProtobufMessage]

    init(_ message: ProtobufMessage) throws(ImportError) {
      inputs = try message.strings(1)
      outputs = try message.strings(2)
      name = try message.string(3)
      operation = try message.string(4)
      var attributes: [String: ProtobufMessage] = [:]
      for attribute in try message.messages(5) { attributes[try attribute.string(1)] = attribute }
      self.attributes = attributes
    }

    func float(_ name: String, default missing: Float) throws(ImportError) -> Float {
      try attributes[name]?.float(2) ?? missing
    }
    func integer(_ name: String, default missing: Int) throws(ImportError) -> Int {
      try attributes[name]?.integer(3) ?? missing
    }
    func string(_ name: String) throws(ImportError) -> String {
      try attributes[name]?.string(4) ?? ""
    }
    func tensor(_ name: String) throws(ImportError) -> ProtobufMessage? {
      try attributes[name]?.message(5)
    }
    func integers(_ name: String) throws(ImportError) -> [Int]? {
      try attributes[name]?.integers(8)
    }
  }

  /// The steps, in the order in which they are run.
  let nodes: [Node]
  /// What the graph is given, constants left out, with its shape.
  let input: (name: String, shape: [Int])?

  private let constants: [String: ProtobufMessage]
  private let file: CheckpointFile

  init(_ file: CheckpointFile) throws(ImportError) {
    let bytes = file.bytes(format: ONNXFormat.name)
    guard let graph = try ProtobufMessage(bytes).message(7) else {
      throw bytes.damaged("it has no graph")
    }
    var constants: [String: ProtobufMessage] = [:]
    for tensor in try graph.messages(5) { constants[try tensor.string(8)] = tensor }
    var nodes: [Node] = []
    for message in try graph.messages(1) {
      let node = try Node(message)
      if node.operation == "Constant", let output = node.outputs.first {
        constants[output] = try node.tensor("value")
      } else {
        nodes.append(node)
      }
    }
    var input: (name: String, shape: [Int])?
    for value in try graph.messages(11) {
      let name = try value.string(1)
      if constants[name] != nil { continue }
      let dimensions = try value.message(2)?.message(1)?.message(2)?.messages(1) ?? []
      var shape: [Int] = []
      for dimension in dimensions { shape.append(try dimension.integer(1) ?? 0) }
      input = (name, shape)
      break
    }
    self.file = file
    self.nodes = nodes
    self.input = input
    self.constants = constants
  }

  /// The constant of that name; nil when it is computed.
  func constant(_ name: String) throws(ImportError) -> StoredTensor? {
    guard let tensor = constants[name] else { return nil }
    let code = try tensor.integer(2) ?? 0
    guard let (type, list) = Self.types[code] else {
      throw .unsupported(format: ONNXFormat.name, feature: "\(name) of data type \(code)")
    }
    let shape = try tensor.integers(1)
    let bytes: Bytes
    if try tensor.integer(14) == 1 {
      bytes = try external(tensor, name: name)
    } else if let raw = try tensor.data(9) {
      bytes = raw
    } else if let list, let packed = try tensor.data(list) {
      bytes = packed
    } else {
      // Integers outside of raw data are varints; only lists as short as a shape are kept so.
      let numbers = try tensor.integers(5) + tensor.integers(7)
      bytes = Bytes(numbers.map { Int32(truncatingIfNeeded: $0) }, format: ONNXFormat.name)
      return try StoredTensor(name: name, shape: shape, bytes: bytes, type: .int32)
    }
    return try StoredTensor(name: name, shape: shape, bytes: bytes, type: type)
  }

  /// Whether there is a constant of that name, of whatever type.
  func isConstant(_ name: String) -> Bool { constants[name] != nil }

  /// The bytes that lie in another file of the same folder.
  private func external(_ tensor: ProtobufMessage, name: String) throws(ImportError) -> Bytes {
    var entries: [String: String] = [:]
    for entry in try tensor.messages(13) { entries[try entry.string(1)] = try entry.string(2) }
    let bytes = try file.neighbour(entries["location"] ?? "", format: ONNXFormat.name)
    let offset = Int(entries["offset"] ?? "0") ?? -1
    let length = Int(entries["length"] ?? "") ?? max(bytes.count - max(offset, 0), 0)
    return try bytes.slice(offset, count: length, of: name)
  }

  /// TensorProto.DataType, and the field that holds a packed list of it.
  private static let types: [Int: (ScalarType, list: Int?)] = [
    1: (.float32, 4), 6: (.int32, nil), 7: (.int64, nil), 10: (.float16, nil), 11: (.float64, 10),
    16: (.bfloat16, nil),
  ]
}
