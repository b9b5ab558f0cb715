import Cells
import Images
import Tensors

/// The photo in grey, tinted by the values of a plane: warm above zero, cool below.
///
/// Without colours, lighter above zero and darker below.
struct OverlayView {
  let pixels: Pixels
  let plane: Plane
  /// The scale from values to amounts of tint.
  let scale: HeatScale
  /// The area of the plane to outline.
  var outline: (rows: Range<Int>, columns: Range<Int>)?

  /// The opacity of the strongest tint.
  private static let strongest = 0.75

  /// The weights of red, green and blue in a grey (ITU-R BT.709).
  private static let lightness = SIMD4<Float>(0.2126, 0.7152, 0.0722, 0)

  /// Returns a grey with `amount` of tint, −1…1.
  static func tinted(_ grey: Float, by amount: Double, _ capabilities: Capabilities) -> Color {
    let hasColors = capabilities.pictureColors != .none
    let tint =
      amount < 0
      ? hasColors ? Theme.negative : Color(0, 0, 0)
      : hasColors ? Theme.positive : Color(255, 255, 255)
    let part = Float(strongest * amount.magnitude)
    return Color((SIMD4(tint) - grey) * part + grey)
  }

  /// Draws the picture into `area`; returns its grid of the plane's values.
  @discardableResult
  func draw(in area: Rect, of cells: inout CellBuffer) -> PixelGrid {
    let grid = PixelGrid(
      sourceWidth: plane.width, sourceHeight: plane.height, in: area,
      density: cells.capabilities.density)
    let size = Size(width: grid.width, height: grid.height)
    let colors = Resampling.colors(of: pixels, to: size)
    let values = Resampling.values(of: plane, to: size)
    var picture = PixelPicture(width: grid.width, height: grid.height, density: grid.density)
    // Dithering would change the hue of a tint, and the hue shows the sign.
    picture.rendering = cells.capabilities.colors == .palette256 ? .nearest : .dithered
    // In an enlarged picture neighbouring pixels often have the same value.
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
