import Kernels

/// Sums of numbers in fixed point, so that they come out the same in whatever order they are added:
/// the whole part, and the rest in units of 2⁻⁴⁰.
struct FixedPointSums: Equatable, Sendable {
  var whole: [Int64]
  var rest: [Int64]

  private static let unit: Double = 1_099_511_627_776

  /// So many sums of nothing.
  init(count: Int) {
    whole = [Int64](repeating: 0, count: count)
    rest = whole
  }

  /// Adds each of `values`, which must be finite and below 2⁴⁰, to the sum of the same place.
  mutating func add(_ values: [Float]) { ReproducibleSums.add(values, to: &whole, &rest) }

  /// Adds each of `others` to the sum of the same place.
  mutating func add(_ others: FixedPointSums) {
    for index in whole.indices {
      whole[index] &+= others.whole[index]
      rest[index] &+= others.rest[index]
    }
  }

  /// One of the sums divided by `count`.
  func mean(_ index: Int, of count: Int) -> Double {
    count == 0
      ? 0 : Double(whole[index]) / Double(count) + Double(rest[index]) / Self.unit / Double(count)
  }
}
