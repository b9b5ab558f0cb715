import Cells
import Images
import MobileNet
import Research

/// A picture of a file with the part outlined that the network gets, and that part beside it if there is
/// room, unless it is all of the picture.
struct PicturePreview {
  /// The picture, scaled down.
  let pixels: Pixels
  /// The columns of the file's picture.
  let width: Int
  /// The rows of the file's picture.
  let height: Int
  let model: Model

  /// The fewest columns of the part beside the picture.
  private static let fewest = 24

  /// The part that the network gets, in the pixels of the file.
  private var part: Box {
    model.checkpoint.preprocessing.fit(width: width, height: height, resolution: model.resolution)
      .box
  }

  /// The same part in the pixels of the picture.
  private var shownPart: (columns: Range<Int>, rows: Range<Int>) {
    let scale = Double(pixels.width) / Double(width)
    func range(_ from: Double, _ to: Double, _ count: Int) -> Range<Int> {
      let first = min(max(Int(from * scale), 0), count - 1)
      return first..<max(first + 1, min(Int((to * scale).rounded()), count))
    }
    return (range(part.left, part.right, pixels.width), range(part.top, part.bottom, pixels.height))
  }

  /// The columns and rows of the part, in the pixels of the file.
  private var partSize: (across: Int, down: Int) {
    (Int((part.right - part.left).rounded()), Int((part.bottom - part.top).rounded()))
  }

  /// Whether the network gets all of the picture.
  private var isWhole: Bool { partSize == (width, height) }

  /// The sizes of the picture and of the part.
  var words: String {
    "\(width)×\(height); the network gets "
      + (isWhole ? "all" : "\(partSize.across)×\(partSize.down)")
      + " of it, as \(model.resolution.rowsByColumns)"
  }

  /// Draws it; returns what is left below the part, or else below the words: at least so many `rows`.
  @discardableResult
  func draw(in area: Rect, leaving rows: Int = 0, of frame: inout Frame) -> Rect {
    let lines = words.wrapped(to: area.width)
    // A cell is twice as high as wide.
    func columns(_ body: Rect) -> Int { min(body.width, 2 * body.height * width / max(1, height)) }
    let whole = area.rows(.fill, .fixed(lines.count)).0
    let side = whole.width - columns(whole) - 1
    let hasRoom = !isWhole && Layout.isRoomy(frame.cells.size) && side >= Self.fewest
    let belowPart = whole.height - side * partSize.down / max(1, 2 * partSize.across) - 1
    let leavesRoom = hasRoom && belowPart >= rows
    let body = leavesRoom ? whole : whole.rows(.fill, .fixed(rows)).0
    let own = columns(body)
    let (picture, beside) = body.columns(.fixed(hasRoom ? own : body.width), .fill, gap: 1)
    let shown = shownPart
    let grid = PhotoView(pixels: pixels, outline: isWhole ? nil : shown).draw(
      in: picture, of: &frame.cells)
    var (end, endOfPart) = (grid.area.maxY, grid.area.maxY)
    if hasRoom {
      let seen = PhotoView(
        pixels.resized(
          width: shown.columns.count, height: shown.rows.count,
          box: Box(
            left: Double(shown.columns.lowerBound), top: Double(shown.rows.lowerBound),
            right: Double(shown.columns.upperBound), bottom: Double(shown.rows.upperBound)))
      ).draw(in: beside, of: &frame.cells)
      endOfPart = seen.area.maxY
      end = max(end, endOfPart)
    }
    for (line, text) in lines.enumerated() {
      frame.cells.write(text, x: area.x, y: end + line, style: Theme.quiet, maxWidth: area.width)
    }
    return leavesRoom
      ? beside.from(y: endOfPart + 1) : area.from(y: end + lines.count + (rows > 0 ? 1 : 0))
  }
}
