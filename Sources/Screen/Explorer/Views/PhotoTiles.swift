import Cells
import Research

/// Small photos in rows, each above a caption.
struct PhotoTiles {
  /// The size of a photo with its caption, in cells.
  private static let size = Size(width: 18, height: 10)

  private let area: Rect
  /// The number of photos in a row.
  let across: Int
  /// The number of photos that fit.
  let count: Int

  /// Lays photos out in `area`.
  init(_ area: Rect) {
    self.area = area
    let columns = (area.width + 1) / (Self.size.width + 1)
    across = max(1, columns)
    count = columns * (area.height / Self.size.height)
  }

  /// Returns the page with the photo at `index`, of `total`.
  func page(showing index: Int, of total: Int) -> Range<Int> {
    let first = count == 0 ? 0 : min(index / count * count, total)
    return first..<min(first + count, total)
  }

  /// Draws `photo`, or an ellipsis until it is loaded, at `offset` of the page.
  func draw(
    _ photo: PhotoView?, caption text: String, style: Style = Theme.quiet, at offset: Int,
    of frame: inout Frame, click: Intent? = nil
  ) {
    let place = Rect(
      x: area.x + offset % across * (Self.size.width + 1),
      y: area.y + offset / across * Self.size.height, width: Self.size.width,
      height: Self.size.height)
    let (picture, caption) = place.rows(.fixed(Self.size.height - 2), .fill)
    if let photo {
      photo.draw(in: picture, of: &frame.cells)
    } else {
      frame.cells.write("…", x: place.x, y: place.y, style: Theme.quiet)
    }
    frame.cells.write(text, x: caption.x, y: caption.y, style: style, maxWidth: caption.width)
    frame.answer(in: place, click: { _, _ in click })
  }
}

extension Core {
  /// Returns a small picture of the file at `path`, once it is loaded.
  func preview(of path: String) -> PhotoView? {
    guard case .picture(let pixels, _, _) = answers[PreviewQuestion(path, .images)] else {
      return nil
    }
    return PhotoView(pixels)
  }
}
