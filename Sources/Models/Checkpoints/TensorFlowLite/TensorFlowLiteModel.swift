/// The parts of a TensorFlow Lite file that a chain of convolutions needs.
///
/// The field numbers are those of tensorflow/lite/schema/schema.fbs, version 3.
struct TensorFlowLiteModel: Sendable {
  /// An array; only a constant one has bytes.
  struct Tensor: Sendable {
    let name: String
    let shape: [Int]
    let type: ScalarType?
    /// The numbers of a constant; nil for a computed tensor.
    let bytes: Bytes?
    /// The scales in (number − zero) · scale; empty for floats.
    let scales: [Float]
    let zeros: [Float]
    /// The axis with a scale for each index.
    let axis: Int

    /// The first of the names that the converter joined when it fused several layers.
    var shortName: String {
      let first = name.split(separator: ";").first.map(String.init) ?? name
      return first.count <= 80 ? first : String(first.suffix(80))
    }
  }

  /// An operator of the graph.
  struct Operator: Sendable {
    /// The schema's name for the operator, or a custom operator's own.
    let name: String
    let inputs: [Int]
    let outputs: [Int]
    let options: FlatTable?
  }

  /// The number of tensors.
  let tensorCount: Int
  /// The inputs of the graph, as tensor numbers.
  let inputs: [Int]
  /// The number of operators.
  let operatorCount: Int

  private let bytes: Bytes
  private let operations: [String]
  /// The buffer of each metadata entry, by name.
  private let metadata: [String: Int]
  private let tensorTables: [FlatTable]
  private let operatorTables: [FlatTable]
  private let buffers: [FlatTable]

  /// Reads the first subgraph.
  init(_ bytes: Bytes) throws(ImportError) {
    let model = try FlatTable(rootOf: bytes)
    guard let graph = try model.tables(2).first else { throw bytes.damaged("it has no subgraph") }
    var operations: [String] = []
    for table in try model.tables(1) {
      // Later operators have codes above 127, in a field of their own.
      let code = max(try table.integer(0, Int8.self), try table.integer(3, Int32.self))
      let custom = code == 32 ? try table.string(1) : ""
      operations.append(custom.isEmpty ? Self.name(ofOperator: code) : custom)
    }
    self.bytes = bytes
    self.operations = operations
    var metadata: [String: Int] = [:]
    for entry in try model.tables(6) {
      metadata[try entry.string(0)] = try entry.integer(1, UInt32.self)
    }
    self.metadata = metadata
    buffers = try model.tables(4)
    inputs = try graph.integers(1, Int32.self)
    tensorTables = try graph.tables(0)
    operatorTables = try graph.tables(3)
    (tensorCount, operatorCount) = (tensorTables.count, operatorTables.count)
  }

  /// Returns the tensor with this number.
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

  /// Returns the operator with this number.
  func step(_ index: Int) throws(ImportError) -> Operator {
    let table = operatorTables[index]
    let code = try table.integer(0, UInt32.self)
    guard operations.indices.contains(code) else {
      throw bytes.damaged("operator code \(code) of \(operations.count)")
    }
    return Operator(
      name: operations[code], inputs: try table.integers(1, Int32.self),
      outputs: try table.integers(2, Int32.self), options: try table.table(4))
  }

  /// Returns the bytes of the metadata called `name`; nil where there are none.
  func metadata(_ name: String) throws(ImportError) -> Bytes? {
    guard let buffer = metadata[name] else { return nil }
    guard buffers.indices.contains(buffer) else {
      throw bytes.damaged("buffer \(buffer) of \(buffers.count)")
    }
    return try buffers[buffer].data(0)
  }

  /// Returns an error that states how the file is damaged.
  func damaged(_ problem: String) -> ImportError { bytes.damaged(problem) }

  private static let types: [Int: ScalarType] = [
    0: .float32, 1: .float16, 2: .int32, 3: .uint8, 4: .int64, 7: .int16, 9: .int8, 10: .float64,
  ]

