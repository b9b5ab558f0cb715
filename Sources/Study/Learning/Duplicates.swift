/// Images that the network cannot tell apart: one of their views has equal features.
struct Duplicates: Equatable, Sendable {
  /// A number per image, shared by its copies: the index of the first of them.
  let groups: [Int]

  /// Compares all rows of `features`, bit by bit.
  init(_ features: FeatureTable) {
    var parents = Array(0..<features.images)
    func root(_ image: Int) -> Int {
      var image = image
      while parents[image] != image { image = parents[image] }
      return image
    }
    // A mirrored copy has the same rows in another order.
    var firstImage: [ArraySlice<Float>: Int] = [:]
    for row in 0..<features.rows {
      let image = row / features.views
      let key = features.row(row)
      if let first = firstImage[key] {
        let (a, b) = (root(first), root(image))
        parents[max(a, b)] = min(a, b)
      } else {
        firstImage[key] = image
      }
    }
    groups = (0..<features.images).map(root)
  }

  /// The images that are copies of an earlier one, with its index.
  var copies: [(image: Int, of: Int)] {
    groups.enumerated().compactMap { $0.offset == $0.element ? nil : ($0.offset, $0.element) }
  }
}
