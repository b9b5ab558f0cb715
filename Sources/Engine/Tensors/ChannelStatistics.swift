/// Minimum, maximum, mean and share of zeros of every channel of a tensor.
public struct ChannelStatistics: Equatable, Sendable {
  /// The statistics of each channel, in order.
  public let channels: [Statistics]

  /// The smallest and the largest value of all channels.
  public let range: ClosedRange<Float>

  /// The mean of all values.
  public let mean: Double

  /// The share of values that are exactly zero, 0…1.
  public let zeroShare: Double

  /// The range of the values from the first to the 99th percentile.
  public let spread: ClosedRange<Float>

  /// Whether no value is finite, so that the numbers say nothing.
  public var isEmpty: Bool { channels.allSatisfy(\.isEmpty) }

  /// The channel with the clearest picture, for showing first; of equals, the first.
  ///
  /// Among the half of the channels with the largest variance, it is the one with the largest share
  /// of low frequencies: the variance between parts of the picture, relative to the whole variance.
  /// The channel with the largest variance is often the noisiest. For a single place it is the
  /// channel with the largest value.
  public let mostCoherent: Int

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
      // The loop over channels is the inner one, so that the compiler vectorises it.
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
    let channels = (0..<count).map {
      // No sum of floats overflows in double precision, so this sum is finite exactly if all values
      // are.
      sum[$0].isFinite
        ? Statistics(
          minimum: minimum[$0], maximum: maximum[$0], mean: sum[$0] / Double(places),
          zeroShare: Double(zeros[$0]) / Double(places))
        : Statistics(tensor.plane($0).values)
    }
    self.channels = channels
    let variances = (0..<count).map { squares[$0] - sum[$0] * sum[$0] / Double(places) }
    let measure = (places > 1 ? tensor.coherences(sums: sum, variances: variances) : sum)
      .map { $0.isFinite ? $0 : -.infinity }
    mostCoherent = (0..<count).max { (measure[$0], $1) < (measure[$1], $0) } ?? 0
    spread = tensor.spread
    range = (channels.map(\.minimum).min() ?? 0)...(channels.map(\.maximum).max() ?? 0)
    mean = channels.reduce(0) { $0 + $1.mean } / Double(count)
    zeroShare = channels.reduce(0) { $0 + $1.zeroShare } / Double(count)
  }
}

extension Tensor {
  /// Returns the share of each channel's variance that lies between parts of an eighth of the
  /// height and width; 0 for channels whose variance is below the median.
  fileprivate func coherences(sums: [Double], variances: [Double]) -> [Double] {
    let count = shape.channels
    let side = max(2, max(shape.height, shape.width) / 8)
    let parts = (rows: shape.height / side, columns: shape.width / side)
    guard parts.rows * parts.columns > 1 else { return variances }
    var means = [Float](repeating: 0, count: parts.rows * parts.columns * count)
    withUnsafeBufferPointer { values in
      for y in 0..<parts.rows * side {
        for x in 0..<parts.columns * side {
          let part = (y / side * parts.columns + x / side) * count
          let place = (y * shape.width + x) * count
          for channel in 0..<count { means[part + channel] += values[place + channel] }
        }
      }
    }
    let area = Double(side * side)
    let median = variances.sorted()[count / 2]
    return (0..<count).map { channel in
      guard variances[channel] > 0, variances[channel] >= median else { return 0 }
      let mean = sums[channel] / Double(shape.places)
      let between = stride(from: channel, to: means.count, by: count).reduce(0.0) {
        let difference = Double(means[$1]) / area - mean
        return $0 + difference * difference * area
      }
      return between / variances[channel]
    }
  }
}
