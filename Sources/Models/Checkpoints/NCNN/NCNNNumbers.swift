/// Reads the numbers of an ncnn network, one array after another.
///
/// A mark before weights states their form (ModelBinFromDataReader); all other arrays are floats.
struct NCNNNumbers {
  private var reader: ByteReader

  init(_ bytes: Bytes) { reader = ByteReader(bytes) }

  /// Reads floats without a mark.
  mutating func floats(_ count: Int, of name: String) throws(ImportError) -> StoredTensor {
    try StoredTensor(
      name: name, shape: [count], bytes: reader.take(4 * count, of: name), type: .float32)
  }

  /// Reads weights of this shape.
  mutating func weights(_ shape: [Int], of name: String) throws(ImportError) -> StoredTensor {
    let bytes = reader.bytes
    guard let count = shape.checkedProduct, count <= bytes.count else {
      throw bytes.damaged("\(name) has the impossible shape \(shape)")
    }
    func stored(_ width: Int) throws(ImportError) -> Bytes {
      let part = try reader.take(width * count, of: name)
      // The bytes are padded to a multiple of four.
      try reader.skip(-width * count & 3)
      return part
    }
    switch try reader.next(UInt32.self) {
    case 0, 0x0002_C056:
      return try StoredTensor(name: name, shape: shape, bytes: stored(4), type: .float32)
    case 0x0130_6B47:
      return try StoredTensor(name: name, shape: shape, bytes: stored(2), type: .float16)
    case 0x000D_4B38:
      throw .unsupported(format: NCNNFormat.name, feature: "\(name) as integers of eight bits")
    default:
      let table = try reader.take(4 * 256, of: "\(name)'s table").floats(.float32)
      return try StoredTensor(
        name: name, shape: shape, bytes: stored(1), type: .uint8, encoding: .table(table))
    }
  }
}
