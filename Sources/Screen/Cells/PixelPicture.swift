/// A picture made of pixels, several of which share a cell.
public struct PixelPicture: Equatable, Sendable {
  /// The ways to reduce the picture's colours to 256.
  public enum Rendering: Equatable, Sendable {
    /// Each colour becomes the nearest available one.
    case nearest
    /// Errors are diffused to neighbouring pixels (dithering), for photos.
    case dithered
    /// Each colour becomes the nearest of these, for heatmaps, whose colours stand for values.
    case colors([Color])
  }

  /// The number of pixels across, a multiple of `density.width`.
  public let width: Int
  /// The number of pixels down, a multiple of `density.height`.
  public let height: Int
  /// The pixels per cell: columns and rows.
  public let density: Size
  /// The way to reduce the picture's colours to 256.
  public var rendering = Rendering.nearest
  var pixels: [Color?]
  /// Marks the pixels of outlines; empty while there are none.
  private var outlined: [Bool] = []
  /// The rectangles that were outlined, of which `outlined` follows.
  private var outlines: [Outline] = []

  /// A rectangle of pixels that is outlined.
  private struct Outline: Equatable {
    let columns: Range<Int>
    let rows: Range<Int>
  }

  /// Makes a transparent picture; its size is rounded up to whole cells.
  public init(width: Int, height: Int, density: Size = Size(width: 1, height: 2)) {
    func whole(_ pixels: Int, _ cell: Int) -> Int { (max(0, pixels) + cell - 1) / cell * cell }
    self.width = whole(width, density.width)
    self.height = whole(height, density.height)
    self.density = density
    pixels = [Color?](repeating: nil, count: self.width * self.height)
  }

  /// A picture of `colors`, `width` in a row; what whole cells have beyond them shows what is behind.
  public init(_ colors: [Color?], width: Int, density: Size) {
    let height = width > 0 ? colors.count / width : 0
    self.init(width: width, height: height, density: density)
    guard self.width > width || self.height > height else {
      pixels = colors
      return
    }
    for row in 0..<height {
      let first = row * self.width
      pixels.replaceSubrange(
        first..<first + width, with: colors[row * width..<(row + 1) * width])
    }
  }

  /// The picture's size in cells.
  public var size: Size {
    Size(width: width / density.width, height: height / density.height)
  }

  /// The pixel in column `x` and row `y`; nil is transparent.
  public subscript(x: Int, y: Int) -> Color? {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }

  /// Sets every pixel to the result of `color`.
  public mutating func fill(_ color: (_ x: Int, _ y: Int) -> Color?) {
    for y in 0..<height {
      for x in 0..<width { pixels[y * width + x] = color(x, y) }
    }
  }

  /// Compares pixel by pixel, unless both share their pixels: comparing arrays of optional colours
  /// takes several times as long.
  public static func == (first: Self, second: Self) -> Bool {
    first.width == second.width && first.height == second.height
      && first.density == second.density && first.outlines == second.outlines
      && first.rendering == second.rendering
      && (first.sharesPixels(with: second)
        || first.isSame(as: second, in: first.pixels.indices))
  }

  /// Returns whether both are copies of one picture, whose pixels nobody has changed.
  private func sharesPixels(with other: PixelPicture) -> Bool {
    pixels.withUnsafeBufferPointer { own in
      other.pixels.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress }
    }
  }

  /// Returns whether the pixels at `places` have the same colours in `other`.
  private func isSame(as other: PixelPicture, in places: Range<Int>) -> Bool {
    for place in places {
      switch (pixels[place], other.pixels[place]) {
      case (nil, nil): continue
      case (let first?, let second?):
        guard first.red == second.red, first.green == second.green, first.blue == second.blue
        else { return false }
      default: return false
      }
    }
    return true
  }

  /// Whether anything is outlined.
  var hasOutline: Bool { !outlined.isEmpty }

  /// Returns whether the pixel in column `x` and row `y` is part of an outline.
  func isOutlined(x: Int, y: Int) -> Bool { hasOutline && outlined[y * width + x] }

  /// Returns whether the cell in column `cellX` and row `cellY` contains part of an outline.
  func hasOutline(cellX x: Int, cellY y: Int) -> Bool {
    let rows = y * density.height..<(y + 1) * density.height
    let columns = x * density.width..<(x + 1) * density.width
    return outlines.contains { $0.rows.overlaps(rows) && $0.columns.overlaps(columns) }
      && rows.contains { row in columns.contains { outlined[row * width + $0] } }
  }

  /// Returns the colour of the outline in the cell in column `cellX` and row `cellY`; nil if there is
  /// none.
  func outlineColor(cellX x: Int, cellY y: Int) -> Color? {
    guard hasOutline(cellX: x, cellY: y) else { return nil }
    for row in y * density.height..<(y + 1) * density.height {
      for column in x * density.width..<(x + 1) * density.width
      where outlined[row * width + column] { return self[column, row] }
    }
    return nil
  }

  /// Returns whether the cell in column `cellX` and row `cellY` has the same pixels and outlines in
  /// `other`, a picture of the same size.
  func isSame(as other: PixelPicture, cellX x: Int, cellY y: Int) -> Bool {
    let isPlain = !hasOutline(cellX: x, cellY: y) && !other.hasOutline(cellX: x, cellY: y)
    for row in y * density.height..<(y + 1) * density.height {
      let first = row * width + x * density.width
      let places = first..<first + density.width
      guard isSame(as: other, in: places) else { return false }
      guard !isPlain else { continue }
      for place in places {
        let isOutlined = hasOutline && outlined[place]
        guard isOutlined == (other.hasOutline && other.outlined[place]) else { return false }
      }
    }
    return true
  }

  /// Outlines a rectangle of pixels, as thick as characters can show; parts outside the picture are
  /// left out.
  public mutating func outline(columns: Range<Int>, rows: Range<Int>, color: Color) {
    if outlined.isEmpty { outlined = [Bool](repeating: false, count: width * height) }
    let (across, down) = (max(1, density.width / 2), max(1, density.height / 3))
    // All signs divide a cell in the middle from left to right, and show a line at its top or its bottom;
    // elsewhere a large frame would be too thick or too thin. Small ones stay where they are.
    let isMadeOfSigns =
      density.width == GlyphShape.columns && density.height == GlyphShape.rows
    func aligned(_ range: Range<Int>, to step: Int, of cell: Int) -> Range<Int> {
      guard isMadeOfSigns, range.count >= 2 * cell else { return range }
      return (range.lowerBound + step / 2) / step * step..<(range.upperBound + step / 2) / step
        * step
    }
    let columns = aligned(columns, to: across, of: density.width)
    let rows = aligned(rows, to: density.height, of: density.height)
    outlines.append(Outline(columns: columns, rows: rows))
    for y in rows.clamped(to: 0..<height) {
      for x in columns.clamped(to: 0..<width) {
        let isEdge =
          x < columns.lowerBound + across || x >= columns.upperBound - across
          || y < rows.lowerBound + down || y >= rows.upperBound - down
        guard isEdge else { continue }
        self[x, y] = color
        outlined[y * width + x] = true
      }
    }
  }
}
