/// Finds the bytes that turn what a terminal shows into another screen.
///
/// Only cells that differ are sent. The cursor moves only over skipped cells, and a style is set
/// only if another one was.
public struct Painter: Sendable {
  private var sequences: TerminalSequences
  private var depth: Capabilities.ColorDepth
  private var size = Size(width: 0, height: 0)
  private var shown: [Ink] = []
  /// The terminal's current style.
  private var pen = Pen()
  private var cursor: (x: Int, y: Int)?
  /// The position where the terminal's own cursor is visible; nil while hidden.
  private var seenCursor: CellPoint?
  private var bytes: [UInt8] = []
  /// The pixel pictures on the screen.
  private var pictures: [PlacedPicture] = []
  /// The largest number of pictures shown at once.
  private var pictureCount = 0
  /// The pictures sent last, with the bytes that they became.
  private var encoded = Latest<Encoded>()

  private struct Encoded: Sendable {
    let placed: PlacedPicture
    let bytes: [UInt8]
  }

  /// The number of bytes after which `send` is asked whether to go on.
  static let pieceLength = 4096

  /// Makes a painter for a terminal with these `sequences` and colours of `depth`.
  public init(_ sequences: TerminalSequences, colors depth: Capabilities.ColorDepth) {
    self.sequences = sequences
    self.depth = depth
  }

  /// Assumes nothing about what the terminal shows: the next screen is cleared and sent in full.
  public mutating func forget() {
    size = Size(width: 0, height: 0)
    pictures = []
  }

  /// Uses other `sequences` from now on, and sends all of the next screen over the current one.
  public mutating func use(_ sequences: TerminalSequences, colors depth: Capabilities.ColorDepth) {
    self.sequences = sequences
    self.depth = depth
    bytes += sequences.plain
    (pen, cursor) = (Pen(), nil)
    shown = [Ink](repeating: .unknown, count: size.width * size.height)
    pictures = []
    encoded = Latest()
  }

  /// Whether the terminal shows an update only when it is complete.
  public var isSynchronised: Bool { !sequences.beginUpdate.isEmpty }

  /// The bytes that make the terminal delete the pictures that it was sent.
  public var pictureless: [UInt8] {
    pictureCount > 0 ? sequences.forgetPictures(pictureCount) : []
  }

  /// Sends the bytes that turn the screen into `cells`, piece by piece; `send` returns whether to
  /// go on.
  ///
  /// Returns whether everything was sent. The rest still differs from the next screen and is sent
  /// with it.
  public mutating func show(_ cells: CellBuffer, send: ([UInt8]) -> Bool) -> Bool {
    if size != cells.size { clear(cells.size) }
    drawPictures(of: cells)
    var isBegun = false
    func piece(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
      let begin = isBegun ? [] : sequences.beginUpdate
      isBegun = true
      return begin + bytes + (isLast ? sequences.endUpdate : [])
    }
    for y in 0..<size.height {
      drawRow(y, of: cells)
      let isPiece = bytes.count >= Self.pieceLength && y < size.height - 1
      guard isPiece else { continue }
      if !send(piece(takeBytes(), isLast: false)) {
        if !sequences.endUpdate.isEmpty { _ = send(sequences.endUpdate) }
        return false
      }
    }
    placeCursor(cells.cursor, isMoved: !bytes.isEmpty || isBegun)
    if !bytes.isEmpty || isBegun { _ = send(piece(takeBytes(), isLast: true)) }
    return true
  }

  /// Sends the pixel pictures that changed or were partly covered until now; cells that now cover
  /// them are sent again.
  private mutating func drawPictures(of cells: CellBuffer) {
    let changed = cells.pictures.filter { placed in
      let isKnown = placed.number < pictures.count && pictures[placed.number] == placed
      return !isKnown || !sequences.pictureIsInCells && !isClear(placed, in: cells)
    }
    for (placed, picture) in zip(changed, encode(changed)) where !picture.isEmpty {
      if sequences.pictureIsInCells {
        bytes += picture
        continue
      }
      // With a style set, some terminals fill the rest of a cell with its background.
      bytes += sequences.plain + sequences.move(placed.area.x, placed.area.y) + picture
      (pen, cursor) = (Pen(), nil)
      for y in placed.area.y..<placed.area.maxY {
        for x in placed.area.x..<placed.area.maxX {
          let cell = cells[x, y]
          shown[y * size.width + x] =
            cell.isPlaceholder
            ? Ink(cell, depth, count: sequences.foregrounds.count) : Ink.unknown
        }
      }
    }
    pictures = cells.pictures
    pictureCount = max(pictureCount, pictures.count)
  }

  /// Returns the bytes of each picture; one that was sent before is not encoded again.
  private mutating func encode(_ changed: [PlacedPicture]) -> [[UInt8]] {
    func place(_ placed: PlacedPicture) -> CellPoint {
      CellPoint(x: placed.area.x, y: placed.area.y)
    }
    let known = changed.map { placed in
      encoded.first(at: place(placed)) { $0.placed == placed }?.bytes
    }
    let new = zip(changed, known).filter { $0.1 == nil }.map(\.0)
    let bytes = new.concurrentMap(sequences.picture)
    for (placed, bytes) in zip(new, bytes) {
      encoded.insert(
        Encoded(placed: placed, bytes: bytes), at: place(placed),
        cells: placed.area.width * placed.area.height)
    }
    var next = bytes.makeIterator()
    return known.map { $0 ?? next.next() ?? [] }
  }

