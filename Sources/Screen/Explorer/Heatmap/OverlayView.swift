import Cells
import Images
import Tensors

/// The photo in grey, tinted where a plane has values: warm above zero, cool below; without colours,
/// lighter above, darker below.
struct OverlayView {
  let pixels: Pixels
  let plane: Plane
  /// How values become amounts of tint.
  let scale: HeatScale
  /// The places that are outlined together.
  var outline: (rows: Range<Int>, columns: Range<Int>)?

  /// How much of the photo the strongest value covers.
  private static let strongest = 0.75

  /// How much red, green and blue make of a grey (ITU-R BT.709).
  private static let lightness = SIMD4<Float>(0.2126, 0.7152, 0.0722, 0)

  /// What `amount` of tint, −1…1, makes of a grey.
  static func tinted(_ grey: Float, by amount: Double, _ capabilities: Capabilities) -> Color {
    let hasColors = capabilities.pictureColors != .none
    let tint =
      amount < 0
      ? hasColors ? Theme.negative : Color(0, 0, 0)
      : hasColors ? Theme.positive : Color(255, 255, 255)
    let part = Float(strongest * amount.magnitude)
    return Color((SIMD4(tint) - grey) * part + grey)
  }

  /// Draws the picture into `area`; answers where it lies, in values of the plane.
  @discardableResult
  func draw(in area: Rect, of cells: inout CellBuffer) -> PixelGrid {
    let grid = PixelGrid(
      sourceWidth: plane.width, sourceHeight: plane.height, in: area,
      density: cells.capabilities.density)
    let size = Size(width: grid.width, height: grid.height)
    let colors = Resampling.colors(of: pixels, to: size)
    let values = Resampling.values(of: plane, to: size)
    var picture = PixelPicture(width: grid.width, height: grid.height, density: grid.density)
    // Dithering would make other hues of a tint, and a tint's hue is its sign.
    picture.rendering = cells.capabilities.colors == .palette256 ? .nearest : .dithered
    // Neighbours often share a value: what is enlarged has runs of them.
    var (last, amount) = (Float.nan, 0.0)
    for y in 0..<grid.height {
      for x in 0..<grid.width {
        let index = y * grid.width + x
        let value = values[index]
        if value != last { (last, amount) = (value, scale.amount(of: value)) }
        let grey = (colors[index] * Self.lightness).sum()
        picture[x, y] = Self.tinted(grey, by: amount, cells.capabilities)
      }
    }
    if let outline {
      picture.outline(
        columns: grid.pixelColumns(outline.columns), rows: grid.pixelRows(outline.rows),
        color: Color(255, 255, 255))
    }
    cells.draw(picture, x: grid.area.x, y: grid.area.y)
    return grid
  }
}
