extension CellBuffer {
  /// The columns and rows of a cell in the units of the picture.
  private static let cell = Size(width: 8, height: 17)

  /// The screen as a picture for a page: W3C SVG 1.1, light text on a dark ground.
  ///
  /// Pixels of pictures become rectangles, so that they meet without gaps in every font.
  public var svg: String {
    let (cellWidth, cellHeight) = (Self.cell.width, Self.cell.height)
    return
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width * cellWidth)\" "
      + "height=\"\(height * cellHeight)\" font-family=\"Menlo, Consolas, 'DejaVu Sans Mono', "
      + "monospace\" font-size=\"13\" xml:space=\"preserve\">\n"
      + "<rect width=\"100%\" height=\"100%\" fill=\"#101014\"/>\n"
      + "<g shape-rendering=\"crispEdges\">\n" + pictures + "</g>\n"
      + (0..<height).map { words(row: $0) }.joined() + "</svg>\n"
  }

  /// The coloured rectangles, a path for each colour; neighbours in a row are one rectangle.
  private var pictures: String {
    var paths: [(color: Color, path: String)] = []
    var indices: [Color: Int] = [:]
    for row in 0..<2 * height {
      var x = 0
      while x < width {
        let color = self[x, row / 2].color(ofHalf: row % 2)
        var end = x + 1
        while end < width, self[end, row / 2].color(ofHalf: row % 2) == color { end += 1 }
        if let color {
          let index = indices[color, default: paths.count]
          if index == paths.count { paths.append((color, "")) }
          indices[color] = index
          let (left, length) = (x * Self.cell.width, (end - x) * Self.cell.width)
          let top = row * Self.cell.height / 2
          paths[index].path +=
            "M\(left) \(top)h\(length)V\((row + 1) * Self.cell.height / 2)h-\(length)z"
        }
        x = end
      }
    }
    return paths.map { "<path fill=\"\($0.color.hex)\" d=\"\($0.path)\"/>\n" }.joined()
  }

  /// The words of a row; neighbours of one style are one element, and spaces need none.
  private func words(row y: Int) -> String {
    let (cellWidth, cellHeight) = (Self.cell.width, Self.cell.height)
    var text = ""
    var x = 0
    while x < width {
      let style = self[x, y].style
      var run = ""
      var end = x
      while end < width, self[end, y].style == style {
        run += self[end, y].isPicture ? " " : self[end, y].text
        end += 1
      }
      if run.contains(where: { $0 != " " }) {
        let color =
          style.reverse ? "#101014" : style.foreground?.hex ?? (style.dim ? "#8a8a90" : "#d6d6d6")
        text +=
          "<text x=\"\(x * cellWidth)\" y=\"\(y * cellHeight + 13)\" fill=\"\(color)\" "
          + "textLength=\"\((end - x) * cellWidth)\""
          + (style.bold ? " font-weight=\"bold\"" : "") + ">\(run.xmlEscaped)</text>\n"
      }
      x = max(end, x + 1)
    }
    return text
  }
}

extension Cell {
  /// The colour of the upper (0) or lower (1) half, beyond the ground; nil for none.
  fileprivate func color(ofHalf half: Int) -> Color? {
    if isPicture, (text == "▀") == (half == 0) { return style.foreground }
    if style.reverse { return style.foreground ?? Color(0xD6, 0xD6, 0xD6) }
    return style.background
  }
}

extension Color {
  /// The colour as web pages write it: `#1a2b3c`.
  var hex: String {
    let number = Int(red) << 16 | Int(green) << 8 | Int(blue)
    let digits = String(number, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

extension String {
  fileprivate var xmlEscaped: String {
    reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      default: text.append(character)
      }
    }
  }
}
