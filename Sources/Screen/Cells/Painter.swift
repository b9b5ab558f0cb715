/// Finds what to send so that a terminal shows another screen.
///
/// Only cells that differ are sent, the cursor is moved only over what is left out, and a style is
/// set only where another one was.
public struct Painter: Sendable {
  private let sequences: TerminalSequences
  private let depth: Capabilities.ColorDepth
  private var size = Size(width: 0, height: 0)
  private var shown: [Ink] = []
  /// What the terminal writes with, and where; nil where terminals may disagree.
  private var pen = Pen()
  private var cursor: (x: Int, y: Int)?
  private var bytes: [UInt8] = []

  /// After so many bytes it is asked whether to go on.
  static let pieceLength = 4096

  /// Sends `sequences` to a terminal that has colours of `depth`.
  public init(_ sequences: TerminalSequences, colors depth: Capabilities.ColorDepth) {
    self.sequences = sequences
    self.depth = depth
  }

  /// Takes nothing for granted about what the terminal shows.
  public mutating func forget() { size = Size(width: 0, height: 0) }

  /// Sends what turns the screen into `cells`, piece by piece; `send` answers whether to go on.
  ///
  /// Answers whether all of it was sent; what was not differs from the next screen, and comes with it.
  public mutating func show(_ cells: CellBuffer, send: ([UInt8]) -> Bool) -> Bool {
    if size != cells.size { clear(cells.size) }
    for y in 0..<size.height {
      drawRow(y, of: cells)
      let isPiece = bytes.count >= Self.pieceLength && y < size.height - 1
      if isPiece, !send(takeBytes()) { return false }
    }
    if !bytes.isEmpty { _ = send(takeBytes()) }
    return true
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
      // The second half of a wide character comes with the first.
      guard ink.glyph.width > 0 else { continue }
      if sequences.scrollsAtTheEnd, place == shown.count - 1 { continue }
      if cursor?.x != x || cursor?.y != y { bytes += sequences.move(x, y) }
      write(ink)
      cursor = ink.glyph.isPlain && x < size.width - 1 ? (x + 1, y) : nil
    }
  }

  /// Writes a character that looks like `ink` and for which little must be set.
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

  /// Writes a space, for which only the colour behind it counts.
  private mutating func writeBlank(_ background: Int32) {
    var wanted = pen
    wanted.background = background
    wanted.attributes.subtract([.underline, .reverse])
    set(wanted)
    append(.space)
  }

  /// How many of two colours are set already.
  private func matches(_ foreground: Int32, _ background: Int32) -> Int {
    (pen.foreground == foreground ? 1 : 0) + (pen.background == background ? 1 : 0)
  }

  private mutating func append(_ glyph: Glyph) {
    if glyph.isPlain {
      bytes.append(contentsOf: glyph.scalar.utf8)
    } else {
      bytes.append(contentsOf: glyph.text.utf8)
    }
  }

  /// Sets what differs from `wanted`; nothing can be taken back but everything at once.
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

  /// Sets colours by red, green and blue, with semicolons, which more terminals read than colons.
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
