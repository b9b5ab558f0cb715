extension CellBuffer {
  /// The screen as a picture for a page: W3C SVG 1.1, light text on a dark ground.
  ///
  /// Pixels of pictures become rectangles, so that they meet without gaps in every font.
  public var svg: String {
    let (cellWidth, cellHeight) = (8, 17)
    var text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width * cellWidth)\" "
      + "height=\"\(height * cellHeight)\" font-family=\"Menlo, Consolas, 'DejaVu Sans Mono', "
      + "monospace\" font-size=\"13\" xml:space=\"preserve\">\n"
      + "<rect width=\"100%\" height=\"100%\" fill=\"#101014\"/>\n"
    for y in 0..<height {
      text += pictures(row: y, cellWidth, cellHeight)
      text += words(row: y, cellWidth, cellHeight)
    }
    return text + "</svg>\n"
  }

  /// The coloured rectangles of a row; neighbours of one colour are one rectangle.
  private func pictures(row y: Int, _ cellWidth: Int, _ cellHeight: Int) -> String {
    var text = ""
    let half = Double(cellHeight) / 2
    for part in 0..<2 {
      var x = 0
      while x < width {
        let color = self[x, y].color(ofHalf: part)
        var end = x + 1
        while end < width, self[end, y].color(ofHalf: part) == color { end += 1 }
        if let color {
          text +=
            "<rect x=\"\(x * cellWidth)\" y=\"\(Double(y * cellHeight) + Double(part) * half)\" "
            + "width=\"\((end - x) * cellWidth)\" height=\"\(half)\" fill=\"\(color.hex)\" "
            + "shape-rendering=\"crispEdges\"/>\n"
        }
        x = end
      }
    }
    return text
  }

  /// The words of a row; neighbours of one style are one element, and spaces need none.
  private func words(row y: Int, _ cellWidth: Int, _ cellHeight: Int) -> String {
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
