/// Minimum, maximum, mean and share of zeros of a set of values, without infinities and NaN.
public struct Statistics: Equatable, Sendable {
  /// The smallest value.
  public let minimum: Float
  /// The largest value.
  public let maximum: Float
  /// The arithmetic mean, summed in double precision.
  public let mean: Double
  /// The share of values that are exactly zero, 0…1.
  public let zeroShare: Double
  /// Whether no value is finite, so that every number here is zero for want of one.
  public let isEmpty: Bool

  /// Creates statistics from known numbers.
  init(minimum: Float, maximum: Float, mean: Double, zeroShare: Double) {
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.zeroShare = zeroShare
    isEmpty = false
  }

  /// Summarises `values`; without finite values, every number is zero.
  public init(_ values: some Sequence<Float>) {
    var minimum = Float.infinity
    var maximum = -Float.infinity
    var sum = 0.0
    var zeros = 0
    var (count, finite) = (0, 0)
    for value in values {
      count += 1
      guard value.isFinite else { continue }
      finite += 1
      minimum = min(minimum, value)
      maximum = max(maximum, value)
      sum += Double(value)
      zeros += value == 0 ? 1 : 0
    }
    isEmpty = finite == 0
    self.minimum = finite == 0 ? 0 : minimum
    self.maximum = finite == 0 ? 0 : maximum
    mean = finite == 0 ? 0 : sum / Double(finite)
    zeroShare = count == 0 ? 0 : Double(zeros) / Double(count)
  }
}

extension Tensor {
  /// Whether no value is infinite or NaN.
  public var isFinite: Bool { withUnsafeBufferPointer { $0.allSatisfy(\.isFinite) } }

  /// The largest value; −∞ for an empty tensor.
  public var maximum: Float {
    withUnsafeBufferPointer { values in
      // Compares sixteen values at a time, because single comparisons would wait for each other.
      var largest = SIMD16<Float>(repeating: -.infinity)
      let whole = values.count / 16 * 16
      let bytes = UnsafeRawBufferPointer(values)
      for index in stride(from: 0, to: whole, by: 16) {
        let next = bytes.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Float>.self)
        largest.replace(with: next, where: next .> largest)
      }
      return values[whole...].reduce(largest.max(), max)
    }
  }

  /// Minimum, mean, maximum and share of zeros over all channels.
  public var statistics: Statistics { withUnsafeBufferPointer { Statistics($0) } }
}
