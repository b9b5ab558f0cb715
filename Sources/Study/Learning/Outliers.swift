/// Features of nothing that was taught, for an answer "none of these" that is a class like the others.
///
/// They are those of the taught images with their channels exchanged at random: as lively as a
/// photo's, in another direction, and so at a distance from all that was taught. Fitting a class to
/// such virtual outliers, instead of a threshold to a distance, keeps the last layer a single matrix
/// (compare Du et al., "VOS: Learning What You Don't Know by Virtual Outlier Synthesis", 2022).
enum Outliers {
  /// What the class is called.
  static let name = "none of these"
  /// The share of held-back images that may be called so, though they show something taught.
  static let falseAlarms = 0.05

  /// A virtual outlier for each image of `features`, in the same order.
  static func features(like features: FeatureTable, seed: UInt64) -> FeatureTable {
    var random = SplitMix64(seed: seed ^ 0x6F75_746C_6965_7273)
    return FeatureTable(
      width: features.width, views: features.views,
      values: (0..<features.rows).flatMap { features.row($0).shuffled(using: &random) })
  }

  /// What is to be added to the last of `logits` so that it is the largest for no more than the share
  /// `falseAlarms` of them.
  static func shift(_ logits: [[Double]]) -> Double {
    let margins = logits.compactMap { row -> Double? in
      guard let last = row.last, let other = row.dropLast().max() else { return nil }
      return last - other
    }.sorted(by: >)
    guard !margins.isEmpty else { return 0 }
    // As many as may be are above; what is equal to the next is not.
    return -margins[Int(falseAlarms * Double(margins.count))]
  }
}