  /// Returns whether nothing covered those cells in which `placed` is to be visible.
  private func isClear(_ placed: PlacedPicture, in cells: CellBuffer) -> Bool {
    (placed.area.y..<placed.area.maxY).allSatisfy { y in
      (placed.area.x..<placed.area.maxX).allSatisfy { x in
        !cells[x, y].isPlaceholder
          || shown[y * size.width + x]
            == Ink(cells[x, y], depth, count: sequences.foregrounds.count)
      }
    }
  }

  /// Shows the terminal's own cursor at `point`, after drawing moved it, or hides the cursor.
  private mutating func placeCursor(_ point: CellPoint?, isMoved: Bool) {
    guard isMoved || point != seenCursor else { return }
    if let point {
      bytes += sequences.move(point.x, point.y) + sequences.showCursor
      cursor = (point.x, point.y)
    } else if seenCursor != nil {
      bytes += sequences.hideCursor
    }
    seenCursor = point
  }

  private mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func clear(_ size: Size) {
    self.size = size
    shown = [Ink](repeating: Ink(), count: size.width * size.height)
    bytes += sequences.plain + sequences.clear
    (pen, cursor) = (Pen(), nil)
  }

  private mutating func drawRow(_ y: Int, of cells: CellBuffer) {
    for x in 0..<size.width {
      let ink = Ink(cells[x, y], depth, count: sequences.foregrounds.count)
      let place = y * size.width + x
      guard shown[place] != ink else { continue }
      shown[place] = ink
      // The picture is already in place.
      if cells[x, y].isPlaceholder, !sequences.pictureIsInCells { continue }
      // The second half of a wide character is written with the first.
      guard ink.glyph.width > 0 else { continue }
      if sequences.scrollsAtTheEnd, place == shown.count - 1 { continue }
      if cursor?.x != x || cursor?.y != y { bytes += sequences.move(x, y) }
      write(ink)
      cursor = ink.glyph.isPlain && x < size.width - 1 ? (x + 1, y) : nil
    }
  }

  /// Writes a character that looks like `ink`, in whichever way changes the current style least.
  private mutating func write(_ ink: Ink) {
    if ink.isBlank {
      writeBlank(ink.pen.background)
    } else if let (upper, lower) = ink.pixels {
      if upper == lower {
        writeBlank(upper)
      } else if matches(lower, upper) > matches(upper, lower) {
        set(Pen(attributes: ink.pen.attributes, foreground: lower, background: upper))
        append(.lower)
      } else {
        set(Pen(attributes: ink.pen.attributes, foreground: upper, background: lower))
        append(.upper)
      }
    } else {
      set(ink.pen)
      append(ink.glyph)
    }
  }

  /// Writes a space, for which only the background colour matters.
  private mutating func writeBlank(_ background: Int32) {
    var wanted = pen
    wanted.background = background
    wanted.attributes.subtract([.underline, .reverse])
    set(wanted)
    append(.space)
  }

  /// Returns how many of two colours are already set.
  private func matches(_ foreground: Int32, _ background: Int32) -> Int {
    (pen.foreground == foreground ? 1 : 0) + (pen.background == background ? 1 : 0)
  }

  private mutating func append(_ glyph: Glyph) {
    if glyph.isPlain, glyph.scalar != PlacedPicture.placeholder {
      bytes.append(contentsOf: glyph.scalar.utf8)
    } else {
      bytes.append(contentsOf: glyph.text.utf8)
    }
  }

  /// Sets the attributes and colours that differ from `wanted`; one can be switched off only by
  /// resetting all.
  private mutating func set(_ wanted: Pen) {
    guard pen != wanted else { return }
    let isLess =
      !pen.attributes.isSubset(of: wanted.attributes)
      || (pen.foreground >= 0 && wanted.foreground < 0)
      || (pen.background >= 0 && wanted.background < 0)
    if isLess {
      bytes += sequences.plain
      pen = Pen()
    }
    let more = wanted.attributes.subtracting(pen.attributes)
    if more.contains(.bold) { bytes += sequences.bold }
    if more.contains(.dim) { bytes += sequences.dim }
    if more.contains(.underline) { bytes += sequences.underline }
    if more.contains(.reverse) { bytes += sequences.reverse }
    let foreground = pen.foreground == wanted.foreground ? nil : wanted.foreground
    let background = pen.background == wanted.background ? nil : wanted.background
    if depth == .trueColor {
      setDirect(foreground, background)
    } else {
      if let foreground { bytes += sequences.foregrounds[Int(foreground)] }
      if let background { bytes += sequences.backgrounds[Int(background)] }
    }
    pen = wanted
  }

  /// Sets 24-bit colours, separated by semicolons, which more terminals understand than colons.
  private mutating func setDirect(_ foreground: Int32?, _ background: Int32?) {
    guard foreground != nil || background != nil else { return }
    bytes += [0x1B, UInt8(ascii: "[")]
    if let foreground { append("38;2", foreground) }
    if foreground != nil, background != nil { bytes.append(UInt8(ascii: ";")) }
    if let background { append("48;2", background) }
    bytes.append(UInt8(ascii: "m"))
  }

  private mutating func append(_ prefix: StaticString, _ color: Int32) {
    prefix.withUTF8Buffer { bytes.append(contentsOf: $0) }
    for shift in [16, 8, 0] as [Int32] {
      let value = UInt8(color >> shift & 0xFF)
      bytes.append(UInt8(ascii: ";"))
      if value >= 100 { bytes.append(UInt8(ascii: "0") + value / 100) }
      if value >= 10 { bytes.append(UInt8(ascii: "0") + value / 10 % 10) }
      bytes.append(UInt8(ascii: "0") + value % 10)
    }
  }
}
