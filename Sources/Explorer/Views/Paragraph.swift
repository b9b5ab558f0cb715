import Cells

/// Text that is broken at its spaces.
enum Paragraph {
  /// The lines of `text`, none longer than `width` unless a single word is.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// Draws as much of `text` as `area` has room for; answers how many rows it took.
  @discardableResult
  static func draw(
    _ text: String, in area: Rect, style: Style = Theme.plain, of cells: inout CellBuffer
  ) -> Int {
    let lines = lines(text, width: area.width).prefix(area.height)
    for (row, line) in lines.enumerated() {
      cells.write(line, x: area.x, y: area.y + row, style: style, maxWidth: area.width)
    }
    return lines.count
  }
}
