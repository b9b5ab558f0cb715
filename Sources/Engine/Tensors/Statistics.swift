/// What a set of values says about itself in four numbers.
public struct Statistics: Equatable, Sendable {
  /// The smallest value.
  public let minimum: Float
  /// The largest value.
  public let maximum: Float
  /// The arithmetic mean, summed in double precision.
  public let mean: Double
  /// The part of the values that are exactly zero, 0…1.
  public let zeroShare: Double

  /// States four numbers that were found elsewhere.
  init(minimum: Float, maximum: Float, mean: Double, zeroShare: Double) {
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.zeroShare = zeroShare
  }

  /// Summarises `values`; of none, every number is zero.
  public init(_ values: some Sequence<Float>) {
    var minimum = Float.infinity
    var maximum = -Float.infinity
    var sum = 0.0
    var zeros = 0
    var count = 0
    for value in values {
      minimum = min(minimum, value)
      maximum = max(maximum, value)
      sum += Double(value)
      zeros += value == 0 ? 1 : 0
      count += 1
    }
    self.minimum = count == 0 ? 0 : minimum
    self.maximum = count == 0 ? 0 : maximum
    mean = count == 0 ? 0 : sum / Double(count)
    zeroShare = count == 0 ? 0 : Double(zeros) / Double(count)
  }
}

extension Tensor {
  /// The largest value; −∞ of none.
  public var maximum: Float {
    withUnsafeBufferPointer { values in
      // Sixteen at a time, because the next of a single one would wait for the one before.
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
