import CKernels

/// The inner loops, written for one instruction set.
struct KernelSet: Sendable {
  /// The number of output columns that `product` computes at a time.
  let columns: Int
  /// The number of channels that `depthwise` computes at a time.
  let lanes: Int
  /// The best number of input floats for a call of `depthwise`; measured, except for NEON.
  ///
  /// Where a group of channels fills a cache line, the block fits into the first-level cache. Where
  /// a group fills a part of a line, the block has as many groups as the second level holds, so
  /// that each line is read once.
  let depthwiseBlock: Int
  /// Computes `rows` × up to `columns` values of a matrix product.
  let product: @Sendable (Product) -> Void
  /// Computes one row of a depthwise layer's output.
  let depthwise: @Sendable (DepthwiseRow) -> Void
  /// Writes the gradient where the recorded output lies between floor and ceiling, zeros elsewhere.
  let mask:
    @Sendable (
      _ gradient: UnsafePointer<Float>, _ output: UnsafePointer<Float>, _ floor: Float,
      _ ceiling: Float, _ result: UnsafeMutablePointer<Float>, _ count: Int
    ) -> Void
  /// Does a number of rounds of multiply-adds on independent sums.
  let peak: @Sendable (Int) -> Float
  /// The number of multiply-adds of a round.
  let peakMultiplyAdds: Int
}

/// Some rows of a matrix product with one panel of weights, bias and activation included.
typealias Product = CKProduct

/// Memory to prefetch into the second-level cache during other work.
typealias Memory = CKMemory

extension Memory {
  /// No memory.
  static var none: Memory { Memory(address: nil, bytes: 0) }

  /// The floats of `range`, counted from `base`.
  init(_ base: UnsafePointer<Float>, _ range: Range<Int>) {
    self.init(
      address: base + range.lowerBound, bytes: range.count * MemoryLayout<Float>.stride)
  }

  /// Returns one of `count` parts of nearly equal size.
  func part(_ index: Int, of count: Int) -> Memory {
    let (first, end) = (bytes * index / count, bytes * (index + 1) / count)
    return Memory(address: address.map { $0 + first }, bytes: end - first)
  }
}

/// One row of output of a depthwise 3×3 layer, for some groups of channels.
typealias DepthwiseRow = CKDepthwiseRow

/// The range that an activation function clamps values to.
public struct Limits: Hashable, Sendable {
  /// The lower bound.
  public let floor: Float
  /// The upper bound.
  public let ceiling: Float

  /// Limits values to `floor`…`ceiling`.
  public init(floor: Float, ceiling: Float) {
    self.floor = floor
    self.ceiling = ceiling
  }

  /// No limits.
  public static let none = Limits(floor: -.infinity, ceiling: .infinity)
}
