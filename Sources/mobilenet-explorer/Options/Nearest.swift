extension [String] {
  /// The one that the fewest letters tell from `word`; nil when there is none.
  func nearest(to word: String) -> String? {
    self.min { $0.distance(to: word) < $1.distance(to: word) }
  }
}

extension String {
  /// How many letters must be inserted, removed or replaced to get `other` (Levenshtein, 1966).
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
