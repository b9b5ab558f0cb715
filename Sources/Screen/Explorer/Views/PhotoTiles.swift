import Cells
import Research

/// Small photos in rows, each above a caption.
struct PhotoTiles {
  /// The fewest columns of a photo.
  private static let leastWidth = 18
  /// The rows of a caption and of the gap below it.
  private static let captionRows = 2
  /// The rows of the smallest photo with its caption.
  static let fewestRows = height(of: leastWidth)

  /// Returns the rows of a photo of so many columns, with its caption.
  private static func height(of width: Int) -> Int { width * 4 / 9 + captionRows }

  private let area: Rect
  /// The columns and rows of a photo, with its caption.
  private let size: Size
  /// The number of photos beside each other.
  let across: Int
  /// The number of photos that fit.
  let count: Int

  /// Lays photos out in `area`: as many as there is room for, or `total` of them as large as all fit.
  init(_ area: Rect, of total: Int = .max) {
    self.area = area
    func size(_ width: Int) -> Size {
      Size(width: width, height: Self.height(of: width))
    }
    func columns(_ size: Size) -> Int { (area.width + 1) / (size.width + 1) }
    func count(_ size: Size) -> Int { columns(size) * ((area.height + 1) / size.height) }
    let sizes = (Self.leastWidth...max(Self.leastWidth, area.width)).map(size)
    self.size = sizes.last { count($0) >= total } ?? sizes[0]
    across = max(1, columns(self.size))
    self.count = count(self.size)
  }

  /// The columns that the photos take.
  var width: Int { across * (size.width + 1) - 1 }

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
    let place = area.tile(offset, across: across, size: size)
    let (picture, caption) = place.rows(.fixed(size.height - Self.captionRows), .fill)
    if let photo {
      let grid = photo.draw(in: picture, of: &frame.cells)
      caption.write(text, over: grid, style: style, of: &frame.cells)
    } else {
      frame.cells.write("…", x: place.x, y: place.y, style: Theme.quiet)
      frame.cells.write(text, x: caption.x, y: caption.y, style: style, maxWidth: caption.width)
    }
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
