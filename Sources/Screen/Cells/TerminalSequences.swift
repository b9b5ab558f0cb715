/// What a terminal is sent to make it do something, as its description says.
public struct TerminalSequences: Sendable {
  /// Empties the screen.
  public var clear: [UInt8] = []
  /// Ends every style.
  public var plain: [UInt8] = []
  /// Makes characters heavier; empty, like the next three, where the terminal can't.
  public var bold: [UInt8] = []
  /// Makes characters fainter.
  public var dim: [UInt8] = []
  /// Underlines characters.
  public var underline: [UInt8] = []
  /// Lets foreground and background change places.
  public var reverse: [UInt8] = []
  /// Set the colour of characters by its number; none where colours are red, green and blue.
  public var foregrounds: [[UInt8]] = []
  /// Set the colour behind characters, likewise.
  public var backgrounds: [[UInt8]] = []
  /// Whether the screen moves up once its last place is written to.
  public var scrollsAtTheEnd = false
  /// Stands before the changes of a screen that are to be seen together, and behind them; empty where
  /// the terminal does not know of it (DEC private mode 2026).
  public var (beginUpdate, endUpdate): ([UInt8], [UInt8]) = ([], [])
  /// What shows a picture of pixels from the cursor on, or what it is known by; empty where the
  /// terminal is sent none.
  public var picture: @Sendable (_ picture: PlacedPicture) -> [UInt8] = { _ in [] }
  /// Makes the terminal forget so many pictures.
  public var forgetPictures: @Sendable (_ count: Int) -> [UInt8] = { _ in [] }
  /// Whether pictures are shown by cells that stand for them, and not where the cursor is.
  public var pictureIsInCells = false
  /// Shows the terminal's own cursor, and hides it (DEC private mode 25).
  public var (showCursor, hideCursor) = (Array("\u{1B}[?25h".utf8), Array("\u{1B}[?25l".utf8))
  /// Moves the cursor.
  public var move: @Sendable (_ x: Int, _ y: Int) -> [UInt8]

  /// A terminal that can move its cursor and nothing else.
  public init(move: @escaping @Sendable (_ x: Int, _ y: Int) -> [UInt8]) {
    self.move = move
  }
}
