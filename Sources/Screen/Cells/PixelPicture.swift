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

  /// Whether anything is outlined.
  var hasOutline: Bool { !outlined.isEmpty }

  /// Returns whether the pixel in column `x` and row `y` is part of an outline.
  func isOutlined(x: Int, y: Int) -> Bool { hasOutline && outlined[y * width + x] }

  /// Returns whether the cell in column `cellX` and row `cellY` contains part of an outline.
  func hasOutline(cellX x: Int, cellY y: Int) -> Bool {
    hasOutline
      && (y * density.height..<(y + 1) * density.height).contains { row in
        (x * density.width..<(x + 1) * density.width).contains { outlined[row * width + $0] }
      }
  }

  /// Returns whether the cell in column `cellX` and row `cellY` has the same pixels and outlines in
  /// `other`, a picture of the same size.
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

  /// Outlines a rectangle of pixels, as thick as characters can show; parts outside the picture are
  /// left out.
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
