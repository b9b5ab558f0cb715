import Cells
import Images
import Tensors

/// The photo in grey, tinted where a plane has values: warm above zero, cool below; without colours, in
/// little ink below signs that say so.
struct OverlayView {
  let pixels: Pixels
  let plane: Plane
  let tints: Tints
  /// The area of the plane to outline.
  var outline: (rows: Range<Int>, columns: Range<Int>)?

  /// The scale from values to amounts of tint.
  enum Tints: Equatable {
    case scale(HeatScale)
    /// What the picture shows: means of places, where it has fewer pixels than the plane has values.
    case shown(ViewSettings, hasSign: Bool = true)
  }

  /// The fewest columns of a bar with the numbers at its ends.
  private static let barWidth = 18

  /// The opacity of the strongest tint.
  private static let strongest = 0.75

  /// The most lightness that a photo keeps below signs: of the characters of ink those that are dots.
  private static let faintest: Float = 0.22

  /// The least amount, 0…1, that is seen where there are few colours or none.
  private static let least = 0.2

  /// Returns a grey with `amount` of tint, −1…1.
  static func tinted(_ grey: Float, by amount: Double, _ capabilities: Capabilities) -> Color {
    if capabilities.pictureColors < .palette256 {
      // Ink is for the size of what is seen; the photo is left where that is hardly anything.
      let isSeen = amount.magnitude >= least && capabilities.pictureColors == .ansi16
      let light = capabilities.scheme.isLight ? 255 - grey : grey
      return isSeen ? HeatScale.ink(amount) : Color(SIMD4(repeating: light * faintest))
    }
    let part = Float(strongest * amount.magnitude)
    return Color((SIMD4(amount < 0 ? Theme.negative : Theme.positive) - grey) * part + grey)
  }

  /// Returns the colour of `amount` in a bar of tints.
  static func ofBar(_ amount: Double, _ capabilities: Capabilities) -> Color {
    let color = tinted(128, by: amount, capabilities)
    guard capabilities.pictureColors == .palette256 else { return color }
    return color.nearest(of: colors256) ?? color
  }

  /// The sign that says without colours which way a value goes and how far; nil where that is hardly anything.
  static func sign(of amount: Double) -> Unicode.Scalar? {
    switch amount {
    case ...(-0.6): "="
    case ...(-least): "-"
    case 0.6...: "#"
    case least...: "+"
    default: nil
    }
  }

  /// The meaning of the tints, or of the signs: `above` and `below` zero.
  static func meaning(above: String, below: String, _ capabilities: Capabilities) -> String {
    capabilities.pictureColors == .none
      ? "+ and #: \(above), - and =: \(below)" : "warm: \(above), cool: \(below)"
  }

  /// The colours of tints among 256: greys, reds and blues.
  private static let colors256: [Color] = (16..<256).map(Color.palette256).filter { color in
    let isWarm = color.green == color.blue && color.red >= color.green
    let isCool = color.blue > color.green && color.green >= color.red
    return isWarm || isCool
  }

  /// Draws the picture into `area`; returns its grid of the plane's values.
  @discardableResult
  func draw(in area: Rect, of cells: inout CellBuffer) -> PixelGrid {
    let grid = PixelGrid(
      sourceWidth: plane.width, sourceHeight: plane.height, in: area,
      density: cells.capabilities.density)
    let key = Key(
      pixels: pixels, plane: plane, tints: tints, grid: grid, capabilities: cells.capabilities)
    let capabilities = cells.capabilities
    var picture = cells.picture(x: grid.area.x, y: grid.area.y, of: key) {
      self.picture(on: grid, capabilities)
    }
    if let outline {
      picture.outline(
        columns: grid.pixelColumns(outline.columns), rows: grid.pixelRows(outline.rows),
        color: Color(255, 255, 255))
    }
    cells.draw(picture, x: grid.area.x, y: grid.area.y)
    if cells.capabilities.pictureColors == .none { drawSigns(on: grid, of: &cells) }
    return grid
  }

  /// All that its picture is made of.
  private struct Key: Equatable {
    let pixels: Pixels
    let plane: Plane
    let tints: Tints
    let grid: PixelGrid
    let capabilities: Capabilities
  }

  /// Returns the plane's values in each pixel of `grid`, and the scale of their tints.
  private func shown(on grid: PixelGrid) -> (values: [Float], scale: HeatScale) {
    let size = Size(width: grid.width, height: grid.height)
    let values = Resampling.values(of: plane, to: size)
    switch tints {
    case .scale(let scale): return (values, scale)
    case .shown(let view, let hasSign):
      return (values, HeatScale(view, shown: values, hasSign: hasSign))
    }
  }

  private func picture(on grid: PixelGrid, _ capabilities: Capabilities) -> PixelPicture {
    let size = Size(width: grid.width, height: grid.height)
    let (values, scale) = shown(on: grid)
    // In an enlarged picture neighbouring pixels often have the same value.
    var (last, amount) = (Float.nan, 0.0)
    let colors = zip(Resampling.colors(of: pixels, to: size), values).map {
      color, value -> Color? in
      if value != last { (last, amount) = (value, scale.amount(of: value)) }
      return Self.tinted((color * .lightness).sum(), by: amount, capabilities)
    }
    var picture = PixelPicture(colors, width: grid.width, density: grid.density)
    // Dithering, or the nearest of all colours, would change the hue of a tint, and the hue shows the
    // sign.
    picture.rendering =
      switch capabilities.pictureColors {
      case .palette256: .colors(Self.colors256)
      case .trueColor: .dithered
      default: .nearest
      }
    return picture
  }

  /// Draws the picture above the scale of its tints, and says beside that what they mean.
  @discardableResult
  func draw(in area: Rect, meaning: String, of cells: inout CellBuffer) -> PixelGrid {
    // Where the bar would be too short beside its meaning, that has a line of its own.
    let isNarrow = area.width < meaning.count + Self.barWidth
    let grid = draw(in: area.rows(.fill, .fixed(isNarrow ? 2 : 1)).0, of: &cells)
    let block = Size(width: grid.width, height: grid.height).block(of: plane)
    ColorBarView(
      scale: shown(on: grid).scale, range: "", isOverlaid: true,
      meaning: isNarrow ? "" : meaning, basis: ViewSettings.spanName(block)
    ).draw(in: area.row(grid.area.maxY), of: &cells)
    if isNarrow {
      cells.write(
        meaning, x: area.x, y: grid.area.maxY + 1, style: Theme.quiet, maxWidth: area.width)
    }
    return grid
  }

  /// Writes a sign into each cell that has one, but where an outline is.
  private func drawSigns(on grid: PixelGrid, of cells: inout CellBuffer) {
    let (values, scale) = shown(on: grid)
    let (across, down) = (grid.density.width, grid.density.height)
    for y in 0..<grid.area.height {
      for x in 0..<grid.area.width {
        let place = (
          x: min(x * across + across / 2, grid.width - 1),
          y: min(y * down + down / 2, grid.height - 1)
        )
        let amount = scale.amount(of: values[place.y * grid.width + place.x])
        let (column, row) = (grid.area.x + x, grid.area.y + y)
        guard let sign = Self.sign(of: amount), cells.contains(x: column, y: row),
          !cells[column, row].style.bold
        else { continue }
        cells[column, row] = Cell(sign, Style())
      }
    }
  }
}
