import Cells

/// Where the lists, the matrix, the calibration and the images stand.
struct ResultsLayout {
  /// The area of the list.
  let list: Rect
  /// The area of another list, below a short one; nil where there is no room.
  let below: Rect?
  /// The area of the confusion matrix; nil where there is no room.
  let matrix: Rect?
  /// The area of the reliability diagram.
  let calibration: Rect
  /// The area of the images.
  let images: Rect
  /// The area of the words about the class that they show; nil where there is no room.
  let words: Rect?

  private let size: Size

  /// The rows of the reliability diagram with its frame: one for each bin, and two for the words.
  private static let diagramRows = 19
  /// The columns of the matrix beside the diagram, where there is room.
  private static let matrixColumns = 40
  /// The fewest rows of a list below another.
  static let fewestBelow = 8
  /// The fewest rows of the others of a group, for one row of photos in a frame.
  private static let fewestOfOthers = PhotoTiles.fewestRows + 2
  /// The rows of a list's frame and heading.
  static let listHead = 3

  /// Lays out a list of so many `lines`, and what there is to see of the one under the cursor; `hasOthers`
  /// says that the lines are several images, of which the others stand below.
  init(_ core: Core, lines: Int, hasImages: Bool, hasOthers: Bool) {
    size = core.size
    let (_, body) = Layout.body(of: core).rows(.fixed(2), .fill)
    guard Layout.isRoomy(core.size) else {
      let (left, right) = body.columns(.ratio(3, 5), .fill, gap: 2)
      (calibration, images) = right.rows(.ratio(1, 2), .fill)
      (matrix, words) = (nil, nil)
      let (short, rest) = left.rows(.fixed(lines + Self.listHead - 1), .fill)
      let hasRoom = hasOthers && PhotoTiles(Layout.inside(rest, size)).count > 0
      (list, below) = hasRoom ? (short, rest) : (left, nil)
      return
    }
    let (left, right) = body.columns(.ratio(9, 20), .fill)
    let fewest = hasOthers ? Self.fewestOfOthers : Self.fewestBelow
    let under: Rect
    (list, under) = left.rows(
      .fixed(min(max(1, lines) + Self.listHead, left.height - fewest)), .fill)
    below = under
    guard hasImages else {
      (matrix, calibration) = right.rows(.fill, .fixed(Self.diagramRows))
      (images, words) = (right.rows(.fixed(0), .fill).0, nil)
      return
    }
    let (upper, lower) = right.rows(.fixed(Self.diagramRows), .fill)
    // The matrix is as wide as it is high, with its title.
    let (first, last) = upper.columns(
      .fixed(min(Self.matrixColumns, upper.width * 11 / 20)), .fill)
    (matrix, calibration) = (first, last)
    let (pictures, rest) = lower.columns(.ratio(3, 5), .fill)
    (images, words) = (pictures, rest)
  }

  /// The lines of a page.
  var page: Int { max(1, list.height - 4) }

  /// The number of images that there is room for; a single one takes all of it, and so does one of
  /// several where there is no room for more.
  func mostImages(isSingle: Bool) -> Int {
    isSingle ? 1 : max(1, PhotoTiles(Layout.inside(images, size)).count)
  }

  /// The number of images beside `confused` ones to compare them with: as many as leave those large.
  func mostCompared(with confused: Int) -> Int {
    guard Layout.isRoomy(size) else { return 0 }
    let inside = Layout.inside(images, size)
    return max(0, PhotoTiles(inside, of: max(confused, Self.fewestCompared)).count - confused)
  }

  /// The fewest images that are compared: a confused one, and a right one of either class.
  private static let fewestCompared = 3
}
