/// The rows that a head is fitted to: the taught images and, where there is an answer for what was not
/// taught, a virtual outlier for each of them.
struct Examples: Sendable {
  /// The class of each image; outliers are of the last.
  let imageClasses: [Int]
  /// The number of classes, that of the outliers among them.
  let classes: Int
  /// The images that were taught come first, then the outliers.
  let features: FeatureTable
  /// How many of the images were taught.
  let taught: Int
  /// Images that are held back together share a number.
  let groups: [Int]

  /// Takes `images`, of which those of a group are copies; `outliers` may be none.
  init(_ images: TaughtImages, groups: [Int], outliers: FeatureTable?) {
    let own = images.images.map(\.classIndex)
    taught = own.count
    if let outliers {
      imageClasses = own + own.map { _ in images.classes.count }
      classes = images.classes.count + 1
      features = FeatureTable(
        width: outliers.width, views: outliers.views,
        values: images.features.values + outliers.values)
      // What was made of an image is held back with it.
      self.groups = groups + groups
    } else {
      (imageClasses, classes, features) = (own, images.classes.count, images.features)
      self.groups = groups
    }
  }

  /// How much each row counts: all classes alike, and the views of an image as much as one.
  ///
  /// Images of which `isUsed` is false count nothing. What is left of n images of k classes weighs
  /// n/(k·nₖ) each, as scikit-learn's class_weight="balanced" has it.
  func rowWeights(isUsed: (Int) -> Bool = { _ in true }) -> [Double] {
    var counts = [Int](repeating: 0, count: classes)
    let used = imageClasses.indices.map(isUsed)
    for (index, isUsed) in zip(imageClasses, used) where isUsed { counts[index] += 1 }
    let total = Double(counts.reduce(0, +))
    let present = Double(counts.count { $0 > 0 })
    return zip(imageClasses, used).flatMap { index, isUsed in
      let weight = isUsed ? total / present / Double(counts[index] * features.views) : 0
      return [Double](repeating: weight, count: features.views)
    }
  }

  /// The class of each row.
  var rowClasses: [Int] {
    imageClasses.flatMap { [Int](repeating: $0, count: features.views) }
  }

  /// Minus the logarithm of the true class's probability, the mean over classes; images without
  /// logits do not count.
  func balancedLoss(_ logits: [[Double]]) -> Double {
    var sums = [Double](repeating: 0, count: classes)
    var counts = sums
    for (index, logits) in zip(imageClasses, logits) where !logits.isEmpty {
      sums[index] -= Temperature.logSoftmax(logits, 1)[index]
      counts[index] += 1
    }
    let means = zip(sums, counts).filter { $0.1 > 0 }.map { $0.0 / $0.1 }
    return means.isEmpty ? 0 : means.reduce(0, +) / Double(means.count)
  }
}
