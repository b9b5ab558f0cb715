/// Scores how well a typed text matches a name.
enum FuzzyMatch {
  /// Returns the score of `query` in `text`; nil if its letters do not all occur there in order.
  ///
  /// Adjacent letters and letters at the beginning of a word count more; of equally good names the
  /// shorter wins. Case does not matter.
  static func score(_ query: String, in text: String) -> Int? {
    let letters = Array(query.lowercased().utf8)
    let name = Array(text.lowercased().utf8)
    guard let first = letters.first else { return 0 }
    // The position of the first letter decides the rest, so all positions are tried.
    let scores = name.indices.filter { name[$0] == first }.compactMap { start in
      score(letters, in: name, from: start)
    }
    return scores.max().map { $0 * 100 - name.count }
  }

  private static func score(_ letters: [UInt8], in name: [UInt8], from start: Int) -> Int? {
    var total = 0
    var next = start
    var last = -2
    for letter in letters {
      guard let place = name[next...].firstIndex(of: letter) else { return nil }
      total += place == last + 1 ? 5 : 1
      total += place == 0 || !isWord(name[place - 1]) ? 3 : 0
      (last, next) = (place, place + 1)
    }
    return total
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte >= 0x80
  }
}
