/// One number that goes into a sum: a product, or a power for softmax.
public struct Term: Equatable, Sendable {
  /// The row of the layer's input that it reads; outside of the input where there is padding.
  public let row: Int
  /// The column of the layer's input that it reads.
  public let column: Int
  /// The channel of the layer's input that it reads.
  public let channel: Int
  /// Which of the channel's weights it is multiplied with, in the order of `LayerWeights`; nil
  /// where there are none.
  public let weightIndex: Int?
  /// What stands there; zero where there is padding.
  public let value: Float
  /// What it is multiplied with; nil where nothing is: pooling and softmax.
  public let weight: Float?
  /// What is added to the sum.
  public let amount: Double
  /// The sum of this amount and all before it.
  public internal(set) var sum = 0.0
  /// Whether it reads a place outside of the input.
  public let isPadding: Bool
}
