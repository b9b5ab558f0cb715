/// A language's notation of numbers: 3,840.5 in English, 3.840,5 where the comma is the decimal sign.
struct NumberNotation: Sendable, Equatable {
  private let hasDecimalComma: Bool

  /// The languages of the lessons that have a decimal comma.
  private static let withComma: Set = ["de", "es"]

  /// Takes the notation of the language with a code such as `de`.
  init(language: String) { hasDecimalComma = Self.withComma.contains(language) }

  /// Returns `text`, whose numbers are in English notation, with numbers in this one; a number within
  /// a name, as in mobilenet-1.0, stays.
  func written(_ text: String) -> String {
    guard hasDecimalComma, text.contains(where: { $0 == "." || $0 == "," }) else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map(word).joined(
      separator: " ")
  }

  private func word(_ word: Substring) -> String {
    guard let start = word.firstIndex(where: Self.isDigit),
      let last = word.lastIndex(where: Self.isDigit)
    else { return String(word) }
    let (before, rest) = (word[..<start], word[start...last])
    let after = word[word.index(after: last)...]
    guard !(before + after).contains(where: { $0.isLetter || $0 == "/" }),
      !rest.contains(where: { $0.isLetter || $0 == "/" }) || Self.hasExponent(rest)
    else { return String(word) }
    let swapped = rest.map { $0 == "." ? "," : $0 == "," ? "." : $0 }
    return before + String(swapped) + after
  }

  /// Returns whether `word` is a number with a power of ten, such as 7.4e-5.
  private static func hasExponent(_ word: Substring) -> Bool {
    word.filter(\.isLetter) == "e" && Double(word.filter { $0 != "," }) != nil
  }

  private static func isDigit(_ sign: Character) -> Bool { "0"..."9" ~= sign }
}
