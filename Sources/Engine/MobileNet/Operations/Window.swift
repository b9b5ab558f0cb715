import Tensors

extension Operation {
  /// A square of places that moves over an input: what convolution and pooling have in common.
  public struct Window: Hashable, Sendable {
    /// Its rows, and its columns.
    public let side: Int
    /// The step between neighbouring windows.
    public let stride: Int
    /// The rows above and columns to the left of the input that it reads.
    public let before: Int
    /// The rows below and columns to the right of the input that it reads.
    public let after: Int

    /// A window of `side` × `side` places.
    public init(side: Int, stride: Int = 1, before: Int = 0, after: Int = 0) {
      self.side = side
      self.stride = stride
      self.before = before
      self.after = after
    }

    /// How many windows fit over `length` rows, or columns.
    public func count(over length: Int) -> Int {
      (length + before + after - side) / stride + 1
    }

    /// The places that the window in `row` and `column` of the output reads, rows first.
    func places(_ row: Int, _ column: Int) -> [(row: Int, column: Int)] {
      (0..<side * side).map {
        (row * stride - before + $0 / side, column * stride - before + $0 % side)
      }
    }
  }
}
