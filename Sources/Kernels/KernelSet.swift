/// The inner loops, written for one instruction set.
struct KernelSet: Sendable {
  /// The output columns that `product` computes at a time.
  let columns: Int
  /// The channels that `depthwise` computes at a time.
  let lanes: Int
  /// Computes `rows` × up to `columns` values of a matrix product.
  let product: @Sendable (Product) -> Void
  /// Computes one row of a depthwise layer's output.
  let depthwise: @Sendable (DepthwiseRow) -> Void
}

/// Some rows of a matrix product with one panel of weights, bias and activation included.
///
/// A 3×3 convolution is three such products that are summed: with stride s over C channels, row r
/// of output reads, in each of three rows of the image, 3·C neighbouring floats that begin s·C
/// after those of row r − 1.
struct Product {
  /// The first input value of the first row.
  var input: UnsafePointer<Float>
  /// The floats from one row of input to the next.
  var inputStride: Int
  /// The rows.
  var rows: Int
  /// The pieces that a row of input consists of.
  var segments = 1
  /// The floats from one piece to the next.
  var segmentStride = 0
  /// The floats of a piece.
  var depth: Int
  /// Biases and weights, as `Panels` lays them out.
  var panel: UnsafePointer<Float>
  /// Where the first output value goes.
  var output: UnsafeMutablePointer<Float>
  /// The floats from one row of output to the next.
  var outputStride: Int
  /// The columns to write, no more than a panel has.
  var columns: Int
  /// What the values are kept within.
  var limits: Limits
}

/// One row of output of a depthwise 3×3 layer, for some groups of channels.
struct DepthwiseRow {
  /// The three rows of input at their first place and channel; a row of zeros where they lie
  /// outside.
  var rows: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>)
  /// The places of a row of input.
  var inputWidth: Int
  /// The channels of a place of input, and of `copy`.
  var channels: Int
  /// 1 or 2.
  var stride: Int
  /// The columns of zeros to the left of the input.
  var before: Int
  /// The weights.
  var weights: DepthwiseWeights
  /// The groups of channels to compute.
  var groups: Range<Int>
  /// The first place and channel of the row of output.
  var output: UnsafeMutablePointer<Float>
  /// The floats from one place of output to the next.
  var outputStride: Int
  /// The places of a row of output.
  var outputWidth: Int
  /// Where to write a second time, with `channels` floats to a place.
  var copy: UnsafeMutablePointer<Float>?
  /// What the values are kept within.
  var limits: Limits
}

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
