import Cells
import Tensors

/// A channel's heatmap in an area: values are resampled first and coloured later.
public struct HeatmapView: Sendable {
  /// The picture's position and its pixels.
  public let grid: PixelGrid
  /// The value of each pixel, row by row.
  public let values: [Float]
  private let plane: Plane

  /// Fits `map` into `area` as large as possible, with `density` pixels per cell.
  public init(_ map: ActivationMap, in area: Rect, density: Size) {
    grid = PixelGrid(
      sourceWidth: map.plane.width, sourceHeight: map.plane.height, in: area, density: density)
    plane = map.plane
    values = Resampling.values(
      of: map.plane, to: Size(width: grid.width, height: grid.height))
  }

  /// The rows and columns of values whose mean a pixel shows, as "3×3"; nil if each value has a pixel.
  var block: String? {
    Size(width: grid.width, height: grid.height).block(of: plane)
  }

  /// Returns the values that a scale spans, with those of `other`, a map of the same shape.
  ///
  /// Where every value has a pixel these are all values, whatever the size of the picture, so that one
  /// channel has one scale on all screens. Where a pixel stands for several, they are the means, which
  /// are much smaller than what they are made of.
  func spanned(with other: ActivationMap? = nil) -> [Float] {
    guard block != nil else { return plane.values + (other?.plane.values ?? []) }
    let size = Size(width: grid.width, height: grid.height)
    return values + (other.map { Resampling.values(of: $0.plane, to: size) } ?? [])
  }

  /// Draws the heatmap in the colours of `scale`, with the area `outline` outlined, and `inner` in
  /// white.
  public func draw(
    _ scale: HeatScale, outline: (rows: Range<Int>, columns: Range<Int>)? = nil,
    inner: (rows: Range<Int>, columns: Range<Int>)? = nil, of cells: inout CellBuffer
  ) {
    var picture = cells.picture(
      x: grid.area.x, y: grid.area.y, of: Key(plane: plane, grid: grid, scale: scale)
    ) { self.picture(scale) }
    for (part, color) in [(outline, Theme.cursor), (inner, Theme.inner)] {
      guard let part else { continue }
      picture.outline(
        columns: grid.pixelColumns(part.columns), rows: grid.pixelRows(part.rows), color: color)
    }
    cells.draw(picture, x: grid.area.x, y: grid.area.y)
  }

  /// All that its picture is made of.
  private struct Key: Equatable {
    let plane: Plane
    let grid: PixelGrid
    let scale: HeatScale
  }

  /// Returns the picture in the colours of `scale`, before anything is outlined in it.
  func picture(_ scale: HeatScale) -> PixelPicture {
    // In an enlarged picture neighbouring pixels, and rows, often have the same values.
    var (last, color) = (Float.nan, scale.color(of: .nan))
    var colors: [Color?] = []
    colors.reserveCapacity(values.count)
    for first in stride(from: 0, to: values.count, by: grid.width) {
      let row = first..<first + grid.width
      if first > 0, row.allSatisfy({ values[$0] == values[$0 - grid.width] }) {
        // Appending a slice of itself would copy all of it.
        for place in row { colors.append(colors[place - grid.width]) }
        continue
      }
      for value in values[row] {
        if value != last { (last, color) = (value, scale.color(of: value)) }
        colors.append(color)
      }
    }
    var picture = PixelPicture(colors, width: grid.width, density: grid.density)
    picture.rendering = .colors(scale.palette)
    return picture
  }
}
