import Cells

/// Where the thumbnails of the grid lie, a label under each.
struct GridLayout: Equatable {
  /// The part of the screen for thumbnails.
  let area: Rect
  /// The columns and rows of a thumbnail's picture.
  let thumbnail: Size
  /// Thumbnails from left to right.
  let columns: Int
  /// Thumbnails from top to bottom.
  let rows: Int

  /// The thumbnails' widths that can be chosen.
  static let widths = 6...38
  /// How much wider the next size is.
  static let widthStep = 4

  /// The parts of a screen: the thumbnails and what is said of them, and in a large terminal beside
  /// them the channel under the cursor above the photo.
  static func panes(of core: Core) -> (grid: Rect, channel: Rect, photo: Rect) {
    let body = Layout.body(of: core)
    let (grid, side) = body.columns(
      .fill, .fixed(Layout.isRoomy(core.size) ? body.width * 3 / 10 : 0))
    let (channel, photo) = side.rows(.ratio(11, 20), .fill)
    return (grid, channel, photo)
  }

  /// Lays the selected layer's thumbnails out on the screen, between lines of text.
  init(_ screen: GridScreen, _ core: Core) {
    let grid = Self.panes(of: core).grid
    let area =
      Layout.isRoomy(core.size)
      ? Rect(x: grid.x + 1, y: grid.y + 2, width: grid.width - 2, height: grid.height - 4)
      : Rect(x: grid.x, y: grid.y + 2, width: grid.width, height: grid.height - 3)
    let output = core.layer.output
    func fitting(_ width: Int) -> (thumbnail: Size, columns: Int, rows: Int) {
      let width = min(width, max(1, area.width))
      let height = output.places == 1 ? 1 : min((width + 1) / 2, max(1, area.height - 1))
      return (
        Size(width: width, height: height), max(1, (area.width + 1) / (width + 1)),
        max(1, area.height / (height + 1))
      )
    }
    let largest = (Self.usualWidth...Self.widths.upperBound).reversed().first { width in
      let (_, columns, rows) = fitting(width)
      return output.places > 1 && columns * rows >= output.channels
    }
    self.area = area
    (thumbnail, columns, rows) = fitting(
      screen.thumbnailWidth ?? largest ?? Self.usualWidth)
  }

  /// The columns of a thumbnail where not all channels fit on a page.
  private static let usualWidth = 10

  /// The positions of the page that shows `position` of `count`.
  func page(showing position: Int, of count: Int) -> Range<Int> {
    let size = columns * rows
    let first = position / size * size
    return first..<min(first + size, count)
  }

  /// Where the thumbnail at `offset` of the page lies; its label is the row below.
  func place(_ offset: Int) -> Rect {
    Rect(
      x: area.x + offset % columns * (thumbnail.width + 1),
      y: area.y + offset / columns * (thumbnail.height + 1),
      width: thumbnail.width, height: thumbnail.height)
  }
}
