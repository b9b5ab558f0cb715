/// A picture of pixels that are drawn two to a cell, one above the other.
public struct PixelPicture: Equatable, Sendable {
  /// Pixels from left to right.
  public let width: Int
  /// Pixels from top to bottom; even, so that cells are whole.
  public let height: Int
  private var pixels: [Color?]
  /// Whether a cell holds a part of an outline; empty while there is none.
  private var outlined: [Bool] = []

  /// A picture in which nothing is drawn yet.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, (height + 1) / 2 * 2)
    pixels = [Color?](repeating: nil, count: self.width * self.height)
  }

  /// The pixel in column `x` and row `y`; nil shows what is behind.
  public subscript(x: Int, y: Int) -> Color? {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }

  /// Whether the cell in column `x` and row `y` of cells holds a part of an outline.
  func isOutlined(x: Int, y: Int) -> Bool { !outlined.isEmpty && outlined[y * width + x] }

  /// Draws the edge of a rectangle of pixels; what lies outside of the picture is left out.
  public mutating func outline(columns: Range<Int>, rows: Range<Int>, color: Color) {
    if outlined.isEmpty { outlined = [Bool](repeating: false, count: width * height / 2) }
    for y in rows.clamped(to: 0..<height) {
      for x in columns.clamped(to: 0..<width) {
        let isEdge =
          x == columns.lowerBound || x == columns.upperBound - 1 || y == rows.lowerBound
          || y == rows.upperBound - 1
        guard isEdge else { continue }
        self[x, y] = color
        outlined[y / 2 * width + x] = true
      }
    }
  }
}

extension CellBuffer {
  /// Draws `picture`, its first pixel in the upper half of the cell in column `x` and row `y`.
  ///
  /// What is outlined is bold, which tells it from the rest where there are no colours.
  public mutating func draw(_ picture: PixelPicture, x: Int, y: Int) {
    for row in 0..<picture.height / 2 {
      for column in 0..<picture.width where contains(x: x + column, y: y + row) {
        let (upper, lower) = (picture[column, 2 * row], picture[column, 2 * row + 1])
        self[x + column, y + row] =
          switch (upper, lower) {
          case (nil, nil): Cell()
          case (nil, let lower): Cell(.lower, Style(foreground: lower))
          case (let upper, nil): Cell(.upper, Style(foreground: upper))
          case (let upper, let lower):
            Cell(.upper, Style(foreground: upper, background: lower))
          }
        if picture.isOutlined(x: column, y: row) { self[x + column, y + row].style.bold = true }
      }
    }
  }
}
