extension [String] {
  /// Returns the element with the smallest edit distance to `word`; nil if that exceeds 1 + a
  /// quarter of the word's length.
  func nearest(to word: String) -> String? {
    let nearest = self.map { (name: $0, distance: $0.distance(to: word)) }
      .min { $0.distance < $1.distance }
    return nearest.flatMap { $0.distance <= 1 + word.count / 4 ? $0.name : nil }
  }

  /// Returns the names most like `name`, in any case of letters, among these labels, each of which may
  /// be several names: "; did you mean goldfish?", or nothing.
  ///
  /// Names with that word come first, then such with a word that begins so, then the nearest one.
  func hint(for name: String) -> String {
    let wanted = name.lowercased()
    let known = flatMap { label in
      label.lowercased().split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
    func names(where fits: (Substring) -> Bool) -> [String] {
      known.filter { $0.split(separator: " ").contains(where: fits) }
    }
    var meant = names { $0 == wanted }
    if meant.isEmpty, wanted.count > 2 { meant = names { $0.hasPrefix(wanted) } }
    if meant.isEmpty { meant = [known.nearest(to: wanted)].compactMap(\.self) }
    return meant.isEmpty ? "" : "; did you mean \(meant.prefix(3).joined(separator: " or "))?"
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
