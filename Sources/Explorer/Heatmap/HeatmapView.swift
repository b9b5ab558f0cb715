import Cells
import Tensors

/// A channel as a picture.
public struct HeatmapView: Sendable {
  private let map: ActivationMap
  private let scale: HeatScale
  /// The cell that is outlined.
  private let cursor: (y: Int, x: Int)?

  /// Shows `map` in the colours of `scale`; `cursor` is outlined.
  public init(_ map: ActivationMap, scale: HeatScale, cursor: (y: Int, x: Int)? = nil) {
    self.map = map
    self.scale = scale
    self.cursor = cursor
  }

  /// Draws the picture into `area`; answers where it lies.
  @discardableResult
  public func draw(in area: Rect, of cells: inout CellBuffer) -> PixelGrid {
    let plane = map.plane
    let grid = PixelGrid(sourceWidth: plane.width, sourceHeight: plane.height, in: area)
    var picture = PixelPicture(width: grid.width, height: grid.height)
    for y in 0..<grid.height {
      let rows = grid.rows(y)
      for x in 0..<grid.width {
        picture[x, y] = scale.color(of: plane.mean(rows: rows, columns: grid.columns(x)))
      }
    }
    if let cursor {
      picture.outline(
        columns: grid.pixelColumns(cursor.x..<cursor.x + 1),
        rows: grid.pixelRows(cursor.y..<cursor.y + 1), color: Theme.cursor)
    }
    cells.draw(picture, x: grid.area.x, y: grid.area.y)
    return grid
  }
}

extension Plane {
  /// The mean of a part, which a single pixel of a small picture stands for.
  func mean(rows: Range<Int>, columns: Range<Int>) -> Float {
    var sum: Float = 0
    for y in rows {
      for x in columns { sum += self[y, x] }
    }
    return sum / Float(rows.count * columns.count)
  }
}
