/// What stands for Unicode where there is only ASCII.
public enum Ascii {
  /// `text` with every sign that is not ASCII replaced.
  public static func text(_ text: String) -> String {
    let scalars = spelled(text).flatMap { $0.unicodeScalars.prefix(1).map(substitute) }
    return String(String.UnicodeScalarView(scalars))
  }

  /// `text` with the signs spelled out that no single one of ASCII can stand for, above all those of
  /// formulas; others keep their columns.
  static func spelled(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    let isGoingOn = text.hasSuffix(" …")
    let whole = isGoingOn ? String(text.dropLast()) + "..." : text
    return spellings.reduce(whole) { $0.replacing($1.sign, with: $1.words) }
  }

  static func substitute(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.isASCII ? scalar : table[scalar] ?? "?"
  }

  /// An arrow between words points from one to the other; any other is a key, and not the key < or >.
  private static let spellings: [(sign: String, words: String)] = [
    (" → ", " -> "), (" ← ", " <- "), ("↑↓←→", "Arrows"), ("↑↓", "Up/Down"),
    ("←→", "Left/Right"), ("(→ ", "(Right "), (" ↓ ", " Down "), ("√", "sqrt"), ("²", "^2"),
    ("γ", "gamma"),
    ("β", "beta"), ("μ", "mu"), ("σ", "sigma"), ("ε", "eps"),
  ]

  /// Signs of one column for signs of one column.
  private static let table: [Unicode.Scalar: Unicode.Scalar] = [
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "┄": ".", "━": "-", "┃": "|", "┏": "+", "┓": "+", "┗": "+", "┛": "+",
    "▸": ">", "▶": ">", "◂": "<", "▴": "^", "▾": "v", "↑": "^", "↓": "v", "←": "<", "→": ">",
    "▲": "^", "▼": "v", "≈": "~", "•": "*",
    "·": "*", "±": "+", "×": "x", "…": "~", "–": "-", "−": "-", "α": "a", "≠": "!", "●": "*",
    "░": ".",
    "○": "o", "█": "#", "▉": "#", "▊": "#", "▋": "#", "▌": "=", "▐": "=", "▍": "=", "▎": "-",
    "▏": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "▘": "'", "▝": "'", "▖": ".", "▗": ".",
    "▚": "%",
    "▁": "_", "▂": "_", "▃": "-", "▄": "=", "▅": "=", "▆": "#", "▇": "#", "▀": "\"", "“": "\"",
    "”": "\"", "’": "'",
  ]
}
