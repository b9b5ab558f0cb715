import Cells

/// The styles of the text around the pictures; the terminal's own colours stay behind them.
enum Theme {
  static let plain = Style()
  static let title = Style(bold: true)
  static let quiet = Style(dim: true)
  static let selected = Style(bold: true, reverse: true)
  static let key = Style(foreground: Color(0x5F, 0xAF, 0xD7), bold: true)
  static let bar = Style(foreground: Color(0x5F, 0xAF, 0xD7))
  static let best = Style(foreground: Color(0x3F, 0xC0, 0x3F), bold: true)
  static let against = Style(foreground: Color(0xD7, 0x87, 0x5F))
  static let question = Style(foreground: Color(0xE5, 0xC0, 0x5F), bold: true)
  static let error = Style(foreground: Color(0xFF, 0x5F, 0x5F), bold: true)
  /// What is above zero, or speaks for something.
  static let positive = Color(0xF4, 0x4B, 0x3A)
  /// What is below zero, or speaks against it.
  static let negative = Color(0x3D, 0x7D, 0xF5)
  /// The same among few colours, where ink says how much: as light as each other, and light enough
  /// for the most ink.
  static let (positiveInk, negativeInk) = (Color(0xD8, 0xD8, 0x00), Color(0x00, 0xFF, 0xFF))
  static let inner = Color(0xFF, 0xFF, 0xFF)
  static let cursor = Color(0xFF, 0x5F, 0x5F)
}
