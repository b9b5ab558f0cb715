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
  init(_ state: ExplorerState) {
    let body = Layout.body(of: state)
    area = Rect(x: body.x, y: body.y + 2, width: body.width, height: body.height - 3)
    let width = min(state.grid.thumbnailWidth, max(1, area.width))
    let isSingle = state.layer.output.places == 1
    thumbnail = Size(
      width: width, height: isSingle ? 1 : min((width + 1) / 2, max(1, area.height - 1)))
    columns = max(1, (area.width + 1) / (width + 1))
    rows = max(1, area.height / (thumbnail.height + 1))
  }

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
