import Cells
import Tensors

/// A channel as a picture.
public struct HeatmapView: Sendable {
  private let map: ActivationMap
  private let scale: HeatScale
  /// The cells that are outlined together.
  private let outline: (rows: Range<Int>, columns: Range<Int>)?

  /// Shows `map` in the colours of `scale`; a cell or an area of cells is outlined.
  public init(
    _ map: ActivationMap, scale: HeatScale, outline: (rows: Range<Int>, columns: Range<Int>)? = nil
  ) {
    self.map = map
    self.scale = scale
    self.outline = outline
  }

  /// Draws the picture into `area`; answers where it lies.
  @discardableResult
  public func draw(in area: Rect, of cells: inout CellBuffer) -> PixelGrid {
    let plane = map.plane
    let grid = PixelGrid(sourceWidth: plane.width, sourceHeight: plane.height, in: area)
    var picture = PixelPicture(width: grid.width, height: grid.height)
    let columns = (0..<grid.width).map(grid.columns)
    for y in 0..<grid.height {
      let rows = grid.rows(y)
      for x in 0..<grid.width {
        picture[x, y] = scale.color(of: plane.mean(rows: rows, columns: columns[x]))
      }
    }
    if let outline {
      picture.outline(
        columns: grid.pixelColumns(outline.columns), rows: grid.pixelRows(outline.rows),
        color: Theme.cursor)
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
