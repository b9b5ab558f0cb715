import Foundation
import Reports
import Tensors

/// A picture for a page, as SVG.
struct Figure: Sendable {
  let svg: String
  let caption: String

  private init(_ width: Int, _ height: Int, caption: String, shown: Int? = nil, _ body: String) {
    let scale = Double(shown ?? width) / Double(max(width, 1))
    let (wide, high) = (Int(Double(width) * scale), Int((Double(height) * scale).rounded()))
    svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(wide)\" height=\"\(high)\" "
      + "viewBox=\"0 0 \(width) \(height)\">\(body)</svg>"
    self.caption = caption
  }

  /// The width of pictures on a page, in pixels.
  private static let side = 220

  /// Returns the picture in the PNG file `bytes`, as a square.
  static func photo(_ bytes: [UInt8], caption: String) -> Figure {
    let data = Data(bytes).base64EncodedString()
    return Figure(
      side, side, caption: caption,
      "<image width=\"\(side)\" height=\"\(side)\" href=\"data:image/png;base64,\(data)\"/>")
  }

  /// Returns a channel in greys that print, dark for large values, with `cell` outlined.
  static func plane(_ plane: Plane, cell: (row: Int, column: Int)?, caption: String) -> Figure {
    let whole = (0..<plane.height).flatMap { y in (0..<plane.width).map { plane[y, $0] } }
    let finite = whole.filter(\.isFinite).sorted()
    // Outliers must not make all other values white.
    let low = Double(min(finite.first ?? 0, 0))
    let high = finite.isEmpty ? 1 : max(Double(finite[(finite.count - 1) * 99 / 100]), low)
    var body = ""
    for y in 0..<plane.height {
      body += cells(
        (0..<plane.width).map { x in
          let value = whole[y * plane.width + x]
          guard value.isFinite, high > low else { return 0 }
          return Float(min(max((Double(value) - low) / (high - low), 0), 1))
        }, row: y)
    }
    if let cell {
      body +=
        "<rect x=\"\(cell.column)\" y=\"\(cell.row)\" width=\"1\" height=\"1\" fill=\"none\" "
        + "stroke=\"#d00\" stroke-width=\"\(max(0.25, Double(plane.width) / 100))\"/>"
    }
    return Figure(
      plane.width, plane.height, caption: caption, shown: side,
      "<g shape-rendering=\"crispEdges\">\(body)</g>")
  }

  /// Returns nine weights or values with their numbers, row by row; dark is above zero.
  static func kernel(_ weights: [Float], caption: String = "3×3") -> Figure {
    let reach = weights.filter(\.isFinite).map(\.magnitude).max() ?? 0
    let cell = 60
    let body = weights.enumerated().map { index, weight in
      let (x, y) = (index % 3 * cell, index / 3 * cell)
      let ink = reach > 0 && weight.isFinite ? weight / reach : 0
      let grey = Int(170 - 85 * ink)
      return "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(cell)\" height=\"\(cell)\" "
        + "fill=\"rgb(\(grey),\(grey),\(grey))\" stroke=\"#fff\"/>"
        + "<text x=\"\(x + cell / 2)\" y=\"\(y + cell / 2 + 4)\" text-anchor=\"middle\" "
        + "font-family=\"sans-serif\" font-size=\"12\" fill=\"#000\">"
        + NumberText.fixed(Double(weight), 3) + "</text>"
    }
    return Figure(3 * cell, 3 * cell, caption: caption, body.joined())
  }

  /// Returns a bar chart with names and numbers.
  static func chart(_ chart: Chart) -> Figure {
    let row = 18
    let names = 8 * (chart.rows.map(\.name.count).max() ?? 0) + 8
    let texts = 8 * (chart.rows.map(\.text.count).max() ?? 0) + 8
    let bars = 240
    let body = chart.rows.enumerated().map { index, line in
      let part = abs((line.value ?? 0) / chart.reach)
      let share = chart.reach > 0 && part.isFinite ? min(part, 1) : 0
      let y = index * row
      let base = "y=\"\(y + 13)\" font-family=\"sans-serif\" font-size=\"12\""
      return "<text x=\"0\" \(base)>\(line.name.escapedForMarkup)</text>"
        + "<text x=\"\(names + texts - 8)\" text-anchor=\"end\" \(base)>"
        + "\(line.text.escapedForMarkup)</text>"
        + "<rect x=\"\(names + texts)\" y=\"\(y + 3)\" height=\"12\" "
        + "width=\"\(NumberText.fixed(share * Double(bars), 1))\" "
        + "fill=\"\((line.value ?? 0) < 0 ? "#bbb" : "#555")\"/>"
    }
    return Figure(
      names + texts + bars, max(1, chart.rows.count) * row, caption: chart.title, body.joined())
  }

  /// Returns a row of shades from white, 0, to black, 1; neighbours of the same shade share a
  /// rectangle.
  private static func cells(_ shares: [Float], row: Int) -> String {
    let shades = shares.map { 255 - 17 * Int((15 * $0).rounded()) }
    var body = ""
    var start = 0
    while start < shades.count {
      var end = start + 1
      while end < shades.count, shades[end] == shades[start] { end += 1 }
      let hex = String(shades[start], radix: 16)
      let two = hex.count < 2 ? "0" + hex : hex
      body +=
        "<rect x=\"\(start)\" y=\"\(row)\" width=\"\(end - start)\" height=\"1\" "
        + "fill=\"#\(two)\(two)\(two)\"/>"
      start = end
    }
    return body
  }
}
