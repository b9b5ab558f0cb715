/// The program of an `mlProgram`: operations with named inputs, one after another.
///
/// The field numbers are those of MIL.proto: Program, Function, Block, Operation, Argument, Value.
struct MLProgram {
  /// An operation of the program.
  struct Operation {
    let name: String
    let kind: String
    let output: String

    /// The values of the inputs: literal values, or names of other steps' outputs; an input may
    /// have several.
    fileprivate let inputs: [String: [ProtobufMessage]]
    fileprivate let attributes: [String: ProtobufMessage]

    fileprivate init(_ message: ProtobufMessage) throws(ImportError) {
      kind = try message.string(1)
      output = try message.messages(3).first?.string(1) ?? ""
      var inputs: [String: [ProtobufMessage]] = [:]
      for entry in try message.messages(2) {
        inputs[try entry.string(1)] = try entry.message(2)?.messages(1) ?? []
      }
      self.inputs = inputs
      attributes = try MLProgram.map(message, 5)
      let own = try attributes["name"].map { value throws(ImportError) in
        try MLValue(value).texts.first
      }
      name = (own ?? nil) ?? output
    }

    /// The names of what other steps make for an input that takes several.
    func sources(_ input: String) throws(ImportError) -> [String] {
      var names: [String] = []
      for binding in inputs[input] ?? [] { names.append(try binding.string(1)) }
      return names
    }

    /// Returns the name of the other step's output that an input reads; nil for a literal value.
    func source(_ input: String) throws(ImportError) -> String? {
      guard let name = try inputs[input]?.first?.string(1), !name.isEmpty else { return nil }
      return name
    }
  }

  /// The operations that are not constants, in order.
  let operations: [Operation]

  private let constants: [String: Operation]
  private let weights: Bytes?

  /// Reads the main function's block; `weights` are the bytes of `weight.bin`.
  init(_ program: ProtobufMessage, weights: Bytes?) throws(ImportError) {
    let functions = try Self.map(program, 2)
    guard let main = functions["main"] ?? functions.values.first else {
      throw program.bytes.damaged("the program has no function")
    }
    let blocks = try Self.map(main, 3)
    guard let block = try blocks[main.string(2)] ?? blocks.values.first else {
      throw program.bytes.damaged("its function has no block")
    }
    var operations: [Operation] = []
    var constants: [String: Operation] = [:]
    for message in try block.messages(3) {
      let operation = try Operation(message)
      if operation.kind == "const" || operation.kind.hasPrefix("constexpr_") {
        constants[operation.output] = operation
      } else {
        operations.append(operation)
      }
    }
    self.operations = operations
    self.constants = constants
    self.weights = weights
  }

  /// Returns the entries of a map with texts as keys.
  fileprivate static func map(
    _ message: ProtobufMessage, _ field: Int
  ) throws(ImportError) -> [String: ProtobufMessage] {
    var map: [String: ProtobufMessage] = [:]
    for entry in try message.messages(field) {
      if let value = try entry.message(2) { map[try entry.string(1)] = value }
    }
    return map
  }

  /// Returns whether an input exists and is not another step's output.
  func isConstant(_ operation: Operation, _ input: String) throws(ImportError) -> Bool {
    guard let name = try operation.source(input) else { return operation.inputs[input] != nil }
    return constants[name] != nil
  }

  /// Returns the numbers of an input; nil if there is none, or another step computes it.
  func tensor(_ operation: Operation, _ input: String) throws(ImportError) -> StoredTensor? {
    try tensor(operation, input, depth: 0)
  }

  private func tensor(
    _ operation: Operation, _ input: String, depth: Int
  ) throws(ImportError) -> StoredTensor? {
    guard let value = try value(operation, input) else { return nil }
    switch value {
    case .plain(let value): return try MLValue(value).tensor(operation.name, weights: weights)
    case .computed(let constant):
      // Constants may depend on constants; in a damaged file, even on themselves.
      guard depth < 4 else {
        throw .damaged(
          format: CoreMLFormat.name, problem: "\(constant.name) is made in too many steps")
      }
      return try computed(constant, depth: depth + 1)
    }
  }

