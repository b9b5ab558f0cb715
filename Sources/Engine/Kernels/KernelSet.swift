import CKernels

/// The inner loops, written for one instruction set.
struct KernelSet: Sendable {
  /// The output columns that `product` computes at a time.
  let columns: Int
  /// The channels that `depthwise` computes at a time.
  let lanes: Int
  /// The floats of input that `depthwise` had best be given at a time; measured, but for NEON.
  ///
  /// Where a group of channels fills a cache line, little enough for the first-level cache. Where
  /// it fills a part of one, as many groups as the second level holds: a line is then read once.
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
  /// Does so many rounds of multiply-adds that depend on nothing but each other.
  let peak: @Sendable (Int) -> Float
  /// The multiply-adds of a round.
  let peakMultiplyAdds: Int
}

/// Some rows of a matrix product with one panel of weights, bias and activation included.
typealias Product = CKProduct

/// Memory that will be wanted: it comes into the second-level cache while something else is
/// computed.
typealias Memory = CKMemory

extension Memory {
  /// No memory.
  static var none: Memory { Memory(address: nil, bytes: 0) }

  /// The floats of `range`, counted from `base`.
  init(_ base: UnsafePointer<Float>, _ range: Range<Int>) {
    self.init(
      address: base + range.lowerBound, bytes: range.count * MemoryLayout<Float>.stride)
  }

  /// One of `count` parts.
  func part(_ index: Int, of count: Int) -> Memory {
    let (first, end) = (bytes * index / count, bytes * (index + 1) / count)
    return Memory(address: address.map { $0 + first }, bytes: end - first)
  }
}

/// One row of output of a depthwise 3×3 layer, for some groups of channels.
typealias DepthwiseRow = CKDepthwiseRow

/// The range that an activation keeps values within.
public struct Limits: Hashable, Sendable {
  /// What smaller values become.
  public let floor: Float
  /// What larger values become.
  public let ceiling: Float

  /// Keeps values from `floor` to `ceiling`.
  public init(floor: Float, ceiling: Float) {
    self.floor = floor
    self.ceiling = ceiling
  }

  /// Lets every value through.
  public static let none = Limits(floor: -.infinity, ceiling: .infinity)
}
