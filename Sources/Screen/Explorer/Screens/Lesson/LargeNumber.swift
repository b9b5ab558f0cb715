import Cells

/// A number in digits of three rows, as a class reads them from its last row of seats.
struct LargeNumber {
  private let digits: [Int]

  init(_ number: Int) {
    digits = "\(number)".compactMap { $0.wholeNumberValue }
  }

  /// The segments of each digit: top, upper left, upper right, middle, lower left, lower right,
  /// bottom, as seven-segment displays have them.
  private static let segments: [String] = [
    "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010",
    "1111111", "1111011",
  ]

  /// Draws it from `x` and `y` on; answers how many columns it takes with a gap behind it.
  func draw(x: Int, y: Int, of cells: inout CellBuffer) -> Int {
    for (index, digit) in digits.enumerated() {
      let lit = Self.segments[digit].map { $0 == "1" }
      let rows = [
        " " + (lit[0] ? "_" : " ") + " ",
        (lit[1] ? "|" : " ") + (lit[3] ? "_" : " ") + (lit[2] ? "|" : " "),
        (lit[4] ? "|" : " ") + (lit[6] ? "_" : " ") + (lit[5] ? "|" : " "),
      ]
      for (row, text) in rows.enumerated() {
        cells.write(text, x: x + 4 * index, y: y + row, style: Theme.best)
      }
    }
    return 4 * digits.count + 1
  }
}
