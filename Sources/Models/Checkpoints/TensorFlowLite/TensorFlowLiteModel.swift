/// What a TensorFlow Lite file holds, as far as a chain of convolutions needs it.
///
/// The field numbers are those of tensorflow/lite/schema/schema.fbs, version 3.
struct TensorFlowLiteModel: Sendable {
  /// An array; a constant one has bytes.
  struct Tensor: Sendable {
    let name: String
    let shape: [Int]
    let type: ScalarType?
    /// Empty for what is computed.
    let bytes: Bytes?
    /// (number − zero) · scale; none for floats.
    let scales: [Float]
    let zeros: [Float]
    /// The axis that has a scale for each of its indices.
    let axis: Int
  }

  /// A step of the program.
  struct Operator: Sendable {
    let code: Int
    let inputs: [Int]
    let outputs: [Int]
    let options: FlatTable?

    /// What the schema calls it.
    var name: String { TensorFlowLiteModel.operatorNames[code] ?? "operator \(code)" }
  }

  /// How many tensors there are.
  let tensorCount: Int
  /// The tensors that are given to the program.
  let inputs: [Int]
  /// How many steps there are.
  let operatorCount: Int

  private let bytes: Bytes
  private let codes: [Int]
  private let tensorTables: [FlatTable]
  private let operatorTables: [FlatTable]
  private let buffers: [FlatTable]

  /// Reads the first subgraph.
  init(_ bytes: Bytes) throws(ImportError) {
    let model = try FlatTable(rootOf: bytes)
    guard let graph = try model.tables(2).first else { throw bytes.damaged("it has no subgraph") }
    var codes: [Int] = []
    for table in try model.tables(1) {
      // Codes above 127 came later, in a field of their own.
      codes.append(max(try table.integer(0, Int8.self), try table.integer(3, Int32.self)))
    }
    self.bytes = bytes
    self.codes = codes
    buffers = try model.tables(4)
    inputs = try graph.integers(1, Int32.self)
    tensorTables = try graph.tables(0)
    operatorTables = try graph.tables(3)
    (tensorCount, operatorCount) = (tensorTables.count, operatorTables.count)
  }

  /// The tensor with this number.
  func tensor(_ index: Int) throws(ImportError) -> Tensor {
    guard tensorTables.indices.contains(index) else {
      throw bytes.damaged("tensor \(index) of \(tensorCount)")
    }
    let table = tensorTables[index]
    let buffer = try table.integer(2, UInt32.self)
    guard buffers.indices.contains(buffer) else {
      throw bytes.damaged("buffer \(buffer) of \(buffers.count)")
    }
    let quantization = try table.table(4)
    return Tensor(
      name: try table.string(3), shape: try table.integers(0, Int32.self),
      type: Self.types[try table.integer(1, Int8.self)], bytes: try buffers[buffer].data(0),
      scales: try quantization?.floats(2) ?? [],
      zeros: try quantization?.integers(3, Int64.self).map { Float($0) } ?? [],
      axis: try quantization?.integer(6, Int32.self) ?? 0)
  }

  /// The step with this number.
  func step(_ index: Int) throws(ImportError) -> Operator {
    let table = operatorTables[index]
    let code = try table.integer(0, UInt32.self)
    guard codes.indices.contains(code) else {
      throw bytes.damaged("operator code \(code) of \(codes.count)")
    }
    return Operator(
      code: codes[code], inputs: try table.integers(1, Int32.self),
      outputs: try table.integers(2, Int32.self), options: try table.table(4))
  }

  private static let types: [Int: ScalarType] = [
    0: .float32, 1: .float16, 2: .int32, 3: .uint8, 7: .int16, 9: .int8, 10: .float64,
  ]

  private static let operatorNames = [
    0: "ADD", 1: "AVERAGE_POOL_2D", 2: "CONCATENATION", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D",
    6: "DEQUANTIZE", 9: "FULLY_CONNECTED", 14: "LOGISTIC", 17: "MAX_POOL_2D", 18: "MUL",
    19: "RELU", 21: "RELU6", 22: "RESHAPE", 25: "SOFTMAX", 34: "PAD", 39: "TRANSPOSE", 40: "MEAN",
    41: "SUB", 43: "SQUEEZE", 45: "STRIDED_SLICE", 60: "PADV2", 67: "TRANSPOSE_CONV", 77: "SHAPE",
    83: "PACK", 114: "QUANTIZE",
    117: "HARD_SWISH",
  ]
}
