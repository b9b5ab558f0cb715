extension CellBuffer {
  /// The size of a cell in units of the SVG picture.
  private static let cell = Size(width: 8, height: 17)

  /// The screen as a picture for a web page: W3C SVG 1.1, light text on a dark background.
  ///
  /// Pixels become rectangles, so that they meet without gaps in every font.
  public var svg: String {
    downgraded(to: Capabilities(colors: .trueColor, unicode: true)).page
  }

  private var page: String {
    let (cellWidth, cellHeight) = (Self.cell.width, Self.cell.height)
    return
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width * cellWidth)\" "
      + "height=\"\(height * cellHeight)\" font-family=\"Menlo, Consolas, 'DejaVu Sans Mono', "
      + "monospace\" font-size=\"13\" xml:space=\"preserve\">\n"
      + "<rect width=\"100%\" height=\"100%\" fill=\"#101014\"/>\n"
      + "<g shape-rendering=\"crispEdges\">\n" + rectangles + "</g>\n"
      + (0..<height).map { words(row: $0) }.joined() + "</svg>\n"
  }

  /// Returns the colour at quarter `column` and twelfth `row` of the cells, which must exist; nil
  /// for the terminal's own colour.
  public func color(column: Int, row: Int) -> Color? {
    self[column / GlyphShape.columns, row / GlyphShape.rows].color(
      x: column % GlyphShape.columns, y: row % GlyphShape.rows)
  }

  /// The coloured rectangles, one path for each colour; equal neighbours in a row are one
  /// rectangle.
  private var rectangles: String {
    var paths: [(color: Color, path: String)] = []
    var indices: [Color: Int] = [:]
    for y in 0..<height {
      let parts = Self.parts(ofRow: (0..<width).map { self[$0, y] })
      for part in 0..<parts.height {
        let count = width * parts.width
        func color(_ place: Int) -> Color? {
          self[place / parts.width, y].color(
            x: place % parts.width * GlyphShape.columns / parts.width,
            y: part * GlyphShape.rows / parts.height)
        }
        func edge(_ place: Int) -> Int { place * Self.cell.width / parts.width }
        let top = (y * parts.height + part) * Self.cell.height / parts.height
        let bottom = (y * parts.height + part + 1) * Self.cell.height / parts.height
        var place = 0
        while place < count {
          let shown = color(place)
          var end = place + 1
          while end < count, color(end) == shown { end += 1 }
          if let shown {
            let index = indices[shown, default: paths.count]
            if index == paths.count { paths.append((shown, "")) }
            indices[shown] = index
            let length = edge(end) - edge(place)
            paths[index].path += "M\(edge(place)) \(top)h\(length)V\(bottom)h-\(length)z"
          }
          place = end
        }
      }
    }
    return paths.map { "<path fill=\"\($0.color.hex)\" d=\"\($0.path)\"/>\n" }.joined()
  }

  /// Returns the number of parts, across and down, that the cells of a row are cut into.
  private static func parts(ofRow cells: [Cell]) -> Size {
    let isFine = cells.contains { $0.isMosaic && !$0.isPicture }
    return isFine
      ? Size(width: GlyphShape.columns, height: GlyphShape.rows) : GlyphSet.half.density
  }

  /// Returns the text of a row; neighbours of the same style are one element, and spaces are left
  /// out.
  private func words(row y: Int) -> String {
    let (cellWidth, cellHeight) = (Self.cell.width, Self.cell.height)
    var text = ""
    var x = 0
    while x < width {
      let style = self[x, y].style
      var run = ""
      var end = x
      while end < width, self[end, y].style == style {
        run += self[end, y].isMosaic ? " " : self[end, y].text
        end += 1
      }
      if run.contains(where: { $0 != " " }) {
        let color =
          style.reverse
          ? "#101014"
          : style.foreground?.hex ?? (style.dim ? "#8a8a90" : "#d6d6d6")
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
  /// Whether the cell shows pixels of a picture.
  var isMosaic: Bool {
    isPicture
      || style.foreground != nil && style.background != nil
        && GlyphSet.shapeOf[glyph.scalar] != nil
  }

  /// Returns the colour of one of the cell's 4 × 12 pixels; nil for the terminal's background.
  fileprivate func color(x: Int, y: Int) -> Color? {
    if isMosaic, let mask = GlyphSet.shapeOf[glyph.scalar],
      mask >> UInt64(y * GlyphShape.columns + x) & 1 == 1
    {
      return style.foreground
    }
    if style.reverse { return style.foreground ?? Color(0xD6, 0xD6, 0xD6) }
    return style.background
  }
}

extension Color {
  /// The colour in the notation of web pages: `#1a2b3c`.
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
