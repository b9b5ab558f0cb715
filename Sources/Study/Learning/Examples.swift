/// The rows that a head is fitted to: the taught images and, if there is a class for anything else,
/// a virtual outlier for each of them.
struct Examples: Sendable {
  /// The class of each image; that of outliers is the last.
  let imageClasses: [Int]
  /// The number of classes, including that of the outliers.
  let classes: Int
  /// The features of the taught images, then those of the outliers.
  let features: FeatureTable
  /// The number of taught images.
  let taught: Int
  /// A number per image; images with the same number are held back together.
  let groups: [Int]

  /// Joins `images`, of which those of a group are copies, with `outliers`, if any.
  init(_ images: TaughtImages, groups: [Int], outliers: FeatureTable?) {
    let own = images.images.map(\.classIndex)
    taught = own.count
    if let outliers {
      imageClasses = own + own.map { _ in images.classes.count }
      classes = images.classes.count + 1
      features = FeatureTable(
        width: outliers.width, views: outliers.views,
        values: images.features.values + outliers.values)
      // An outlier is held back together with the image that it was made from.
      self.groups = groups + groups
    } else {
      (imageClasses, classes, features) = (own, images.classes.count, images.features)
      self.groups = groups
    }
  }

  /// Returns the weight of each row: all classes weigh the same, and an image's views weigh as much
  /// as one.
  ///
  /// Images for which `isUsed` is false weigh nothing. The other n images, of k classes, weigh
  /// n/(k·nᵢ) each, where nᵢ is the number of images of the same class, as with scikit-learn's
  /// class_weight="balanced".
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

  /// Returns the cross-entropy, averaged over the images of each class and then over classes;
  /// images without logits are left out.
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
