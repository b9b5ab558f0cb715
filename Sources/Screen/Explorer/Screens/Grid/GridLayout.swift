import Cells

/// The layout of the grid's thumbnails, with a label under each.
struct GridLayout: Equatable {
  /// The part of the screen for the thumbnails.
  let area: Rect
  /// The size of a thumbnail's picture in cells.
  let thumbnail: Size
  /// The number of thumbnails side by side.
  let columns: Int
  /// The number of thumbnails one above the other.
  let rows: Int

  /// The widths of a thumbnail that can be chosen, in columns.
  static let widths = 6...38
  /// The difference between two sizes of thumbnails, in columns.
  static let widthStep = 4

  /// Returns the areas of the grid and, in a large terminal beside it, of the channel under the
  /// cursor above the photo.
  static func panes(of core: Core) -> (grid: Rect, channel: Rect, photo: Rect) {
    let body = Layout.margined(Layout.body(of: core), core.size)
    let (grid, side) = body.columns(
      .fill, .fixed(Layout.isRoomy(core.size) ? body.width * 3 / 10 : 0))
    let (channel, photo) = side.rows(.ratio(11, 20), .fill)
    return (grid, channel, photo)
  }

  /// Lays out the selected layer's thumbnails, between lines of text.
  init(_ screen: GridScreen, _ core: Core) {
    let grid = Self.panes(of: core).grid
    let area =
      Layout.isRoomy(core.size)
      ? Layout.inside(grid, core.size).rows(.fixed(1), .fill, .fixed(1)).1
      : grid.rows(.fixed(2), .fill, .fixed(1)).1
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

  /// The width of a thumbnail if not all channels fit on a page.
  private static let usualWidth = 10

  /// Returns the positions on the page that contains `position`, of `count` in all.
  func page(showing position: Int, of count: Int) -> Range<Int> {
    let size = columns * rows
    let first = position / size * size
    return first..<min(first + size, count)
  }

  /// Returns the area of the thumbnail at `offset` of the page; its label is in the row below.
  func place(_ offset: Int) -> Rect {
    area.tile(offset, across: columns, size: thumbnail, gap: Size(width: 1, height: 1))
  }

  /// Returns the place of a thumbnail with its label.
  func labelledPlace(_ offset: Int) -> Rect {
    let size = Size(width: thumbnail.width, height: thumbnail.height + 1)
    return area.tile(offset, across: columns, size: size)
  }
}
