import Tensors

/// A division of images into folds, each of which is held back once while the others are learned.
struct Folds: Equatable, Sendable {
  /// The fold of each image; nil for one that is never held back.
  let ofImage: [Int?]
  /// The number of folds; 0 if nothing can be held back.
  let count: Int

  /// Deals the images of each class out to at most `most` folds, in an order that `seed`
  /// determines.
  ///
  /// Images of a group stay together, because a copy of a learned image would be no test. A class
  /// with a single group is never held back, because nothing of it would be left to learn.
  init(classes: [Int], groups: [Int], most: Int = 5, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // A group of several classes (a picture in two folders) counts for its first class.
    var classOfGroup: [Int: Int] = [:]
    for (image, group) in groups.enumerated() where classOfGroup[group] == nil {
      classOfGroup[group] = classes[image]
    }
    let groupsOfClass = Dictionary(grouping: classOfGroup.keys.sorted()) { classOfGroup[$0] ?? 0 }
    let count = min(most, groupsOfClass.values.map(\.count).max() ?? 0)
    guard count >= 2 else {
      (ofImage, self.count) = (classes.map { _ in nil }, 0)
      return
    }
    var foldOfGroup: [Int: Int] = [:]
    // Each class continues where the one before ended, so that small classes fill the folds evenly.
    var next = 0
    for (_, members) in groupsOfClass.sorted(by: { $0.key < $1.key }) where members.count > 1 {
      for group in members.shuffled(using: &random) {
        foldOfGroup[group] = next % count
        next += 1
      }
    }
    ofImage = groups.map { foldOfGroup[$0] }
    self.count = count
  }
}
