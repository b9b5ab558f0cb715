import Cells
import Images

/// A picture of pixels, with a part of it outlined, and perhaps a part of that.
struct PhotoView {
  let pixels: Pixels
  var inner: (columns: Range<Int>, rows: Range<Int>)?
  var outline: (columns: Range<Int>, rows: Range<Int>)?

  /// Draws the picture into `area`; answers where it lies.
  @discardableResult
  func draw(in area: Rect, of cells: inout CellBuffer) -> PixelGrid {
    let grid = PixelGrid(sourceWidth: pixels.width, sourceHeight: pixels.height, in: area)
    var picture = PixelPicture(width: grid.width, height: grid.height)
    let columns = (0..<grid.width).map(grid.columns)
    for y in 0..<grid.height {
      let rows = grid.rows(y)
      for x in 0..<grid.width {
        picture[x, y] = pixels.mean(rows: rows, columns: columns[x])
      }
    }
    for (part, color) in [(inner, Theme.inner), (outline, Theme.cursor)] {
      guard let part, !part.columns.isEmpty, !part.rows.isEmpty else { continue }
      picture.outline(
        columns: grid.pixelColumns(part.columns), rows: grid.pixelRows(part.rows), color: color)
    }
    cells.draw(picture, x: grid.area.x, y: grid.area.y)
    return grid
  }
}

extension Pixels {
  /// The mean colour of a part, looked at in a few places of it when it is large.
  func mean(rows: Range<Int>, columns: Range<Int>) -> Color {
    let rowStep = max(1, rows.count / 4)
    let columnStep = max(1, columns.count / 4)
    var (red, green, blue, count) = (0, 0, 0, 0)
    let bytes = bytes
    for y in stride(from: rows.lowerBound, to: rows.upperBound, by: rowStep) {
      for x in stride(from: columns.lowerBound, to: columns.upperBound, by: columnStep) {
        let place = 3 * (y * width + x)
        red += Int(bytes[place])
        green += Int(bytes[place + 1])
        blue += Int(bytes[place + 2])
        count += 1
      }
    }
    return Color(UInt8(red / count), UInt8(green / count), UInt8(blue / count))
  }
}
