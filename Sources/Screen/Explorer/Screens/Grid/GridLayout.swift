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

  /// Lays the selected layer's thumbnails out on the screen, between two lines of text and one.
  init(_ screen: GridScreen, _ core: Core) {
    let body = Layout.body(of: core)
    let area = Rect(x: body.x, y: body.y + 2, width: body.width, height: body.height - 3)
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
