import Cells

/// The meanings of signs and colours, one beside the other in as many rows as that takes.
struct Legend: Sendable {
  private let items: [(text: String, style: Style)]

  /// The columns between two of them.
  private static let gap = 2

  init(_ items: [(String, Style)]) { self.items = items.map { (text: $0.0, style: $0.1) } }

  /// The rows that it takes.
  func rows(width: Int) -> Int { (places(width: width).last?.y ?? -1) + 1 }

  func draw(in area: Rect, of cells: inout CellBuffer) {
    for (item, place) in zip(items, places(width: area.width)) where place.y < area.height {
      cells.write(
        item.text, x: area.x + place.x, y: area.y + place.y, style: item.style,
        maxWidth: area.width - place.x)
    }
  }

  private func places(width: Int) -> [(x: Int, y: Int)] {
    var (x, y) = (0, 0)
    return items.map { item in
      let count = item.text.columns
      if x > 0, x + count > width { (x, y) = (0, y + 1) }
      defer { x += count + Self.gap }
      return (x, y)
    }
  }
}
