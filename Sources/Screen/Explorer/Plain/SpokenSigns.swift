/// Characters and keys in spoken words.
enum SpokenSigns {
  private static let words = [
    ("×", " by "), (" → ", " to "), (" ─ ", ", "), (" − ", " minus "), ("−", "-"), ("…", "..."),
    (" · ", " times "), ("·", " times "), ("≠", "not "), (" %", " percent"), ("–", "-"),
    ("“", "\""), ("”", "\""), ("’", "'"), ("√", "square root of "), ("²", " squared"),
    (" = ", " equals "), (" + ", " plus "), ("≈", "about"),
    ("α", "alpha"), ("γ", "gamma"), ("β", "beta"), ("μ", "mu"), ("σ", "sigma"), ("ε", "epsilon"),
    ("↑↓←→", "arrows"), ("↑↓", "up and down"), ("←→", "left and right"),
    ("→", "right arrow"), ("←", "left arrow"), ("↓", "down arrow"), ("↑", "up arrow"),
    ("▴", "part at 6"), ("○", "all zero"), (" M multiply", " million multiply"),
    (" M param", " million param"), (" k param", " thousand param"),
  ]

  /// Returns `text` with characters that screen readers skip or misread replaced by words.
  static func words(_ text: String) -> String {
    words.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  /// A count whose unit is a letter, with that as a word.
  static func unit(_ count: String) -> String {
    [(" k", " thousand"), (" M", " million"), (" G", " billion")].reduce(count) {
      $0.hasSuffix($1.0) ? $0.dropLast($1.0.count) + $1.1 : $0
    }
  }

  private static let keys = [
    "< >": "less and greater", "[ ]": "square brackets", "PgUp PgDn": "page up and down",
    "- +": "minus and plus", "k j": "k and j", "#": "number sign", "%": "percent sign",
    "1…0": "1 to 0", "@": "at sign", "^": "caret", "~": "tilde", "!": "exclamation mark",
    "(": "parenthesis", ", .": "comma and point", "/": "slash", "?": "question mark",
    ":": "colon", "Bksp": "backspace", "space": "space bar", "Esc": "escape",
    "*": "star",
  ]

  /// A key's sign as it is said.
  static func key(_ symbol: String) -> String {
    keys[symbol] ?? words(symbol.replacing("…", with: " to "))
  }
}

extension String {
  /// The text with an upper-case first letter.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The text with a full stop, unless it ends a sentence already.
  var asSentence: String {
    guard let last, !".?!:".contains(last) else { return self }
    return self + "."
  }
}
