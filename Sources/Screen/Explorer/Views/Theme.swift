import Cells

/// The styles of text and pictures; the background stays the terminal's own.
enum Theme {
  static let plain = Style()
  static let title = Style(bold: true)
  static let quiet = Style(tone: .quiet)
  static let selected = Style(bold: true, reverse: true)
  static let key = Style(tone: .key, bold: true)
  static let bar = Style(tone: .bar)
  static let best = Style(tone: .best, bold: true)
  static let against = Style(tone: .against)
  static let question = Style(tone: .question, bold: true)
  static let error = Style(tone: .error, bold: true)
  /// Text about values above zero, or evidence for something.
  static let above = Style(tone: .positive)
  /// Text about values below zero, or evidence against something.
  static let below = Style(tone: .negative)
  /// Text that is a number, by the sign that is seen: what is rounded to zero has none.
  static func sign(of number: String) -> Style {
    guard number.contains(where: { "1"..."9" ~= $0 }) else { return plain }
    return number.hasPrefix("-") ? below : above
  }
  /// Values above zero in pictures.
  static let positive = Color(0xF4, 0x4B, 0x3A)
  /// Values below zero in pictures.
  static let negative = Color(0x3D, 0x7D, 0xF5)
  /// The same with few colours, where ink shows the magnitude: both equally light, and light enough
  /// for the most ink.
  ///
  /// What is seen is their purest, red and cyan, as in text.
  static let (positiveInk, negativeInk) = (Color(0xFF, 0xBA, 0xBA), Color(0x00, 0xFF, 0xFF))
  static let inner = Color(0xFF, 0xFF, 0xFF)
  static let cursor = Color(0xFF, 0x5F, 0x5F)
}
