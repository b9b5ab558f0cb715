import Cells

/// A number in digits three rows high, readable from the last row of a classroom.
struct LargeNumber {
  private let digits: [Int]

  init(_ number: Int) {
    digits = "\(number)".compactMap { $0.wholeNumberValue }
  }

  /// The segments of each digit, as in seven-segment displays: top, upper left, upper right,
  /// middle, lower left, lower right, bottom.
  private static let segments: [String] = [
    "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010",
    "1111111", "1111011",
  ]
  /// The pixels of each digit, three to a row, from top to bottom.
  private static let pixels: [String] = [
    "111101101101111", "010110010010111", "111001111100111", "111001111001111", "101101111001001",
    "111100111001111", "111100111101111", "111001001001001", "111101111101111", "111101111001111",
  ]

  /// Draws the number from column `x` and row `y` on; returns its width with a gap behind it.
  func draw(x: Int, y: Int, of cells: inout CellBuffer) -> Int {
    for (index, digit) in digits.enumerated() {
      let rows = cells.capabilities.glyphs == .ascii ? Self.outlined(digit) : Self.solid(digit)
      for (row, text) in rows.enumerated() {
        cells.write(text, x: x + 4 * index, y: y + row, style: Theme.best)
      }
    }
    return 4 * digits.count + 1
  }

  private static func outlined(_ digit: Int) -> [String] {
    let lit = segments[digit].map { $0 == "1" }
    return [
      " " + (lit[0] ? "_" : " ") + " ",
      (lit[1] ? "|" : " ") + (lit[3] ? "_" : " ") + (lit[2] ? "|" : " "),
      (lit[4] ? "|" : " ") + (lit[6] ? "_" : " ") + (lit[5] ? "|" : " "),
    ]
  }

  private static func solid(_ digit: Int) -> [String] {
    let lit = pixels[digit].map { $0 == "1" } + [false, false, false]
    return (0..<3).map { row in
      (0..<3).map { column in
        switch (lit[6 * row + column], lit[6 * row + 3 + column]) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
      }.joined()
    }
  }
}
