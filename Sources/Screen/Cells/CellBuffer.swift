/// A character cell of the screen.
public struct Cell: Hashable, Sendable {
  /// The character.
  var glyph: Glyph
  /// The style of the character.
  public var style: Style

  /// Makes a cell with a character of one column.
  public init(_ scalar: Unicode.Scalar = " ", _ style: Style = Style()) {
    self.init(Glyph(narrow: scalar), style)
  }

  init(_ glyph: Glyph, _ style: Style) {
    self.glyph = glyph
    self.style = style
  }

  /// The character as text; empty in the second half of a wide character.
  public var text: String { glyph.text }

  /// Whether the cell is the second half of a wide character.
  var isHalf: Bool { glyph.width == 0 }
}

/// A grid of cells: a screen, or a part of one.
///
/// Text and pictures are clipped at its edges.
public struct CellBuffer: Equatable, Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The capabilities that pictures are drawn for; without Unicode, signs in formulas are spelled
  /// out.
  public var capabilities = Capabilities(colors: .trueColor, unicode: true)
  /// Whether its text is read from far away, as a class reads it.
  public var isReadFromFar = false
  /// The pictures drawn before, for reuse; nil to remember none.
  public var memory: PictureMemory?
  /// The pictures that are sent as pixels, the topmost last.
  public private(set) var pictures: [PlacedPicture] = []
  /// The position of the terminal's own cursor, for people who hear the screen; nil to hide the
  /// cursor.
  public var cursor: CellPoint?
  private var cells: [Cell]

  /// Makes a screen full of spaces.
  public init(size: Size) {
    width = max(0, size.width)
    height = max(0, size.height)
    cells = [Cell](repeating: Cell(), count: width * height)
  }

  /// Columns and rows.
  public var size: Size { Size(width: width, height: height) }

  /// The cell in column `x` and row `y`, which must exist.
  public subscript(x: Int, y: Int) -> Cell {
    get { cells[y * width + x] }
    set { cells[y * width + x] = newValue }
  }

  /// Returns whether there is a cell in column `x` and row `y`.
  public func contains(x: Int, y: Int) -> Bool { 0..<width ~= x && 0..<height ~= y }

  /// Fills `area` with `cell`.
  public mutating func fill(_ area: Rect, _ cell: Cell) {
    for y in max(area.y, 0)..<max(0, min(area.maxY, height), max(area.y, 0)) {
      for x in max(area.x, 0)..<max(0, min(area.maxX, width), max(area.x, 0)) {
        self[x, y] = cell
      }
    }
  }

  /// Writes `text` from column `x` on, at most `maxWidth` columns; returns the column behind the
  /// text.
  ///
  /// Text that does not fit ends with an ellipsis. Control characters become spaces.
  @discardableResult
  public mutating func write(
    _ text: String, x: Int, y: Int, style: Style = Style(), maxWidth: Int = .max
  ) -> Int {
    guard 0..<height ~= y else { return x }
    let end = maxWidth > width - x ? width : x + maxWidth
    var column = x
    for character in spelled(text) {
      let glyph = Glyph(character)
      guard glyph.width > 0 else { continue }
      if column + Int(glyph.width) > end {
        if column > x, 0..<width ~= end - 1 { put(Cell("…", style), x: end - 1, y: y) }
        return max(x, end)
      }
      if column >= 0 {
        if glyph.width == 2 { put(Cell(.half, style), x: column + 1, y: y) }
        put(Cell(glyph, style), x: column, y: y)
      }
      column += Int(glyph.width)
    }
    return column
  }

  /// Returns `text` as it is written: without Unicode, signs in formulas are spelled out.
  public func spelled(_ text: String) -> String {
    capabilities.unicode ? text : Ascii.spelled(text)
  }

  /// Puts a cell at a position; the other half of a wide character that stood there becomes a
  /// space.
  private mutating func put(_ cell: Cell, x: Int, y: Int) {
    if self[x, y].isHalf, !cell.isHalf, x > 0 { self[x - 1, y].glyph = .space }
    if x + 1 < width, self[x + 1, y].isHalf, cell.glyph.width < 2 {
      self[x + 1, y].glyph = .space
    }
    self[x, y] = cell
  }

  /// Draws a horizontal bar that fills `share` of the first row of `area`, to an eighth of a cell.
  ///
  /// `isDotted` marks the rest of the area, for bars whose full width means 100 %.
  public mutating func bar(
    _ share: Double, in area: Rect, style: Style, isDotted: Bool = false
  ) {
    guard share.isFinite else { return }
    let eighths = Int((min(max(share, 0), 1) * Double(area.width * 8)).rounded())
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    write(
      String(repeating: "█", count: eighths / 8) + partial, x: area.x, y: area.y, style: style,
      maxWidth: area.width)
    if isDotted { dot(Rect(x: area.x, y: area.y, width: area.width, height: 1)) }
  }

  /// Marks the blank cells of `area` with quiet dots.
  public mutating func dot(_ area: Rect) {
    let dot = capabilities.unicode ? "·" : "."
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX
      where contains(x: x, y: y) && self[x, y].text == " " && self[x, y].style == Style() {
        write(dot, x: x, y: y, style: Style(tone: .quiet))
      }
    }
  }

  /// Draws two horizontal bars in the first row of `area`, one above the other.
  ///
  /// `before` fills the upper half of its cells and `after` the lower half; where both reach, the
  /// bar fills whole cells.
  public mutating func bars(
    before: Double, after: Double, in area: Rect, lost: Style, kept: Style, gained: Style
  ) {
    func cells(_ share: Double) -> Int {
      share.isFinite ? Int((min(max(share, 0), 1) * Double(area.width)).rounded()) : 0
    }
    let (upper, lower) = (cells(before), cells(after))
    let both = min(upper, lower)
    func draw(_ sign: Character, _ count: Int, x: Int, _ style: Style) {
      write(String(repeating: sign, count: count), x: x, y: area.y, style: style)
    }
    draw("█", both, x: area.x, kept)
    draw("▀", upper - both, x: area.x + both, lost)
    draw("▄", lower - both, x: area.x + both, gained)
  }

  /// Draws a bar for `share`, −1…1, in the first row of `area`, to half a cell: from a line in the
  /// middle to the left if negative, to the right if positive.
  public mutating func signedBar(_ share: Double, in area: Rect, below: Style, above: Style) {
    guard share.isFinite, area.width >= 3 else { return }
    let room = (area.width - 1) / 2
    write("│", x: area.x + room, y: area.y, style: Style(tone: .quiet))
    let halves = Int((min(share.magnitude, 1) * Double(2 * room)).rounded())
    let whole = String(repeating: "█", count: halves / 2)
    if share < 0 {
      let bar = (halves % 2 == 1 ? "▐" : "") + whole
      write(bar, x: area.x + room - bar.count, y: area.y, style: below)
    } else {
      write(whole + (halves % 2 == 1 ? "▌" : ""), x: area.x + room + 1, y: area.y, style: above)
    }
  }

  /// Clears `area` and draws a border around it, with `title` in the upper edge.
  public mutating func box(_ area: Rect, title: String, style: Style = Style()) {
    fill(area, Cell())
    guard area.width >= 2, area.height >= 2 else { return }
    let line = String(repeating: "─", count: area.width - 2)
    write("┌" + line + "┐", x: area.x, y: area.y, style: style)
    for y in area.y + 1..<area.maxY - 1 {
      write("│", x: area.x, y: y, style: style)
      write("│", x: area.maxX - 1, y: y, style: style)
    }
    write("└" + line + "┘", x: area.x, y: area.maxY - 1, style: style)
    write(" \(title) ", x: area.x + 1, y: area.y, style: style, maxWidth: area.width - 2)
  }

  /// Places a picture that is sent as pixels, and fills its cells with placeholders.
  mutating func place(_ picture: PixelPicture, x: Int, y: Int, by way: PixelProtocol) {
    let area = Rect(x: x, y: y, width: picture.size.width, height: picture.size.height)
    guard area.width > 0, area.height > 0, contains(x: x, y: y),
      contains(x: area.maxX - 1, y: area.maxY - 1)
    else { return }
    let placed = PlacedPicture(picture: picture, area: area, number: pictures.count)
    pictures.append(placed)
    for row in 0..<area.height {
      for column in 0..<area.width {
        self[x + column, y + row] = placed.cell(x: column, y: row, by: way)
      }
    }
  }

  /// Copies another buffer's cells into this one, the first to column `x` and row `y`.
  public mutating func draw(_ other: CellBuffer, x: Int, y: Int) {
    for row in 0..<other.height {
      for column in 0..<other.width where contains(x: x + column, y: y + row) {
        self[x + column, y + row] = other[column, row]
      }
    }
  }

  /// The text of every row, without trailing spaces.
  public var lines: [String] {
    (0..<height).map { y in
      let line = (0..<width).map { self[$0, y].text }.joined()
      let end = line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex
      return String(line[..<end])
    }
  }

  /// The rows as text.
  public var text: String { lines.joined(separator: "\n") }
}
