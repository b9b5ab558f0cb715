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
  /// The corner opposite to the cursor while an area is marked.
  public internal(set) var corner: CellPosition?

  /// The marked area, from its corner to the cursor.
  var area: (rows: Range<Int>, columns: Range<Int>)? {
    corner.map { corner in
      (min(corner.y, y)..<max(corner.y, y) + 1, min(corner.x, x)..<max(corner.x, x) + 1)
    }
  }

  /// The cell alone.
  var cell: (rows: Range<Int>, columns: Range<Int>) { (y..<y + 1, x..<x + 1) }

  /// Moves the cursor to the cell of `next` that lies where it was in `last`, and a marked area with
  /// it, unless `next` has a single place.
  mutating func carry(from last: Shape, to next: Shape) {
    guard last != next else { return }
    corner = next.places > 1 ? corner?.carried(from: last, to: next) : nil
    guard isPlaced else { return }
    let position = CellPosition(y: y, x: x).carried(from: last, to: next)
    (y, x) = (position.y, position.x)
  }
}