  private static func name(ofOperator code: Int) -> String {
    operatorNames.indices.contains(code) ? operatorNames[code] : "operator \(code)"
  }

  /// The names of BuiltinOperator, from 0 on.
  private static let operatorNames = """
    ADD AVERAGE_POOL_2D CONCATENATION CONV_2D DEPTHWISE_CONV_2D DEPTH_TO_SPACE DEQUANTIZE \
    EMBEDDING_LOOKUP FLOOR FULLY_CONNECTED HASHTABLE_LOOKUP L2_NORMALIZATION L2_POOL_2D \
    LOCAL_RESPONSE_NORMALIZATION LOGISTIC LSH_PROJECTION LSTM MAX_POOL_2D MUL RELU RELU_N1_TO_1 \
    RELU6 RESHAPE RESIZE_BILINEAR RNN SOFTMAX SPACE_TO_DEPTH SVDF TANH CONCAT_EMBEDDINGS \
    SKIP_GRAM CALL CUSTOM EMBEDDING_LOOKUP_SPARSE PAD UNIDIRECTIONAL_SEQUENCE_RNN GATHER \
    BATCH_TO_SPACE_ND SPACE_TO_BATCH_ND TRANSPOSE MEAN SUB DIV SQUEEZE \
    UNIDIRECTIONAL_SEQUENCE_LSTM STRIDED_SLICE BIDIRECTIONAL_SEQUENCE_RNN EXP TOPK_V2 SPLIT \
    LOG_SOFTMAX DELEGATE BIDIRECTIONAL_SEQUENCE_LSTM CAST PRELU MAXIMUM ARG_MAX MINIMUM LESS NEG \
    PADV2 GREATER GREATER_EQUAL LESS_EQUAL SELECT SLICE SIN TRANSPOSE_CONV SPARSE_TO_DENSE TILE \
    EXPAND_DIMS EQUAL NOT_EQUAL LOG SUM SQRT RSQRT SHAPE POW ARG_MIN FAKE_QUANT REDUCE_PROD \
    REDUCE_MAX PACK LOGICAL_OR ONE_HOT LOGICAL_AND LOGICAL_NOT UNPACK REDUCE_MIN FLOOR_DIV \
    REDUCE_ANY SQUARE ZEROS_LIKE FILL FLOOR_MOD RANGE RESIZE_NEAREST_NEIGHBOR LEAKY_RELU \
    SQUARED_DIFFERENCE MIRROR_PAD ABS SPLIT_V UNIQUE CEIL REVERSE_V2 ADD_N GATHER_ND COS WHERE \
    RANK ELU REVERSE_SEQUENCE MATRIX_DIAG QUANTIZE MATRIX_SET_DIAG ROUND HARD_SWISH IF WHILE \
    NON_MAX_SUPPRESSION_V4 NON_MAX_SUPPRESSION_V5 SCATTER_ND SELECT_V2 DENSIFY SEGMENT_SUM \
    BATCH_MATMUL PLACEHOLDER_FOR_GREATER_OP_CODES CUMSUM CALL_ONCE BROADCAST_TO RFFT2D CONV_3D \
    IMAG REAL COMPLEX_ABS HASHTABLE HASHTABLE_FIND HASHTABLE_IMPORT HASHTABLE_SIZE REDUCE_ALL \
    CONV_3D_TRANSPOSE VAR_HANDLE READ_VARIABLE ASSIGN_VARIABLE BROADCAST_ARGS RANDOM_STANDARD_NORMAL \
    BUCKETIZE RANDOM_UNIFORM MULTINOMIAL GELU DYNAMIC_UPDATE_SLICE RELU_0_TO_1 \
    UNSORTED_SEGMENT_PROD UNSORTED_SEGMENT_MAX UNSORTED_SEGMENT_SUM ATAN2
    """.split(separator: " ").map(String.init)
}
