/// The sequences that control a terminal, from its description.
public struct TerminalSequences: Sendable {
  /// Clears the screen.
  public var clear: [UInt8] = []
  /// Resets all styles.
  public var plain: [UInt8] = []
  /// Switches to bold; empty, like the next three, if the terminal can't.
  public var bold: [UInt8] = []
  /// Switches to faint.
  public var dim: [UInt8] = []
  /// Switches underlining on.
  public var underline: [UInt8] = []
  /// Exchanges foreground and background.
  public var reverse: [UInt8] = []
  /// The sequences that set the foreground colour, by number; empty if colours are sent as red,
  /// green and blue.
  public var foregrounds: [[UInt8]] = []
  /// The sequences that set the background colour, by number.
  public var backgrounds: [[UInt8]] = []
  /// Whether the screen scrolls when its last cell is written.
  public var scrollsAtTheEnd = false
  /// Enclose an update that is to be shown all at once; empty if the terminal lacks this (DEC
  /// private mode 2026).
  public var (beginUpdate, endUpdate): ([UInt8], [UInt8]) = ([], [])
  /// Shows a pixel picture from the cursor on, or sends it for placeholders; empty if the terminal
  /// has no pixel graphics.
  public var picture: @Sendable (_ picture: PlacedPicture) -> [UInt8] = { _ in [] }
  /// Deletes the first `count` pictures.
  public var forgetPictures: @Sendable (_ count: Int) -> [UInt8] = { _ in [] }
  /// Whether pictures are shown by placeholder cells, not at the cursor.
  public var pictureIsInCells = false
  /// Show and hide the terminal's own cursor (DEC private mode 25).
  public var (showCursor, hideCursor) = (Array("\u{1B}[?25h".utf8), Array("\u{1B}[?25l".utf8))
  /// Moves the cursor to column `x` and row `y`.
  public var move: @Sendable (_ x: Int, _ y: Int) -> [UInt8]

  /// Makes the sequences of a terminal that can only move its cursor.
  public init(move: @escaping @Sendable (_ x: Int, _ y: Int) -> [UInt8]) {
    self.move = move
  }
}
