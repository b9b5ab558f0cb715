/// One term of a sum: a product, or a power for softmax.
public struct Term: Equatable, Sendable {
  /// The row of the layer's input that the term reads; outside of the input for padding.
  public let row: Int
  /// The column of the layer's input that the term reads.
  public let column: Int
  /// The channel of the layer's input that the term reads.
  public let channel: Int
  /// The index of the term's weight among those of the output channel, in the order of
  /// `LayerWeights`; nil without weights.
  public let weightIndex: Int?
  /// The value read; zero for padding.
  public let value: Float
  /// The weight that multiplies the value; nil for pooling and softmax.
  public let weight: Float?
  /// The amount that the term adds to the sum.
  public let amount: Double
  /// The sum of this amount and all before it.
  public internal(set) var sum = 0.0
  /// Whether the term reads padding, outside of the input.
  public let isPadding: Bool
}
