import MobileNet

/// An array in a file, decoded on demand.
struct StoredTensor: Sendable {
  /// The mapping of stored numbers to floats.
  enum Encoding: Sendable {
    /// The stored numbers themselves.
    case plain
    /// number · scale + offset, with a pair for each index along `axis`, or one for all.
    case affine(scales: [Double], offsets: [Double], axis: Int)
    /// The entry of this table at the stored index.
    case table([Float])
  }

  /// The array's name in errors.
  let name: String
  /// The sizes of the axes, slowest first.
  let shape: [Int]

  /// The stored form of a number.
  let type: ScalarType
  private let encoding: Encoding
  /// Returns the stored bytes.
  let contents: @Sendable () throws(ImportError) -> Bytes

  /// Checks that `bytes` has the size that `shape` needs.
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
      guard shape.takes(scales.count, along: axis), offsets.count == scales.count else {
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

  /// Creates an array whose bytes `contents` unpacks on demand.
  ///
  /// `contents` must return as many bytes as `shape` needs.
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

  /// Returns all numbers, last axis fastest.
  func floats() throws(ImportError) -> [Float] {
    var values = try contents().floats(type)
    // The last byte may have room for further numbers of a few bits.
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
  /// Whether `count` is 1, for all of an array of these sizes, or the size along `axis`.
  fileprivate func takes(_ count: Int, along axis: Int) -> Bool {
    count == 1 || indices.contains(axis) && self[axis] == count
  }
}

extension [Int] {
  /// Whether an array of these sizes can be divided into `parts` parts along each axis.
  fileprivate func isCut(into parts: ArraySlice<Int>) -> Bool {
    count == parts.count && zip(self, parts).allSatisfy { $1 > 0 && $0.isMultiple(of: $1) }
  }

  /// Returns the index of the block of each number of an array of these sizes, divided into `parts`
  /// parts along each axis.
  fileprivate func blocks(of parts: ArraySlice<Int>) -> [Int] {
    zip(self, parts).reduce([0]) { blocks, axis in
      blocks.flatMap { block in
        (0..<axis.0).map { block * axis.1 + $0 / (axis.0 / axis.1) }
      }
    }
  }
}

extension StoredTensor {
  /// Returns the same numbers with another shape; a size of −1 is computed from the others.
  func reshaped(to shape: [Int], name: String) throws(ImportError) -> StoredTensor {
    let known = shape.filter { $0 != -1 }.checkedProduct ?? 0
    let wanted = shape.map { $0 == -1 && known > 0 ? count / known : $0 }
    guard wanted.checkedProduct == count else {
      throw .inconsistent(problem: "\(name) makes \(shape) of \(self.shape)")
    }
    guard case .affine(let scales, _, _) = encoding, scales.count > 1 else {
      return StoredTensor(
        name: self.name, shape: wanted, type: type, encoding: encoding, contents: contents)
    }
    // Reshaping loses the axis of the scales.
    return computed(shape: wanted) { tensor throws(ImportError) in try tensor.floats() }
  }

  /// Returns the numbers with their axes in another order.
  func transposed(_ axes: [Int]) -> StoredTensor {
    let wanted = axes.map { shape[$0] }
    return computed(shape: wanted) { tensor throws(ImportError) in
      let values = try tensor.floats()
      var steps = Array(repeating: 1, count: tensor.shape.count)
      for axis in tensor.shape.indices.dropLast().reversed() {
        steps[axis] = steps[axis + 1] * tensor.shape[axis + 1]
      }
      var places = Array(repeating: 0, count: axes.count)
      return values.indices.map { _ in
        let value = values[zip(places, axes).reduce(0) { $0 + $1.0 * steps[$1.1] }]
        for axis in axes.indices.reversed() {
          places[axis] += 1
          if places[axis] < wanted[axis] { break }
          places[axis] = 0
        }
        return value
      }
    }
  }

  /// Returns (number − zero) · scale, with a pair for each index along `axis`, or one for all.
  func dequantized(
    scales: [Float], zeros: [Float], axis: Int, format: String
  ) throws(ImportError) -> StoredTensor {
    guard shape.takes(scales.count, along: axis), [0, 1, scales.count].contains(zeros.count),
      case .plain = encoding
    else {
      throw .damaged(
        format: format,
        problem:
          "\(name) has \(scales.count) scales and \(zeros.count) zero points along axis \(axis)")
    }
    let offsets = scales.indices.map { place in
      let zero = zeros.isEmpty ? 0 : zeros[zeros.count == 1 ? 0 : place]
      return -Double(zero) * Double(scales[place])
    }
    return StoredTensor(
      name: name, shape: shape, type: type,
      encoding: .affine(scales: scales.map(Double.init), offsets: offsets, axis: axis),
      contents: contents)
  }

  /// Returns number / scale + zero, rounded with halves to even, and clamped to `range`; with a
  /// pair for each index along `axis`, or one for all.
  func quantized(
    scales: [Float], zeros: [Float], range: ClosedRange<Float>, axis: Int, format: String
  ) throws(ImportError) -> StoredTensor {
    let groups = scales.count == 1 ? 1 : shape.indices.contains(axis) ? shape[axis] : 0
    guard groups > 0, scales.count == groups, [0, 1, groups].contains(zeros.count) else {
      throw .damaged(
        format: format,
        problem:
          "\(name) has \(scales.count) scales and \(zeros.count) zero points along axis \(axis)")
    }
    let inner = groups == 1 ? max(count, 1) : shape[(axis + 1)...].reduce(1, *)
    return computed(shape: shape) { tensor throws(ImportError) in
      try tensor.floats().enumerated().map { index, value in
        let group = index / inner % groups
        let zero = zeros.isEmpty ? 0 : zeros[zeros.count == 1 ? 0 : group]
        let number = (value / scales[group]).rounded(.toNearestOrEven) + zero
        return min(max(number, range.lowerBound), range.upperBound)
      }
    }
  }

  /// Returns an array of `change` of each number.
  func mapped(_ change: @escaping @Sendable (Float) -> Float) -> StoredTensor {
    computed(shape: shape) { tensor throws(ImportError) in try tensor.floats().map(change) }
  }

  /// Returns the result of `combine` for each number of the larger array and its number of the other,
  /// which has as many along each axis, or one for all; nil if one of them is missing.
  static func combined(
    _ first: StoredTensor?, _ second: StoredTensor?,
    _ combine: @escaping @Sendable (Float, Float) -> Float
  ) throws(ImportError) -> StoredTensor? {
    guard let first, let second else { return nil }
    guard first.count >= second.count else {
      return try combined(second, first) { combine($1, $0) }
    }
    let sizes = second.shape.drop { $0 == 1 }
    let missing = Array(repeating: 1, count: max(first.shape.count - sizes.count, 0))
    let parts = (missing + sizes)[...]
    guard zip(first.shape, parts).allSatisfy({ $1 == 1 || $0 == $1 }),
      first.shape.isCut(into: parts)
    else {
      throw .inconsistent(
        problem: "\(first.name) of \(first.shape) and \(second.name) of \(second.shape) don't fit")
    }
    return first.computed(shape: first.shape) { tensor throws(ImportError) in
      let (values, others) = (try tensor.floats(), try second.floats())
      return zip(values, tensor.shape.blocks(of: parts)).map { combine($0, others[$1]) }
    }
  }

  /// Returns the numbers of `table` at these indices; several share a byte, the first in its lowest
  /// bits.
  func looked(
    up table: StoredTensor, shape: [Int], format: String
  ) throws(ImportError) -> StoredTensor {
    let bits = [1, 2, 4, 6, 8].first { table.count == 1 << $0 }
    guard let bits, let wanted = shape.checkedProduct, type == .uint8,
      wanted * bits <= count * 8
    else {
      throw .damaged(
        format: format,
        problem: "\(name) has \(count) bytes of places in a table of \(table.count) for \(shape)")
    }
    return computed(shape: shape) { tensor throws(ImportError) in
      let places = try tensor.contents().floats(.lowBits(bits))
      let values = try table.floats()
      return places.prefix(wanted).map { values[Int($0)] }
    }
  }

  /// Returns the numbers of `tables` at these indices: the axes are divided into as many blocks as
  /// `tables` has along them, and each block has a table of its own.
  ///
  /// The last two axes of `tables` are the entries, and the numbers of an entry, which lie one
  /// after another along `axis`.
  func looked(
    upInBlocks tables: StoredTensor, along axis: Int, format: String
  ) throws(ImportError) -> StoredTensor {
    let (parts, entry) = (tables.shape.dropLast(2), tables.shape.suffix(2))
    guard shape.isCut(into: parts), let entries = entry.first, let width = entry.last, width > 0,
      width == 1 || shape.indices.contains(axis), shape.allSatisfy({ $0 > 0 }),
      // A short table may serve any number of indices: larger arrays than this are no layer's.
      let wide = (shape + [width]).checkedProduct, wide <= 1 << 28
    else {
      throw .damaged(
        format: format,
        problem: "\(name) has places of \(shape) in tables of \(tables.shape)")
    }
    let wanted = shape.enumerated().map { $0 == axis ? $1 * width : $1 }
    let inner = width == 1 ? 1 : shape[(axis + 1)...].reduce(1, *)
    return computed(shape: wanted) { tensor throws(ImportError) in
      let (places, numbers) = (try tensor.floats(), try tables.floats())
      let blocks = tensor.shape.blocks(of: parts)
      var values = [Float](repeating: 0, count: places.count * width)
      for (index, place) in places.enumerated() {
        guard 0..<Float(entries) ~= place else {
          throw .damaged(
            format: format, problem: "\(tensor.name) has a place that is not in its table")
        }
        let first = (blocks[index] * entries + Int(place)) * width
        for number in 0..<width {
          values[(index / inner * width + number) * inner + index % inner] = numbers[first + number]
        }
      }
      return values
    }
  }

  /// Returns (number − zero) · scale: the axes are divided into as many blocks as `scales` has
  /// along them, and each block has a pair of its own.
  func dequantized(
    inBlocks scales: StoredTensor, zeros: StoredTensor?, format: String
  ) throws(ImportError) -> StoredTensor {
    guard shape.isCut(into: scales.shape[...]), zeros.map({ $0.shape == scales.shape }) ?? true
    else {
      throw .damaged(
        format: format, problem: "\(name) of \(shape) has scales of \(scales.shape)")
    }
    return computed(shape: shape) { tensor throws(ImportError) in
      let (values, factors) = (try tensor.floats(), try scales.floats())
      let zeros = try zeros?.floats() ?? [Float](repeating: 0, count: factors.count)
      return zip(values, tensor.shape.blocks(of: scales.shape[...])).map { value, block in
        Float((Double(value) - Double(zeros[block])) * Double(factors[block]))
      }
    }
  }

  /// Returns an array of floats that `compute` makes of this one on demand.
  private func computed(
    shape: [Int],
    _ compute: @escaping @Sendable (StoredTensor) throws(ImportError) -> [Float]
  ) -> StoredTensor {
    StoredTensor(name: name, shape: shape, type: .float32) { () throws(ImportError) -> Bytes in
      Bytes(try compute(self).map(\.bitPattern), format: "")
    }
  }
}

extension [Int] {
  /// The product; nil when a factor is negative, or when a factor or the product is too large for a
  /// file.
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
