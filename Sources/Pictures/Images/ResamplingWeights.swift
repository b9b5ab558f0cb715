/// The weight of each source pixel of a row or column in each target pixel.
///
/// The filter is a triangle as wide as two source pixels, or as two target pixels where those are
/// larger: bilinear interpolation over every source pixel that it covers. Weights are integers with
/// `bits` bits after the point; with 8-bit values the sums stay within 32 bits.
package struct ResamplingWeights: Sendable {
  static let bits = 22
  package static let one: Int32 = 1 << 22

  /// The source pixels with a weight, for each target pixel.
  package private(set) var sources: [Range<Int>] = []
  /// The index of the first weight in `weights`, for each target pixel.
  package private(set) var starts: [Int] = []
  /// The weights of all target pixels, one after another.
  package private(set) var weights: [Int32] = []

  /// Computes the weights for `targetCount` pixels from the part `start`..<`end` of `sourceCount`.
  package init(sourceCount: Int, from start: Double, to end: Double, targetCount: Int) {
    let scale = (end - start) / Double(targetCount)
    let reach = max(scale, 1)
    sources.reserveCapacity(targetCount)
    starts.reserveCapacity(targetCount)
    var row: [Double] = []
    for target in 0..<targetCount {
      let center = start + (Double(target) + 0.5) * scale
      let first = max(0, Int(center - reach + 0.5))
      let last = min(sourceCount, Int(center + reach + 0.5))
      row.removeAll(keepingCapacity: true)
      for source in first..<max(first, last) {
        row.append(max(0, 1 - abs((Double(source) - center + 0.5) / reach)))
      }
      let sum = row.reduce(0, +)
      sources.append(first..<first + row.count)
      starts.append(weights.count)
      weights += row.map { Int32(($0 / sum * Double(Self.one)).rounded()) }
    }
  }

  /// Returns the value 0…255 of a weighted sum.
  @inline(__always)
  static func value(of sum: Int32) -> UInt8 {
    UInt8(clamping: (sum &+ one / 2) >> Int32(bits))
  }
}
