import Foundation

/// A path as terminals paste it when a file is dropped on them: quoted, escaped, or as an address.
enum PastedPath {
  /// The path that `text` spells; nil if it is something else.
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

  /// `text` with its backslashes escaped, so that it means itself where a path is typed.
  static func escaped(_ text: String) -> String { text.replacing("\\", with: "\\\\") }

  /// `text` without the backslashes with which a shell's special characters are escaped.
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
