import Tensors

extension Operation {
  /// The square of places that a convolution or a pooling reads for one output.
  public struct Window: Hashable, Sendable {
    /// The number of rows, and of columns.
    public let side: Int
    /// The distance between neighbouring windows.
    public let stride: Int
    /// The rows above and columns to the left of the input that are read.
    public let before: Margin
    /// The number of rows below and columns to the right of the input that are read.
    public let after: Int

    /// A window of `side` × `side` places.
    public init(side: Int, stride: Int = 1, before: Margin = 0, after: Int = 0) {
      self.side = side
      self.stride = stride
      self.before = before
      self.after = after
    }

    /// Returns the number of windows that fit over an input, down and across.
    public func count(over input: Shape) -> (rows: Int, columns: Int) {
      func count(_ length: Int) -> Int { (length + after - side) / stride + 1 }
      return (count(input.height + before.above), count(input.width + before.left))
    }

    /// Returns the places that the window for `row` and `column` of the output reads, rows first.
    func places(_ row: Int, _ column: Int) -> [(row: Int, column: Int)] {
      (0..<side * side).map {
        (row * stride - before.above + $0 / side, column * stride - before.left + $0 % side)
      }
    }
  }
}
