/// Minimum, maximum, mean and share of zeros of every channel of a tensor.
public struct ChannelStatistics: Equatable, Sendable {
  /// The numbers of each channel, in order.
  public let channels: [Statistics]

  /// The smallest and the largest value of all channels.
  public let range: ClosedRange<Float>

  /// The mean of all values.
  public let mean: Double

  /// The part of all values that are exactly zero, 0…1.
  public let zeroShare: Double

  /// The channel whose values differ most from each other, by their standard deviation; of equals,
  /// the first.
  ///
  /// It has the most to show: the channel with the largest mean is often bright everywhere. Where
  /// there is a single place it is the channel with the largest value.
  public let mostVaried: Int

  /// Summarises `tensor` in one pass over its memory.
  public init(_ tensor: Tensor) {
    let count = tensor.shape.channels
    let places = tensor.shape.places
    var minimum = [Float](repeating: .infinity, count: count)
    var maximum = [Float](repeating: -.infinity, count: count)
    var sum = [Double](repeating: 0, count: count)
    var squares = [Double](repeating: 0, count: count)
    var zeros = [Int32](repeating: 0, count: count)
    tensor.withUnsafeBufferPointer { values in
      // The loop over channels is the inner one, so that it becomes vector instructions.
      for place in 0..<places {
        let first = place * count
        for channel in 0..<count {
          let value = values[first + channel]
          minimum[channel] = min(minimum[channel], value)
          maximum[channel] = max(maximum[channel], value)
          sum[channel] += Double(value)
          squares[channel] += Double(value) * Double(value)
          zeros[channel] &+= value == 0 ? 1 : 0
        }
      }
    }
    channels = (0..<count).map {
      Statistics(
        minimum: minimum[$0], maximum: maximum[$0], mean: sum[$0] / Double(places),
        zeroShare: Double(zeros[$0]) / Double(places))
    }
    let variances = (0..<count).map { squares[$0] - sum[$0] * sum[$0] / Double(places) }
    let measure = places > 1 ? variances : sum
    mostVaried = (0..<count).max { (measure[$0], $1) < (measure[$1], $0) } ?? 0
    range = (minimum.min() ?? 0)...(maximum.max() ?? 0)
    mean = channels.reduce(0) { $0 + $1.mean } / Double(count)
    zeroShare = channels.reduce(0) { $0 + $1.zeroShare } / Double(count)
  }
}
