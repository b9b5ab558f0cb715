import Cells

/// How a picture is laid over the pixels of an area: two pixels to a cell, its sides kept in
/// proportion, centred.
public struct PixelGrid: Equatable, Sendable {
  /// Columns of the picture.
  public let sourceWidth: Int
  /// Rows of the picture.
  public let sourceHeight: Int
  /// The cells that it covers.
  public let area: Rect

  /// The pixels that it covers from left to right.
  public var width: Int { area.width }
  /// The pixels that it covers from top to bottom, two to a cell.
  public var height: Int { area.height * 2 }

  /// Lays a picture of `sourceWidth` × `sourceHeight` over as much of `area` as it can fill.
  public init(sourceWidth: Int, sourceHeight: Int, in area: Rect) {
    self.sourceWidth = sourceWidth
    self.sourceHeight = sourceHeight
    let scale = min(
      Double(area.width) / Double(sourceWidth), Double(area.height * 2) / Double(sourceHeight))
    let width = max(1, Int((Double(sourceWidth) * scale).rounded()))
    let rows = max(1, Int((Double(sourceHeight) * scale / 2).rounded()))
    let height = min(rows, max(area.height, 1))
    self.area = Rect(
      x: area.x + (area.width - width) / 2, y: area.y, width: min(width, area.width),
      height: height)
  }

  /// The columns of the picture that lie under pixel column `x`; at least one.
  public func columns(_ x: Int) -> Range<Int> { Self.span(x, width, sourceWidth) }

  /// The rows of the picture that lie under pixel row `y`; at least one.
  public func rows(_ y: Int) -> Range<Int> { Self.span(y, height, sourceHeight) }

  /// The column and row of the picture under the cell that is `x` to the right of the area's left
  /// edge and `y` below its upper one.
  public func source(cellX x: Int, cellY y: Int) -> (x: Int, y: Int) {
    (columns(x).lowerBound, rows(2 * y).lowerBound)
  }

  /// The pixels across which a range of columns is drawn.
  public func pixelColumns(_ range: Range<Int>) -> Range<Int> {
    Self.pixels(range, width, sourceWidth)
  }

  /// The pixels down which a range of rows is drawn.
  public func pixelRows(_ range: Range<Int>) -> Range<Int> {
    Self.pixels(range, height, sourceHeight)
  }

  private static func span(_ pixel: Int, _ pixels: Int, _ source: Int) -> Range<Int> {
    let lower = min(pixel * source / pixels, source - 1)
    return lower..<max(lower + 1, min((pixel + 1) * source / pixels, source))
  }

  private static func pixels(_ range: Range<Int>, _ pixels: Int, _ source: Int) -> Range<Int> {
    // The first pixel whose span begins at or behind `index`.
    func edge(_ index: Int) -> Int { (index * pixels + source - 1) / source }
    let lower = min(edge(range.lowerBound), pixels - 1)
    return lower..<max(lower + 1, min(edge(range.upperBound), pixels))
  }
}
