import Tensors

/// The parts of an ONNX file that a chain of convolutions needs.
///
/// The field numbers are those of onnx.proto3: ModelProto, GraphProto, NodeProto, TensorProto.
struct ONNXModel: Sendable {
  /// A node of the graph.
  struct Node: Sendable {
    let name: String
    let operation: String
    let inputs: [String]
    let outputs: [String]

    private let attributes: [String: ProtobufMessage]
    /// The attributes of a node that replaces part of an integer operator.
    private var numbers: [String: Int] = [:]

    /// Creates a node that is not in the file, with the attributes of `other` and `numbers`.
    init(
      _ operation: String, named name: String, _ inputs: [String], _ output: String,
      _ numbers: [String: Int] = [:], like other: Node? = nil
    ) {
      self.name = name
      self.operation = operation
      self.inputs = inputs
      outputs = [output]
      attributes = other?.attributes ?? [:]
      self.numbers = numbers
    }

    init(_ message: ProtobufMessage) throws(ImportError) {
      inputs = try message.strings(1)
      outputs = try message.strings(2)
      name = try message.string(3)
      operation = try message.string(4)
      var attributes: [String: ProtobufMessage] = [:]
      for attribute in try message.messages(5) { attributes[try attribute.string(1)] = attribute }
      self.attributes = attributes
    }

    func has(_ name: String) -> Bool { attributes[name] != nil || numbers[name] != nil }
    func float(_ name: String, default missing: Float) throws(ImportError) -> Float {
      try attributes[name].map { attribute throws(ImportError) in try attribute.float(2) ?? 0 }
        ?? missing
    }
    func integer(_ name: String, default missing: Int) throws(ImportError) -> Int {
      if let number = numbers[name] { return number }
      return try attributes[name].map { attribute throws(ImportError) in
        try attribute.integer(3) ?? 0
      } ?? missing
    }
    func string(_ name: String) throws(ImportError) -> String {
      try attributes[name]?.string(4) ?? ""
    }
    func tensor(_ name: String) throws(ImportError) -> ProtobufMessage? {
      try attributes[name]?.message(5)
    }
    func floats(_ name: String) throws(ImportError) -> [Float]? {
      try attributes[name]?.floats(7)
    }
    func integers(_ name: String) throws(ImportError) -> [Int]? {
      try attributes[name]?.integers(8)
    }
  }

  /// The nodes, in the order of execution, without those that compute constants from constants.
  let nodes: [Node]
  /// The input that is not a constant, with its shape; 0 is an open size.
  let input: (name: String, shape: [Int])?
  /// Whether that is bytes, which are pixels as they are.
  let takesBytes: Bool
  /// The file's metadata, by key.
  let metadata: [String: String]
  /// Whether the network rounds to 8-bit integers between layers.
  let hasQuantization: Bool

  private let constants: ONNXConstants

  init(_ file: CheckpointFile) throws(ImportError) {
    let bytes = file.bytes(format: ONNXFormat.name)
    let model = ProtobufMessage(bytes)
    guard let graph = try model.message(7) else { throw bytes.damaged("it has no graph") }
    var constants = try ONNXConstants(graph, in: file)
    var nodes: [Node] = []
    var steps: [Node] = []
    for message in try graph.messages(1) { steps += try Node(message).takenApart }
    for node in steps.inOrder where try !constants.take(node) { nodes.append(node) }
    var input: (name: String, shape: [Int])?
    var takesBytes = false
    for value in try graph.messages(11) {
      let name = try value.string(1)
      if constants.has(name) { continue }
      let type = try value.message(2)?.message(1)
      takesBytes = try type?.integer(1) == 2
      let dimensions = try type?.message(2)?.messages(1) ?? []
      var shape: [Int] = []
      for dimension in dimensions { shape.append(try dimension.integer(1) ?? 0) }
      input = (name, shape)
      break
    }
    var metadata: [String: String] = [:]
    for entry in try model.messages(14) { metadata[try entry.string(1)] = try entry.string(2) }
    self.nodes = nodes
    self.input = input
    self.takesBytes = takesBytes
    self.metadata = metadata
    self.constants = constants
    hasQuantization = nodes.contains { $0.operation == "QuantizeLinear" }
  }

  /// Returns the constant called `name`; nil when it is computed from the input.
  func constant(_ name: String) throws(ImportError) -> StoredTensor? {
    try constants.tensor(name)
  }

  /// Returns the constant integers behind a DequantizeLinear called `name`; nil where there are
  /// none.
  func quantized(_ name: String) throws(ImportError) -> ONNXConstants.Quantized? {
    try constants.quantized(name)
  }

  /// Returns the quantisation at a QuantizeLinear or a DequantizeLinear; nil unless it has eight
  /// bits and one scale for all.
  func quantization(of node: Node) throws(ImportError) -> Quantization? {
    guard node.inputs.count >= 2, let scale = try constant(node.inputs[1]), scale.count == 1,
      let step = try scale.floats().first, step > 0, step.isFinite
    else { return nil }
    let zero = node.inputs.count > 2 ? try constant(node.inputs[2]) : nil
    guard zero?.count ?? 1 == 1, zero?.type ?? .uint8 == .uint8 || zero?.type == .int8 else {
      return nil
    }
    return Quantization(
      scale: step, zeroPoint: Int(try zero?.floats().first ?? 0), isSigned: zero?.type == .int8)
  }

  /// Whether there is a constant called `name`, of any type.
  func isConstant(_ name: String) -> Bool { constants.has(name) }
}

extension [ONNXModel.Node] {
  /// The nodes in an order in which each comes after those whose outputs it reads.
  ///
  /// Nodes in a cycle come last. Converters that add nodes do not always keep ONNX's order.
  var inOrder: [ONNXModel.Node] {
    let makers = Dictionary(
      enumerated().flatMap { index, node in node.outputs.map { ($0, index) } }
    ) { first, _ in first }
    let sources = map { node in Set(node.inputs.compactMap { makers[$0] }) }
    if indices.allSatisfy({ index in sources[index].allSatisfy { $0 < index } }) { return self }
    var readers: [Int: [Int]] = [:]
    for (index, sources) in sources.enumerated() {
      for source in sources { readers[source, default: []].append(index) }
    }
    var waiting = sources.map(\.count)
    var order = indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for reader in readers[order[next], default: []] {
        waiting[reader] -= 1
        if waiting[reader] == 0 { order.append(reader) }
      }
      next += 1
    }
    return (order + indices.filter { waiting[$0] > 0 }).map { self[$0] }
  }
}
