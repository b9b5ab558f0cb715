import Cells
import Images
import Tensors

/// The photo in grey, each place tinted by what it adds: red for, blue against; without colours,
/// lighter for, darker against.
struct EvidencePicture {
  let pixels: Pixels
  let split: EvidenceSplit
  let cursor: (y: Int, x: Int)
  let hasColors: Bool

  /// How much of the photo the strongest place covers.
  private static let strongest: Float = 0.7

  /// Draws the picture into `area`; answers where it lies, in places.
  func draw(in area: Rect, of cells: inout CellBuffer) -> PixelGrid {
    let photo = PixelGrid(sourceWidth: pixels.width, sourceHeight: pixels.height, in: area)
    let places = split.places
    let grid = PixelGrid(sourceWidth: places.width, sourceHeight: places.height, in: photo.area)
    let reach = split.reach
    let negative = hasColors ? Theme.negative : Color(0, 0, 0)
    let positive = hasColors ? Theme.positive : Color(255, 255, 255)
    var picture = PixelPicture(width: grid.width, height: grid.height)
    for y in 0..<grid.height {
      for x in 0..<grid.width {
        let color = pixels.mean(rows: photo.rows(y), columns: photo.columns(x))
        let value = places[grid.rows(y).lowerBound, grid.columns(x).lowerBound]
        let amount = reach > 0 ? Double(Self.strongest * value.magnitude / reach) : 0
        let grey = UInt8(color.lightness * 255)
        picture[x, y] = Color(grey, grey, grey)
          .mixed(with: value < 0 ? negative : positive, amount)
      }
    }
    picture.outline(
      columns: grid.pixelColumns(cursor.x..<cursor.x + 1),
      rows: grid.pixelRows(cursor.y..<cursor.y + 1), color: Color(255, 255, 255))
    cells.draw(picture, x: grid.area.x, y: grid.area.y)
    return grid
  }
}
