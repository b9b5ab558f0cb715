/// The weights of a layer: floats, halves, or integers of one to eight bits that represent floats.
struct CoreMLWeights {
  private let message: ProtobufMessage

  /// Reads a WeightParams message.
  init(_ message: ProtobufMessage) { self.message = message }

  /// Returns the weights as an array of this shape.
  func tensor(_ name: String, shape: [Int]) throws(ImportError) -> StoredTensor {
    if let floats = try message.data(1) {
      return try StoredTensor(name: name, shape: shape, bytes: floats, type: .float32)
    }
    if let halves = try message.data(2) {
      return try StoredTensor(name: name, shape: shape, bytes: halves, type: .float16)
    }
    guard let raw = try message.data(30), let quantization = try message.message(40) else {
      throw .unsupported(
        format: CoreMLFormat.name, feature: "\(name), numbers of another kind than floats,")
    }
    let bits = try quantization.integer(1) ?? 8
    guard 1...8 ~= bits else { throw raw.damaged("\(name) has numbers of \(bits) bits") }
    let type = bits == 8 ? ScalarType.uint8 : .bits(bits)
    let encoding: StoredTensor.Encoding
    if let linear = try quantization.message(101) {
      encoding = .affine(
        scales: try floats(linear, 1).map(Double.init),
        offsets: try floats(linear, 2).map(Double.init), axis: 0)
    } else if let table = try quantization.message(102) {
      encoding = .table(try floats(table, 1))
    } else {
      throw raw.damaged("\(name) says not what its numbers stand for")
    }
    return try StoredTensor(name: name, shape: shape, bytes: raw, type: type, encoding: encoding)
  }

  private func floats(_ message: ProtobufMessage, _ field: Int) throws(ImportError) -> [Float] {
    try message.data(field)?.floats(.float32) ?? []
  }
}
