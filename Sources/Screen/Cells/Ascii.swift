/// Replacements for Unicode characters on terminals that show only ASCII.
public enum Ascii {
  /// Returns `text` with every character that is not ASCII replaced.
  public static func text(_ text: String) -> String {
    let scalars = spelled(text).flatMap { $0.unicodeScalars.prefix(1).map(substitute) }
    return String(String.UnicodeScalarView(scalars))
  }

  /// Returns `text` with those characters spelled out that no single ASCII character can replace,
  /// most of them signs in formulas.
  ///
  /// Other characters stay, so that columns keep their width.
  static func spelled(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    let isGoingOn = text.hasSuffix(" …")
    let whole = isGoingOn ? String(text.dropLast()) + "..." : text
    return spellings.reduce(whole) { $0.replacing($1.sign, with: $1.words) }
  }

  static func substitute(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.isASCII ? scalar : table[scalar] ?? "?"
  }

  /// An arrow between words points from one to the other; any other arrow names a key, which must
  /// not be taken for the keys < and >.
  private static let spellings: [(sign: String, words: String)] = [
    (" → ", " -> "), (" ← ", " <- "), ("↑↓←→", "Arrows"), ("↑↓", "Up/Down"),
    ("←→", "Left/Right"), ("(→ ", "(Right "), (" ↓ ", " Down "), ("√", "sqrt"), ("²", "^2"),
    ("γ", "gamma"),
    ("β", "beta"), ("μ", "mu"), ("σ", "sigma"), ("ε", "eps"),
  ]

  /// Replacements of one column for characters of one column.
  private static let table: [Unicode.Scalar: Unicode.Scalar] = [
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "┄": ".", "┊": ":", "━": "=", "┃": "|", "┏": "+", "┓": "+", "┗": "+",
    "┛": "+",
    "▸": ">", "▶": ">", "◂": "<", "▴": "^", "▾": "v", "↑": "^", "↓": "v", "←": "<", "→": ">",
    "▲": "^", "▼": "v", "≈": "~", "•": "*", "✓": "+",
    "·": "*", "±": "+", "×": "x", "…": "~", "–": "-", "−": "-", "α": "a", "≠": "!", "●": "*",
    "░": ".",
    "○": "o", "█": "#", "▉": "#", "▊": "#", "▋": "#", "▌": "=", "▐": "=", "▍": "=", "▎": "-",
    "▏": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "▘": "'", "▝": "'", "▖": ".", "▗": ".",
    "▚": "%",
    "▁": "_", "▂": "_", "▃": "-", "▄": "=", "▅": "=", "▆": "#", "▇": "#", "▀": "\"", "“": "\"",
    "”": "\"", "’": "'",
  ]
}
