import Files

extension String {
  /// The text with U+FFFD in place of the characters that a terminal would obey: control
  /// characters, except newlines and tabs, and changes of the writing direction.
  ///
  /// Labels, names and origins are texts that strangers wrote into files.
  public var printable: String {
    guard unicodeScalars.contains(where: \.isObeyed) else { return self }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: unicodeScalars.map { $0.isObeyed ? "\u{FFFD}" : $0 })
    return String(text)
  }
}

extension String {
  /// The printable text without newlines: a name, or a message of one line.
  public var onOneLine: String { printable.replacing("\n", with: "\u{FFFD}") }
}

extension Unicode.Scalar {
  fileprivate var isObeyed: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    // Private characters that stand for the invalid bytes of a file's name.
    case FileName.escapes: true
    default: false
    }
  }
}
