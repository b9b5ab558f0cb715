import Cells

/// The layout of the classes, and of as many of their pictures as fit.
struct TeachLayout {
  /// A class's column.
  struct Column {
    /// The class's index; one behind the last stands for a new class.
    let classIndex: Int
    /// The column's area, with the class's name in the first line.
    let area: Rect
  }

  /// A picture of a class.
  struct Picture {
    let picture: String
    let classIndex: Int
    /// The picture's index in its class, from the latest.
    let pictureIndex: Int
    let area: Rect
  }

  /// The areas of the photo with the answers, and of the classes.
  let panes: (side: Rect, classes: Rect)
  /// The area of the photo with the answers, inside a frame.
  let side: Rect
  /// The photos that come next and their places, below the first photo; none once something was taught.
  private(set) var next: (paths: [String], tiles: PhotoTiles)?
  /// The columns that fit, with that of the class under the cursor.
  private(set) var columns: [Column] = []
  /// The latest pictures of each class, or the page with the one under the cursor.
  private(set) var pictures: [Picture] = []

  /// The largest number of classes: a digit key for each.
  static let mostClasses = 10
  private static let leastWidth = 13
  /// The columns of a new class, beside others.
  private static let newWidth = 18
  /// The fewest columns of a picture.
  private static let leastPicture = 10

  /// Lays out the classes of `screen`.
  init(_ screen: TeachScreen, _ core: Core) {
    let isRoomy = Layout.isRoomy(core.size)
    let (_, body) = Layout.margined(Layout.body(of: core), core.size)
      .rows(.fixed(isRoomy ? 1 : 2), .fill)
    let narrow = min(46, body.width * 2 / 5)
    // The frames of a stream are watched while they are recorded.
    let side = isRoomy && core.live != nil ? max(narrow, body.width * 9 / 20) : narrow
    panes = body.columns(.fixed(side), .fill, gap: isRoomy ? 0 : 2)
    self.side = isRoomy ? Layout.inside(panes.side, core.size) : panes.side
    let rest = isRoomy ? Layout.inside(panes.classes, core.size) : panes.classes
    let classes = screen.collection.classes
    if classes.isEmpty, isRoomy, core.live == nil {
      let tiles = PhotoTiles(self.side.rows(.ratio(1, 2), .fill, gap: 1).1.rows(.fixed(1), .fill).1)
      let paths = core.album.paths.dropFirst(core.album.index + 1).prefix(tiles.count)
      if !paths.isEmpty { next = (Array(paths), tiles) }
    }
    let count = min(classes.count + 1, max(classes.count, Self.mostClasses))
    let fitting = max(1, min(count, (rest.width + 1) / (Self.leastWidth + 1)))
    let first = min(max(0, screen.classIndex - fitting + 2), max(0, count - fitting))
    let shown = first..<min(first + fitting, count)
    // A new class has no pictures yet, and leaves the room to those that have.
    let hasNew = shown.contains(classes.count) && shown.count > 1
    let new = hasNew ? min(Self.newWidth, (rest.width + 1) / fitting - 1) : 0
    let room = rest.width + 1 - (hasNew ? new + 1 : 0)
    let width = room / max(1, shown.count - (hasNew ? 1 : 0)) - 1
    for index in shown {
      let own = index == classes.count && hasNew ? new : width
      let area = rest.columns(.fixed((index - first) * (width + 1)), .fixed(own), .fill).1
      columns.append(Column(classIndex: index, area: area))
      guard index < classes.count else { continue }
      let (_, below) = area.rows(.fixed(2), .fill)
      pictures += Self.pictures(
        of: classes[index].pictures, index, in: below,
        cursor: index == screen.classIndex ? screen.pictureIndex : 0)
    }
  }

  /// The pictures of a class in `area`: as large as all of them fit, or a page of small ones.
  private static func pictures(
    of paths: [String], _ classIndex: Int, in area: Rect, cursor: Int
  ) -> [Picture] {
    func across(_ width: Int) -> Int { max(1, (area.width + 1) / (width + 1)) }
    // As wide as 4 to 3, of cells that are twice as high.
    func height(_ width: Int) -> Int { max(2, (width * 3 / 4 + 1) / 2) }
    func count(_ width: Int) -> Int { across(width) * (area.height / height(width)) }
    let widths = leastPicture...max(leastPicture, area.width)
    let least = widths.last { count($0) >= paths.count } ?? leastPicture
    let page = count(least)
    guard page > 0 else { return [] }
    let (columns, rows) = (across(least), height(least))
    let width = (area.width + 1) / columns - 1
    let first = cursor / page * page
    return (first..<max(first, min(first + page, paths.count))).map { index in
      let place = index - first
      return Picture(
        picture: paths[paths.count - 1 - index], classIndex: classIndex, pictureIndex: index,
        area: area.columns(.fixed(place % columns * (width + 1)), .fixed(width), .fill).1
          .rows(.fixed(place / columns * rows), .fixed(rows), .fill).1)
    }
  }
}
