/// Images cut into parts, each of which is held back once while the others are learned from.
struct Folds: Equatable, Sendable {
  /// The fold of each image; nil for one that is never held back.
  let ofImage: [Int?]
  /// How many there are; 0 where nothing can be held back.
  let count: Int

  /// Deals the images of each class out to up to `most` folds, in an order that `seed` decides.
  ///
  /// Images of a `group` stay together: a copy of what was learned would be no test. A class that is
  /// a single group is never held back, because nothing of it would be left to learn from.
  init(classes: [Int], groups: [Int], most: Int = 5, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // A group of several classes, a picture that was put in two folders, counts with its first.
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
    // The next class goes on where the last one ended, so that folds of small classes are equal.
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

/// Numbers that look random and are the same for the same seed on every machine.
///
/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
