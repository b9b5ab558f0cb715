import MobileNet

/// An array in a file, decoded when it is needed.
struct StoredTensor: Sendable {
  /// How its numbers become floats.
  enum Encoding: Sendable {
    /// The numbers are stored as they are.
    case plain
    /// number · scale + offset, with a pair for each index along `axis`, or one for all.
    case affine(scales: [Double], offsets: [Double], axis: Int)
    /// The number is a place in this table.
    case table([Float])
  }

  /// What an error calls it.
  let name: String
  /// The sizes along its axes, slowest first.
  let shape: [Int]

  private let type: ScalarType
  private let encoding: Encoding
  /// Its bytes, as they are stored.
  let contents: @Sendable () throws(ImportError) -> Bytes

  /// Checks that `bytes` are as many as `shape` needs.
  init(
    name: String, shape: [Int], bytes: Bytes, type: ScalarType, encoding: Encoding = .plain
  ) throws(ImportError) {
    guard let count = shape.checkedProduct else {
      throw bytes.damaged("\(name) has the impossible shape \(shape)")
    }
    guard bytes.count == type.byteCount(of: count) else {
      throw bytes.damaged(
        "\(name) has \(bytes.count.grouped) bytes, expected \(type.byteCount(of: count).grouped) "
          + "for \(shape) numbers of \(type.bitWidth) bits")
    }
    switch encoding {
    case .plain: break
    case .affine(let scales, let offsets, let axis):
      let groups = scales.count == 1 ? 1 : shape.indices.contains(axis) ? shape[axis] : 0
      guard scales.count == groups, offsets.count == groups else {
        throw bytes.damaged(
          "\(name) has \(scales.count) scales and \(offsets.count) zero points along axis \(axis)")
      }
    case .table(let table):
      guard type.bitWidth <= 8, table.count == 1 << type.bitWidth else {
        throw bytes.damaged(
          "\(name) has a table of \(table.count) numbers for indices of \(type.bitWidth) bits")
      }
    }
    self.init(name: name, shape: shape, type: type, encoding: encoding) { bytes }
  }

  /// Numbers that have to be unpacked first, which `contents` does when they are needed.
  ///
  /// It must return as many bytes as `shape` needs.
  init(
    name: String, shape: [Int], type: ScalarType, encoding: Encoding = .plain,
    contents: @escaping @Sendable () throws(ImportError) -> Bytes
  ) {
    self.name = name
    self.shape = shape
    self.type = type
    self.encoding = encoding
    self.contents = contents
  }

  /// The product of `shape`.
  var count: Int { shape.reduce(1, *) }

  /// All numbers, last axis fastest.
  func floats() throws(ImportError) -> [Float] {
    var values = try contents().floats(type)
    // The last byte of small numbers may have room for more.
    values.removeLast(max(values.count - count, 0))
    switch encoding {
    case .plain: break
    case .affine(let scales, let offsets, let axis):
      let inner = scales.count == 1 ? values.count : shape[(axis + 1)...].reduce(1, *)
      for group in 0..<(inner == 0 ? 0 : values.count / inner) {
        let (scale, offset) = (scales[group % scales.count], offsets[group % offsets.count])
        for place in group * inner..<(group + 1) * inner {
          values[place] = Float(Double(values[place]) * scale + offset)
        }
      }
    case .table(let table):
      for place in values.indices { values[place] = table[Int(values[place])] }
    }
    return values
  }
}

extension [Int] {
  /// The product; nil when a factor is negative, or it or the product too large to be one of a file.
  var checkedProduct: Int? {
    var product = 1
    for factor in self {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      guard 0..<1 << 40 ~= factor, !overflow, next < 1 << 40 else { return nil }
      product = next
    }
    return product
  }
}
