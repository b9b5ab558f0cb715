import Tensors

/// A row and a column of a layer's picture.
public struct CellPosition: Equatable, Sendable {
  /// The row.
  public let y: Int
  /// The column.
  public let x: Int

  /// The cell of `next` that lies where this one lies in `last`.
  func carried(from last: Shape, to next: Shape) -> CellPosition {
    func carried(_ index: Int, _ from: Int, _ to: Int) -> Int {
      min(max((2 * index + 1) * to / (2 * from), 0), to - 1)
    }
    return CellPosition(
      y: carried(y, last.height, next.height), x: carried(x, last.width, next.width))
  }
}

/// A cell of the selected layer's picture, and an area that ends there.
public struct CellCursor: Equatable, Sendable {
  /// The row.
  public internal(set) var y = 0
  /// The column.
  public internal(set) var x = 0
  /// Whether somebody put it there; until then it is where it begins.
  public internal(set) var isPlaced = false
  /// Where a marked area begins.
  public internal(set) var corner: CellPosition?
  /// Where it ends, once that is chosen; until then it ends at the cursor.
  public internal(set) var end: CellPosition?

  /// The marked area.
  var area: (rows: Range<Int>, columns: Range<Int>)? {
    guard let corner else { return nil }
    let end = end ?? position
    return (
      min(corner.y, end.y)..<max(corner.y, end.y) + 1,
      min(corner.x, end.x)..<max(corner.x, end.x) + 1
    )
  }

  /// Where it is.
  var position: CellPosition { CellPosition(y: y, x: x) }

  /// Marks nothing any more.
  mutating func forgetArea() { (corner, end) = (nil, nil) }

  /// The cell alone.
  var cell: (rows: Range<Int>, columns: Range<Int>) { (y..<y + 1, x..<x + 1) }

  /// Moves the cursor to the cell of `next` that lies where it was in `last`, and a marked area with
  /// it, unless `next` has a single place.
  mutating func carry(from last: Shape, to next: Shape) {
    guard last != next else { return }
    corner = next.places > 1 ? corner?.carried(from: last, to: next) : nil
    end = next.places > 1 ? end?.carried(from: last, to: next) : nil
    guard isPlaced else { return }
    let position = position.carried(from: last, to: next)
    (y, x) = (position.y, position.x)
  }
}
