/// A picture of pixels, several of which share a cell.
public struct PixelPicture: Equatable, Sendable {
  /// What becomes of its colours where there are 256.
  public enum Rendering: Equatable, Sendable {
    /// Each becomes the nearest one there is.
    case nearest
    /// What each is too much or too little is made good by its neighbours, as photos want it.
    case dithered
    /// Each becomes the nearest of these, as maps want it, whose colours mean something.
    case colors([Color])
  }

  /// Pixels from left to right; whole cells.
  public let width: Int
  /// Pixels from top to bottom; whole cells.
  public let height: Int
  /// The pixels of a cell side by side, and one above the other.
  public let density: Size
  /// What becomes of its colours where there are 256.
  public var rendering = Rendering.nearest
  var pixels: [Color?]
  /// The pixels of outlines; empty while there is none.
  private var outlined: [Bool] = []

  /// A picture in which nothing is drawn yet.
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

  /// The cells that it covers.
  public var size: Size {
    Size(width: width / density.width, height: height / density.height)
  }

  /// The pixel in column `x` and row `y`; nil shows what is behind.
  public subscript(x: Int, y: Int) -> Color? {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }

  /// Replaces every pixel by what `color` makes of it.
  public mutating func fill(_ color: (_ x: Int, _ y: Int) -> Color?) {
    for y in 0..<height {
      for x in 0..<width { pixels[y * width + x] = color(x, y) }
    }
  }

  /// Whether anything is outlined.
  var hasOutline: Bool { !outlined.isEmpty }

  /// Whether the pixel in column `x` and row `y` is a part of an outline.
  func isOutlined(x: Int, y: Int) -> Bool { hasOutline && outlined[y * width + x] }

  /// Whether the cell in column `x` and row `y` of cells holds a part of an outline.
  func hasOutline(cellX x: Int, cellY y: Int) -> Bool {
    hasOutline
      && (y * density.height..<(y + 1) * density.height).contains { row in
        (x * density.width..<(x + 1) * density.width).contains { outlined[row * width + $0] }
      }
  }

  /// Whether nothing differs from `other`, a picture of the same size, in the cell in column `x` and
  /// row `y` of cells.
  func isSame(as other: PixelPicture, cellX x: Int, cellY y: Int) -> Bool {
    (y * density.height..<(y + 1) * density.height).allSatisfy { row in
      let first = row * width + x * density.width
      let places = first..<first + density.width
      return places.allSatisfy { pixels[$0] == other.pixels[$0] }
        && (hasOutline || other.hasOutline
          ? places.allSatisfy {
            (hasOutline && outlined[$0]) == (other.hasOutline && other.outlined[$0])
          } : true)
    }
  }

  /// Draws the edge of a rectangle of pixels, as wide as signs can show it; what lies outside of
  /// the picture is left out.
  public mutating func outline(columns: Range<Int>, rows: Range<Int>, color: Color) {
    if outlined.isEmpty { outlined = [Bool](repeating: false, count: width * height) }
    let (across, down) = (max(1, density.width / 2), max(1, density.height / 3))
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
