/// An array in a file, decoded when it is needed.
struct StoredTensor: Sendable {
  /// How its numbers become floats.
  enum Encoding: Sendable {
    /// The numbers are stored as they are.
    case plain(ScalarType)
    /// (number − zero) · scale, with a scale for each index along `axis`, or one for all.
    case affine(ScalarType, scales: [Float], zeros: [Float], axis: Int)
  }

  /// What an error calls it.
  let name: String
  /// The sizes along its axes, slowest first.
  let shape: [Int]

  private let bytes: Bytes
  private let encoding: Encoding

  /// Checks that `bytes` are as many as `shape` needs.
  init(name: String, shape: [Int], bytes: Bytes, encoding: Encoding) throws(ImportError) {
    guard let count = shape.checkedProduct else {
      throw bytes.damaged("\(name) has the impossible shape \(shape)")
    }
    let size =
      switch encoding {
      case .plain(let type), .affine(let type, _, _, _): type.size
      }
    guard bytes.count / size == count, bytes.count % size == 0 else {
      throw bytes.damaged(
        "\(name) has \(bytes.count) bytes, \(shape) numbers of \(size) bytes were expected")
    }
    if case .affine(_, let scales, let zeros, let axis) = encoding {
      let groups = scales.count == 1 ? 1 : shape.indices.contains(axis) ? shape[axis] : 0
      guard scales.count == groups, zeros.count == groups else {
        throw bytes.damaged(
          "\(name) has \(scales.count) scales and \(zeros.count) zero points along axis \(axis)")
      }
    }
    self.name = name
    self.shape = shape
    self.bytes = bytes
    self.encoding = encoding
  }

  /// The product of `shape`.
  var count: Int { shape.reduce(1, *) }

  /// All numbers, last axis fastest.
  func floats() -> [Float] {
    switch encoding {
    case .plain(let type):
      return bytes.floats(type)
    case .affine(let type, let scales, let zeros, let axis):
      var values = bytes.floats(type)
      let inner = scales.count == 1 ? values.count : shape[(axis + 1)...].reduce(1, *)
      for group in 0..<(inner == 0 ? 0 : values.count / inner) {
        let (scale, zero) = (scales[group % scales.count], zeros[group % zeros.count])
        for place in group * inner..<(group + 1) * inner {
          values[place] = (values[place] - zero) * scale
        }
      }
      return values
    }
  }
}

extension [Int] {
  /// The product; nil when a factor is negative or the product too large to be one of a file.
  var checkedProduct: Int? {
    var product = 1
    for factor in self {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      guard factor >= 0, !overflow, next < 1 << 40 else { return nil }
      product = next
    }
    return product
  }
}
