import Cells

/// The mapping of a picture to the pixels of an area, centred and in proportion.
///
/// The picture's values are all of the same size if that costs no more than a fifth of the area.
public struct PixelGrid: Equatable, Sendable {
  /// The picture's columns.
  public let sourceWidth: Int
  /// The picture's rows.
  public let sourceHeight: Int
  /// The cells that the picture covers.
  public let area: Rect
  /// The number of screen pixels across.
  public let width: Int
  /// The number of screen pixels down.
  public let height: Int
  /// The pixels per cell: columns and rows.
  public let density: Size

  /// The smallest part of the largest possible area that values of the same size must fill.
  private static let enough = 0.8

  /// Fits a picture of `sourceWidth` × `sourceHeight` into `area` as large as possible, with
  /// `density` pixels per cell; a cell is twice as high as wide.
  ///
  /// With `fillsCells` it ends where cells do: of a photo, a few pixels in a row of cells of their own
  /// look like a line below it.
  public init(
    sourceWidth: Int, sourceHeight: Int, in area: Rect, density: Size = Size(width: 1, height: 2),
    fillsCells: Bool = false
  ) {
    self.sourceWidth = sourceWidth
    self.sourceHeight = sourceHeight
    self.density = density
    // The smallest number of pixels that makes a square.
    let unit =
      2 * density.width == density.height
      ? Size(width: 1, height: 1) : Size(width: 2, height: density.height / density.width)
    let room = (
      x: Double(area.width * density.width) / Double(sourceWidth * unit.width),
      y: Double(area.height * density.height) / Double(sourceHeight * unit.height)
    )
    let exact = min(room.x, room.y)
    let whole = exact.rounded(.down)
    let isWhole = whole >= 1 && whole * whole >= Self.enough * exact * exact
    let scale = isWhole ? whole : exact
    func pixels(_ source: Int, _ unit: Int, atMost most: Int) -> Int {
      min(max(1, Int((Double(source * unit) * scale).rounded())), max(1, most))
    }
    func filling(_ pixels: Int, _ cell: Int) -> Int {
      // Not where that would be seen as another shape.
      fillsCells && pixels >= 4 * cell ? (pixels + cell / 2) / cell * cell : pixels
    }
    width = filling(
      pixels(sourceWidth, unit.width, atMost: area.width * density.width), density.width)
    height = filling(
      pixels(sourceHeight, unit.height, atMost: area.height * density.height), density.height)
    func cells(_ pixels: Int, _ density: Int) -> Int { (pixels + density - 1) / density }
    let columns = min(cells(width, density.width), area.width)
    self.area = Rect(
      x: area.x + (area.width - columns) / 2, y: area.y, width: columns,
      height: min(cells(height, density.height), max(area.height, 1)))
  }

  /// Returns the picture's columns under pixel column `x`; at least one.
  public func columns(_ x: Int) -> Range<Int> { Self.span(x, width, sourceWidth) }

  /// Returns the picture's rows under pixel row `y`; at least one.
  public func rows(_ y: Int) -> Range<Int> { Self.span(y, height, sourceHeight) }

  /// Returns the picture's column and row under the cell `x` to the right of the area's left edge
  /// and `y` below its upper edge.
  public func source(cellX x: Int, cellY y: Int) -> (x: Int, y: Int) {
    (
      columns(min(x * density.width, width - 1)).lowerBound,
      rows(min(y * density.height, height - 1)).lowerBound
    )
  }

  /// Returns the pixel columns that the picture's columns in `range` cover.
  public func pixelColumns(_ range: Range<Int>) -> Range<Int> {
    Self.pixels(range, width, sourceWidth)
  }

  /// Returns the pixel rows that the picture's rows in `range` cover.
  public func pixelRows(_ range: Range<Int>) -> Range<Int> {
    Self.pixels(range, height, sourceHeight)
  }

  private static func span(_ pixel: Int, _ pixels: Int, _ source: Int) -> Range<Int> {
    let lower = min(pixel * source / pixels, source - 1)
    return lower..<max(lower + 1, min((pixel + 1) * source / pixels, source))
  }

  private static func pixels(_ range: Range<Int>, _ pixels: Int, _ source: Int) -> Range<Int> {
    // The first pixel whose span begins at `index` or behind it.
    func edge(_ index: Int) -> Int { (index * pixels + source - 1) / source }
    let lower = min(edge(range.lowerBound), pixels - 1)
    return lower..<max(lower + 1, min(edge(range.upperBound), pixels))
  }
}
