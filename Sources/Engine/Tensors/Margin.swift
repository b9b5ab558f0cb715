/// The padding above and to the left of a layer's input, where the first window begins.
public struct Margin: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// The number of rows above the input.
  public let above: Int
  /// The number of columns to the left of the input.
  public let left: Int

  /// A margin of `above` rows and `left` columns.
  public init(above: Int, left: Int) {
    self.above = above
    self.left = left
  }

  /// A margin with the same number of rows and columns.
  public init(_ places: Int) { self.init(above: places, left: places) }

  /// A margin with the same number of rows and columns.
  public init(integerLiteral places: Int) { self.init(places) }
}
