import Foundation

/// Reads paths as terminals paste them when a file is dropped on them: quoted, escaped, or as a
/// file URL.
enum PastedPath {
  /// Returns the path that `text` spells; nil if it is something else.
  static func path(in text: String) -> String? {
    var text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    for quote in ["'", "\""] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote)
    {
      text = String(text.dropFirst().dropLast()).replacing("'\\''", with: "'")
      return isPath(text) ? text : nil
    }
    if text.hasPrefix("file://") { return URL(string: text)?.path }
    guard isPath(text), !text.contains(where: \.isNewline) else { return nil }
    return unescaped(text)
  }

  private static func isPath(_ text: String) -> Bool {
    ["/", "~/", "./", "../"].contains { text.hasPrefix($0) }
  }

  /// Returns `text` with its backslashes escaped, as a typed path needs it.
  static func escaped(_ text: String) -> String { text.replacing("\\", with: "\\\\") }

  /// Returns `text` without the backslashes that escape a shell's special characters.
  static func unescaped(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }
}
