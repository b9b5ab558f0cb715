import Tensors

/// Virtual outliers: features of nothing that was taught, for a class "none of these" beside the
/// others.
///
/// An outlier has the features of a taught image with the channels exchanged at random: as large as
/// a photo's, in another direction, and so at a distance from all that was taught. Fitting a class
/// to virtual outliers, instead of a threshold to a distance, keeps the last layer a single matrix
/// (compare Du et al., "VOS: Learning What You Don't Know by Virtual Outlier Synthesis", 2022).
enum Outliers {
  /// The name of the class.
  static let name = "none of these"
  /// The share of held-back images that may be taken for outliers although they show a taught
  /// class.
  static let falseAlarms = 0.05

  /// Returns a virtual outlier for each image of `features`, in the same order.
  static func features(like features: FeatureTable, seed: UInt64) -> FeatureTable {
    var random = SplitMix64(seed: seed ^ 0x6F75_746C_6965_7273)
    return FeatureTable(
      width: features.width, views: features.views,
      values: (0..<features.rows).flatMap { features.row($0).shuffled(using: &random) })
  }

  /// Returns the number to add to the last of each row of `logits`, so that it is the largest in at
  /// most the share `falseAlarms` of the rows.
  static func shift(_ logits: [[Double]]) -> Double {
    let margins = logits.compactMap { row -> Double? in
      guard let last = row.last, let other = row.dropLast().max() else { return nil }
      return last - other
    }.sorted(by: >)
    guard !margins.isEmpty else { return 0 }
    // The margins before this one stay positive, those equal to it do not.
    return -margins[Int(falseAlarms * Double(margins.count))]
  }
}
