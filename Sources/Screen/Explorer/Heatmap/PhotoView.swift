import Cells
import Images

/// A picture of pixels, with a part outlined, and perhaps a part within that.
public struct PhotoView {
  let pixels: Pixels
  var inner: (columns: Range<Int>, rows: Range<Int>)?
  var outline: (columns: Range<Int>, rows: Range<Int>)?
  /// The way to reduce the colours to 256; large areas of one colour are best not dithered.
  var rendering = PixelPicture.Rendering.dithered

  /// Shows `pixels` without an outline.
  public init(_ pixels: Pixels) { self.init(pixels: pixels) }

  /// Shows `pixels` with `outline`, in pixels, outlined.
  init(pixels: Pixels, outline: (columns: Range<Int>, rows: Range<Int>)? = nil) {
    self.pixels = pixels
    self.outline = outline
  }

  /// Draws the picture into `area`; returns its grid.
  @discardableResult
  public func draw(in area: Rect, of cells: inout CellBuffer) -> PixelGrid {
    let grid = PixelGrid(
      sourceWidth: pixels.width, sourceHeight: pixels.height, in: area,
      density: cells.capabilities.density, fillsCells: true)
    var picture = cells.picture(
      x: grid.area.x, y: grid.area.y, of: Key(pixels: pixels, grid: grid, rendering: rendering)
    ) { self.picture(on: grid) }
    for (part, color) in [(inner, Theme.inner), (outline, Theme.cursor)] {
      guard let part, !part.columns.isEmpty, !part.rows.isEmpty else { continue }
      picture.outline(
        columns: grid.pixelColumns(part.columns), rows: grid.pixelRows(part.rows), color: color)
    }
    cells.draw(picture, x: grid.area.x, y: grid.area.y)
    return grid
  }

  /// All that its picture is made of.
  private struct Key: Equatable {
    let pixels: Pixels
    let grid: PixelGrid
    let rendering: PixelPicture.Rendering
  }

  private func picture(on grid: PixelGrid) -> PixelPicture {
    let size = Size(width: grid.width, height: grid.height)
    let colors = Resampling.colors(of: pixels, to: size).map { color -> Color? in Color(color) }
    var picture = PixelPicture(colors, width: grid.width, density: grid.density)
    picture.rendering = rendering
    return picture
  }
}
