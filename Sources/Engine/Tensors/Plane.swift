/// One channel of a tensor, copied: height × width values, rows first.
public struct Plane: Equatable, Sendable {
  /// The number of rows.
  public let height: Int
  /// The number of columns.
  public let width: Int
  /// The values, rows first.
  public let values: [Float]

  /// Creates a plane of `height` × `width` values, rows first.
  public init(height: Int, width: Int, values: [Float]) {
    precondition(values.count == height * width)
    self.height = height
    self.width = width
    self.values = values
  }

  /// The value in row `y` and column `x`.
  public subscript(y: Int, x: Int) -> Float {
    precondition(0..<height ~= y && 0..<width ~= x)
    return values[y * width + x]
  }

  /// The row and column of the largest value; of equals, the first.
  public var largestPlace: (row: Int, column: Int) {
    let index = values.indices.max { (values[$0], $1) < (values[$1], $0) } ?? 0
    return (index / width, index % width)
  }

  /// Minimum, mean, maximum and share of zeros.
  public var statistics: Statistics { Statistics(values) }
}
