/// The histogram of a channel's largest values over many images.
///
/// It has eight bins per octave from 2⁻¹² to 2¹², above and below zero, and one for values nearer
/// to zero. Within a bin, quantiles are interpolated linearly.
enum Histogram {
  /// The number of bins on each side of zero.
  private static let half = 8 * 24
  /// The number of all bins.
  static let bins = 2 * half + 1

  /// Returns the bin of `value`.
  static func bin(_ value: Float) -> Int {
    let size = value.magnitude
    // The upper three bits of the fraction divide an octave into eight.
    let step = Int(size.bitPattern >> 20) - (127 - 12) * 8
    guard step >= 0 else { return half }
    let place = min(step, half - 1)
    return value < 0 ? half - 1 - place : half + 1 + place
  }

  /// Returns the lower and the upper limit of a bin.
  private static func range(of bin: Int) -> (Double, Double) {
    func edge(_ step: Int) -> Double {
      step < 0 ? 0 : Double(Float(bitPattern: UInt32(step + (127 - 12) * 8) << 20))
    }
    if bin == half { return (0, 0) }
    if bin > half { return (edge(bin - half - 1), edge(bin - half)) }
    return (-edge(half - bin), -edge(half - 1 - bin))
  }

  /// Returns the value below which the share `level` of all values lies; `counts` has one count per
  /// bin.
  static func quantile(_ level: Double, of counts: ArraySlice<UInt32>) -> Double {
    let total = counts.reduce(0) { $0 + Double($1) }
    var before = 0.0
    for (bin, count) in counts.enumerated() where count > 0 {
      let share = level * total - before
      if share <= Double(count) {
        let (low, high) = range(of: bin)
        return low + (high - low) * max(share, 0) / Double(count)
      }
      before += Double(count)
    }
    return 0
  }
}
