import Cells

/// The number of columns or rows that a part of an area gets.
enum Extent {
  /// A fixed number, or the rest if that is less.
  case fixed(Int)
  /// A share of the whole: so many of so many parts.
  case ratio(Int, Int)
  /// The room that the others leave, shared equally; the last gets the remainder.
  case fill
}

extension Rect {
  /// The whole of something of `size`.
  init(_ size: Size) {
    self.init(x: 0, y: 0, width: size.width, height: size.height)
  }

  /// The area without so many columns on either side.
  func inset(_ columns: Int) -> Rect {
    self.columns(.fixed(columns), .fill, .fixed(columns)).1
  }

  /// Returns the place of the tile at `index` of equal ones in rows of `across`, `gap` apart.
  func tile(_ index: Int, across: Int, size: Size, gap: Size = Size(width: 1, height: 0)) -> Rect {
    Rect(
      x: x + index % across * (size.width + gap.width),
      y: y + index / across * (size.height + gap.height), width: size.width, height: size.height)
  }

  /// A box over the area, indented, `top` rows below its upper edge, as large as is asked for where there
  /// is room; where that would leave halves of words beside it, as wide as the area.
  func box(width: Int, height: Int, top: Int = 2) -> Rect {
    let band = rows(.fixed(top), .fixed(height), .fill).1
    guard self.width >= Self.widthBesideBoxes else { return band }
    return band.inset(4).columns(.fixed(min(width, self.width - 8)), .fill).0
  }

  /// The columns from which on there is something to see beside a box.
  private static let widthBesideBoxes = 100

  /// The part of the area from the row `y` on.
  func from(y: Int) -> Rect {
    let top = min(max(y, self.y), maxY)
    return Rect(x: x, y: top, width: width, height: maxY - top)
  }

  /// The row `y`.
  func row(_ y: Int) -> Rect { row(y, from: x) }

  /// The row `y`, from the column `x` on to where the area ends.
  func row(_ y: Int, from x: Int) -> Rect {
    Rect(x: x, y: y, width: maxX - x, height: 1)
  }

  /// The row `y`, in these columns.
  func row(_ y: Int, _ columns: Range<Int>) -> Rect {
    Rect(x: columns.lowerBound, y: y, width: columns.count, height: 1)
  }

  /// The area cut into columns from left to right, `gap` columns apart.
  func columns(_ first: Extent, _ second: Extent, gap: Int = 0) -> (Rect, Rect) {
    let parts = Self.spans([first, second], of: width, gap: gap).map { columns($0) }
    return (parts[0], parts[1])
  }

  /// Returns three columns.
  func columns(
    _ first: Extent, _ second: Extent, _ third: Extent, gap: Int = 0
  ) -> (Rect, Rect, Rect) {
    let parts = Self.spans([first, second, third], of: width, gap: gap).map { columns($0) }
    return (parts[0], parts[1], parts[2])
  }

  /// Returns three columns of equal width, for pictures that are compared; what is left over stays blank
  /// on the right.
  func thirds(gap: Int) -> (Rect, Rect, Rect) {
    let even = max(0, width - 2 * gap) / 3 * 3 + 2 * gap
    return columns(.fixed(even), .fill).0.columns(.fill, .fill, .fill, gap: gap)
  }

  /// Returns two rows, from top to bottom, `gap` rows apart.
  func rows(_ first: Extent, _ second: Extent, gap: Int = 0) -> (Rect, Rect) {
    let parts = Self.spans([first, second], of: height, gap: gap).map { rows($0) }
    return (parts[0], parts[1])
  }

  /// Returns three rows.
  func rows(
    _ first: Extent, _ second: Extent, _ third: Extent, gap: Int = 0
  ) -> (Rect, Rect, Rect) {
    let parts = Self.spans([first, second, third], of: height, gap: gap).map { rows($0) }
    return (parts[0], parts[1], parts[2])
  }

  private func columns(_ span: Range<Int>) -> Rect {
    Rect(x: x + span.lowerBound, y: y, width: span.count, height: height)
  }

  private func rows(_ span: Range<Int>) -> Rect {
    Rect(x: x, y: y + span.lowerBound, width: width, height: span.count)
  }

  /// Returns the range of each part; parts without room are empty.
  private static func spans(_ extents: [Extent], of whole: Int, gap: Int) -> [Range<Int>] {
    let room = max(0, whole - gap * (extents.count - 1))
    let sizes = extents.map { extent in
      switch extent {
      case .fixed(let size): max(0, size)
      case .ratio(let part, let all): whole * part / all
      case .fill: 0
      }
    }
    let fills = extents.count { if case .fill = $0 { true } else { false } }
    var (free, left) = (max(0, room - sizes.reduce(0, +)), fills)
    var place = 0
    return zip(extents, sizes).map { extent, size in
      var wanted = size
      if case .fill = extent {
        wanted = free / left
        (free, left) = (free - wanted, left - 1)
      }
      let start = min(place, whole)
      let span = start..<min(start + wanted, whole)
      place = span.upperBound + gap
      return span
    }
  }
}
