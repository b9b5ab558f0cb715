import Tensors

/// A row and a column of a layer's picture.
public struct CellPosition: Equatable, Sendable {
  /// The row.
  public let y: Int
  /// The column.
  public let x: Int

  /// Returns the cell of a picture with shape `next` at the same relative position as this one in
  /// `last`.
  func carried(from last: Shape, to next: Shape) -> CellPosition {
    func carried(_ index: Int, _ from: Int, _ to: Int) -> Int {
      min(max((2 * index + 1) * to / (2 * from), 0), to - 1)
    }
    return CellPosition(
      y: carried(y, last.height, next.height), x: carried(x, last.width, next.width))
  }
}

/// The cursor on the selected layer's picture, and the area that is marked with it.
public struct CellCursor: Equatable, Sendable {
  /// The row.
  public internal(set) var y = 0
  /// The column.
  public internal(set) var x = 0
  /// Whether the person has moved the cursor; until then `Core.cursor` chooses its cell.
  public internal(set) var isPlaced = false
  /// The first corner of a marked area.
  public internal(set) var corner: CellPosition?
  /// The opposite corner, once the person has fixed it; until then the cursor is that corner.
  public internal(set) var end: CellPosition?

  /// The marked area; nil if none is.
  var area: (rows: Range<Int>, columns: Range<Int>)? {
    guard let corner else { return nil }
    let end = end ?? position
    return (
      min(corner.y, end.y)..<max(corner.y, end.y) + 1,
      min(corner.x, end.x)..<max(corner.x, end.x) + 1
    )
  }

  /// The cursor's row and column.
  var position: CellPosition { CellPosition(y: y, x: x) }

  /// Removes the mark.
  mutating func forgetArea() { (corner, end) = (nil, nil) }

  /// The cursor's cell as an area.
  var cell: (rows: Range<Int>, columns: Range<Int>) { (y..<y + 1, x..<x + 1) }

  /// Moves the cursor and a marked area to the same relative position in a picture with shape
  /// `next`; the area is dropped if that has a single place.
  mutating func carry(from last: Shape, to next: Shape) {
    guard last != next else { return }
    corner = next.places > 1 ? corner?.carried(from: last, to: next) : nil
    end = next.places > 1 ? end?.carried(from: last, to: next) : nil
    guard isPlaced else { return }
    let position = position.carried(from: last, to: next)
    (y, x) = (position.y, position.x)
  }
}
