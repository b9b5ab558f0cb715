/// Scores how well a typed text matches a name.
enum FuzzyMatch {
  /// The score of `query` in `text`; nil where it does not fit.
  ///
  /// Whole words are best, then beginnings of words, then parts of them. Where it does not occur as it
  /// was typed, its letters may each go on from the last or begin a word or a number: `c5s` is
  /// conv5_1_sep, but nobody who types "dog" means a tailed frog. Of equally good names the shorter is
  /// better. Case does not matter.
  static func score(_ query: String, in text: String) -> Int? {
    let letters = Array(query.lowercased().utf8)
    let name = Array(text.lowercased().utf8)
    guard !letters.isEmpty else { return 0 }
    let ranks = name.indices.filter { name[$0...].starts(with: letters) }.map {
      rank(of: $0..<$0 + letters.count, in: name)
    }
    let best = ranks.max() ?? (hasInitials(letters, name) ? Rank.initials : nil)
    return best.map { $0.rawValue * 1000 - name.count }
  }

  private enum Rank: Int, Comparable {
    case initials, part, beginning, word

    static func < (first: Rank, second: Rank) -> Bool { first.rawValue < second.rawValue }
  }

  private static func rank(of part: Range<Int>, in name: [UInt8]) -> Rank {
    let begins = part.lowerBound == 0 || !isWord(name[part.lowerBound - 1])
    let ends = part.upperBound == name.count || !isWord(name[part.upperBound])
    return begins ? ends ? .word : .beginning : .part
  }

  /// Whether each of `letters` goes on from the last, or begins a word or a number, in their order.
  private static func hasInitials(_ letters: [UInt8], _ name: [UInt8]) -> Bool {
    var places = Set([-1])
    for letter in letters {
      places = Set(
        name.indices.filter { place in
          name[place] == letter
            && places.contains { $0 < place && ($0 == place - 1 || begins(place, name)) }
        })
    }
    return !places.isEmpty
  }

  private static func begins(_ place: Int, _ name: [UInt8]) -> Bool {
    guard place > 0, isWord(name[place - 1]) else { return true }
    return isDigit(name[place]) && !isDigit(name[place - 1])
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || isDigit(byte) || byte >= 0x80
  }
}
