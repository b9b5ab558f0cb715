extension [String] {
  /// Returns the element with the smallest edit distance to `word`; nil if that exceeds 1 + a
  /// quarter of the word's length.
  func nearest(to word: String) -> String? {
    let nearest = self.map { (name: $0, distance: $0.distance(to: word)) }
      .min { $0.distance < $1.distance }
    return nearest.flatMap { $0.distance <= 1 + word.count / 4 ? $0.name : nil }
  }
}

extension String {
  /// Returns the number of letters to insert, remove or replace to get `other` (Levenshtein, 1966).
  func distance(to other: String) -> Int {
    let other = Array(other)
    var row = Array(0...other.count)
    for (i, letter) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, second) in other.enumerated() {
        let above = row[j + 1]
        row[j + 1] = Swift.min(above + 1, row[j] + 1, diagonal + (letter == second ? 0 : 1))
        diagonal = above
      }
    }
    return row[other.count]
  }
}
