extension String {
  /// Returns the text broken at its spaces into lines of at most `width` characters; a longer word,
  /// such as a path, is cut every `width` characters.
  public func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    // A number and its percent sign stay together.
    let words = replacing(" %", with: "\u{A0}%").split(separator: " ")
    for word in words.flatMap({ $0.pieces(of: Swift.max(1, width)) }) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { $0.replacing("\u{A0}%", with: " %") }
  }
}

extension Substring {
  /// Returns the text cut every `length` characters.
  fileprivate func pieces(of length: Int) -> [Substring] {
    guard count > length else { return [self] }
    return [prefix(length)] + dropFirst(length).pieces(of: length)
  }
}