  /// Returns an input of a few integers; nil if there is none.
  func integers(_ operation: Operation, _ input: String) throws(ImportError) -> [Int]? {
    guard case .plain(let value) = try value(operation, input) else { return nil }
    return try MLValue(value).integers
  }

  /// Returns the first number of an input; nil if there is none.
  func number(_ operation: Operation, _ input: String) throws(ImportError) -> Double? {
    try tensor(operation, input)?.floats().first.map { Double($0) }
  }

  /// Returns an input that is a text; nil if there is none.
  func text(_ operation: Operation, _ input: String) throws(ImportError) -> String? {
    guard case .plain(let value) = try value(operation, input) else { return nil }
    return try MLValue(value).texts.first
  }

  /// The labels, from the last step, which names the classes.
  var labels: [String] {
    get throws(ImportError) {
      guard let step = operations.last(where: { $0.kind == "classify" }),
        case .plain(let value) = try value(step, "classes")
      else { return [] }
      // The labels are a list of values, each a text or a number.
      var labels: [String] = []
      for part in try value.message(3)?.message(3)?.messages(1) ?? [] {
        let value = MLValue(part)
        labels += try value.texts.isEmpty ? value.integers.map { "\($0)" } : value.texts
      }
      return try labels.isEmpty ? MLValue(value).texts : labels
    }
  }

  private enum Found {
    case plain(ProtobufMessage)
    case computed(Operation)
  }

  private func value(_ operation: Operation, _ input: String) throws(ImportError) -> Found? {
    guard let binding = operation.inputs[input]?.first else {
      return operation.attributes[input].map { .plain($0) }
    }
    if let value = try binding.message(2) { return .plain(value) }
    guard let constant = constants[try binding.string(1)] else { return nil }
    if constant.kind == "const" { return constant.attributes["val"].map { .plain($0) } }
    return .computed(constant)
  }

  /// Returns the weights that a constexpr decompresses.
  private func computed(
    _ constant: Operation, depth: Int
  ) throws(ImportError) -> StoredTensor {
    func part(_ name: String) throws(ImportError) -> StoredTensor {
      guard let tensor = try tensor(constant, name, depth: depth) else {
        throw .damaged(format: CoreMLFormat.name, problem: "\(constant.name) has no \(name)")
      }
      return tensor
    }
    switch constant.kind {
    case "constexpr_affine_dequantize":
      let axis = try integers(constant, "axis")?.first ?? 0
      return try part("quantized_data").dequantized(
        scales: part("scale").floats(), zeros: part("zero_point").floats(), axis: axis,
        format: CoreMLFormat.name)
    case "constexpr_lut_to_dense":
      let (indices, table) = (try part("indices"), try part("lut"))
      // Since iOS 18 the indices have axes of their own, and blocks have tables of their own.
      guard let shape = try tensor(constant, "shape", depth: depth) else {
        let axis = try integers(constant, "vector_axis")?.first ?? 0
        return try indices.looked(
          upInBlocks: table, along: axis < 0 ? axis + indices.shape.count : axis,
          format: CoreMLFormat.name)
      }
      return try indices.looked(
        up: table, shape: shape.floats().map { Int(exactly: $0) ?? 0 }, format: CoreMLFormat.name)
    case "constexpr_cast": return try part("source_val")
    case "constexpr_blockwise_shift_scale":
      return try part("data").dequantized(
        inBlocks: part("scale"), zeros: tensor(constant, "offset", depth: depth),
        format: CoreMLFormat.name)
    default:
      throw .unsupported(
        format: CoreMLFormat.name, feature: "\(constant.name) as \(constant.kind)")
    }
  }
}
