/// Images that are the same to the network: equal features of one of their views.
struct Duplicates: Equatable, Sendable {
  /// A number for each image, which copies share: that of the first of them.
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

  /// The images that are a copy of one before them, with that one.
  var copies: [(image: Int, of: Int)] {
    groups.enumerated().compactMap { $0.offset == $0.element ? nil : ($0.offset, $0.element) }
  }
}
