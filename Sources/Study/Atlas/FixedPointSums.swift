import Kernels

/// Sums in fixed point, which do not depend on the order of addition: the whole part, and the rest
/// in units of 2⁻⁴⁰.
struct FixedPointSums: Equatable, Sendable {
  var whole: [Int64]
  var rest: [Int64]

  private static let unit: Double = 1_099_511_627_776

  /// Creates `count` sums of zero.
  init(count: Int) {
    whole = [Int64](repeating: 0, count: count)
    rest = whole
  }

  /// Adds each of `values`, which must be finite and below 2⁴⁰, to the sum at the same index.
  mutating func add(_ values: [Float]) { ReproducibleSums.add(values, to: &whole, &rest) }

  /// Adds each of `others` to the sum at the same index.
  mutating func add(_ others: FixedPointSums) {
    for index in whole.indices {
      whole[index] &+= others.whole[index]
      rest[index] &+= others.rest[index]
    }
  }

  /// Returns the sum at `index` divided by `count`; 0 if that is 0.
  func mean(_ index: Int, of count: Int) -> Double {
    count == 0
      ? 0 : Double(whole[index]) / Double(count) + Double(rest[index]) / Self.unit / Double(count)
  }
}
