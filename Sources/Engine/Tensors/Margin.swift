/// How far the first window of a layer begins outside of its input.
public struct Margin: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// The rows above the input.
  public let above: Int
  /// The columns left of the input.
  public let left: Int

  /// A margin of `above` rows and `left` columns.
  public init(above: Int, left: Int) {
    self.above = above
    self.left = left
  }

  /// The same number of rows and columns.
  public init(_ places: Int) { self.init(above: places, left: places) }

  /// The same number of rows and columns.
  public init(integerLiteral places: Int) { self.init(places) }
}
