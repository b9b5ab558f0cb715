/// DEC's sixels (VT340): pictures in bands of six rows of pixels, one colour after the other.
public enum Sixels {
  /// Returns `placed` as sixels, scaled to cells of `cell` pixels each, on `ground`.
  public static func encode(_ placed: PlacedPicture, cell: Size, on ground: Color) -> [UInt8] {
    let picture = placed.picture
    let (colors, indices) = palette(picture.pixels.map { $0 ?? ground }, width: picture.width)
    let width = placed.area.width * cell.width
    let height = placed.area.height * cell.height
    // The second parameter keeps pixels that are not drawn: the rows that fill up the last band.
    var bytes = Array("\u{1B}P0;1;0q\"1;1;\(width);\(height)".utf8)
    for (number, color) in colors.enumerated() {
      bytes.append(UInt8(ascii: "#"))
      bytes.append(decimal: number)
      bytes += [UInt8(ascii: ";"), UInt8(ascii: "2")]
      for part in [color.red, color.green, color.blue] {
        bytes.append(UInt8(ascii: ";"))
        bytes.append(decimal: (Int(part) * 100 + 127) / 255)
      }
    }
    let (columns, rowCount) = (picture.width, picture.height)
    let firsts = firstsOfEqualRows(indices, width: columns)
    let pieces = stride(from: 0, to: height, by: pieceHeight).map {
      $0..<min($0 + pieceHeight, height)
    }.concurrentMap { piece in
      var bytes: [UInt8] = []
      var band = Band(indices, of: columns, scaledTo: width, colors: colors.count)
      var last: (rows: [Band.Row], bytes: Range<Int>) = ([], 0..<0)
      for top in stride(from: piece.lowerBound, to: piece.upperBound, by: 6) {
        var rows: [Band.Row] = []
        for row in top..<min(top + 6, piece.upperBound) {
          let first = firsts[row * rowCount / height]
          if rows.last?.first != first { rows.append(Band.Row(first: first, bits: 0)) }
          rows[rows.count - 1].bits |= 1 << UInt8(row - top)
        }
        // In an enlarged picture many bands are the same.
        if rows == last.rows {
          // Appending a slice of itself would copy all of it.
          for place in last.bytes { bytes.append(bytes[place]) }
          continue
        }
        let start = bytes.count
        band.write(rows, into: &bytes)
        last = (rows, start..<bytes.count)
      }
      return bytes
    }
    for piece in pieces { bytes += piece }
    bytes += [0x1B, UInt8(ascii: "\\")]
    return bytes
  }

  /// The rows of pixels that are encoded one after another, while others are at the same time: whole
  /// bands.
  private static let pieceHeight = 120

  /// Returns for each row of `indices`, `width` in a row, the place of its first index; for one that
  /// equals the row above it, that row's.
  private static func firstsOfEqualRows(_ indices: [UInt8], width: Int) -> [Int] {
    guard width > 0 else { return [] }
    var firsts: [Int] = []
    for first in stride(from: 0, to: indices.count, by: width) {
      let isSame =
        first > 0
        && (first..<first + width).allSatisfy { indices[$0] == indices[$0 - width] }
      firsts.append(isSame ? firsts[firsts.count - 1] : first)
    }
    return firsts
  }

  /// Returns at most 252 colours and the index of each pixel's colour.
  ///
  /// A picture with more colours gets a colour cube, with the errors diffused.
  private static func palette(
    _ pixels: [Color], width: Int
  ) -> (colors: [Color], indices: [UInt8]) {
    var palette = Palette()
    var indices: [UInt8] = []
    indices.reserveCapacity(pixels.count)
    for (place, pixel) in pixels.enumerated() {
      // Looking a colour up takes longer than to see that it is that of a neighbour.
      if place > 0, pixel == pixels[place - 1] {
        indices.append(indices[place - 1])
      } else if place >= width, pixel == pixels[place - width] {
        indices.append(indices[place - width])
      } else if let index = palette.index(of: pixel) {
        indices.append(UInt8(index))
      } else {
        return cube(pixels, width: width)
      }
    }
    return (palette.colors, indices)
  }

  /// At most 252 colours, each with its index.
  private struct Palette {
    private(set) var colors: [Color] = []
    /// The indices of the colours, each in the first free place from its hash on.
    private var slots = [Int](repeating: -1, count: 1024)

    /// Returns the index of `color`; nil if there is no room for another.
    mutating func index(of color: Color) -> Int? {
      var slot = (Int(color.red) * 7 + Int(color.green) * 61 + Int(color.blue) * 353) & 1023
      while slots[slot] >= 0 {
        if colors[slots[slot]] == color { return slots[slot] }
        slot = (slot + 1) & 1023
      }
      guard colors.count < 252 else { return nil }
      slots[slot] = colors.count
      colors.append(color)
      return colors.count - 1
    }
  }

  /// Returns the pixels in a colour cube with six steps of red and blue and seven of green.
  private static func cube(
    _ pixels: [Color], width: Int
  ) -> (colors: [Color], indices: [UInt8]) {
    func level(_ step: Int, of steps: Int) -> UInt8 { UInt8(step * 255 / (steps - 1)) }
    let colors = (0..<252).map {
      Color(level($0 / 42, of: 6), level($0 / 6 % 7, of: 7), level($0 % 6, of: 6))
    }
    let shown = colors.map { SIMD4<Float>($0) }
    let steps = SIMD4<Float>(5, 6, 5, 0) / 255
    let indices = Quantiser.diffuse(
      pixels.map { SIMD4<Float>($0) }, upTo: 255, width: width
    ) { value, _ in
      // None is negative, so that cutting off rounds.
      let step = value * steps + 0.5
      let index = Int(step.x) * 42 + Int(step.y) * 6 + Int(step.z)
      return (UInt8(index), shown[index])
    }
    return (colors, indices)
  }

  /// A band of six rows of pixels.
  private struct Band {
    /// A row of the picture in the band, by the place of its first index: the bits of the band's rows
    /// that show it.
    struct Row: Equatable {
      let first: Int
      var bits: UInt8
    }

    /// The bits of a colour in a column of the picture.
    private struct Part {
      let color: UInt8
      let column: Int
      var bits: UInt8
    }

    private let indices: [UInt8]
    /// The first pixel of each of the picture's columns, and the end of the last.
    private let edges: [Int]
    /// The band's parts, by column, and in the order of their colours.
    private var parts: [Part] = []
    private var sorted: [Part] = []
    /// The place in `sorted` behind the last part of each colour.
    private var ends: [Int]

    init(_ indices: [UInt8], of columns: Int, scaledTo width: Int, colors: Int) {
      self.indices = indices
      edges = (0...columns).map { ($0 * width + columns - 1) / max(1, columns) }
      ends = [Int](repeating: 0, count: colors)
    }

    /// Writes the band that `rows` make.
    mutating func write(_ rows: [Row], into bytes: inout [UInt8]) {
      find(rows)
      sort()
      var start = 0
      for color in ends.indices where ends[color] > start {
        write(sorted[start..<ends[color]], of: color, into: &bytes)
        start = ends[color]
      }
      bytes.append(UInt8(ascii: "-"))
    }

    private mutating func find(_ rows: [Row]) {
      parts.removeAll(keepingCapacity: true)
      for column in 0..<edges.count - 1 {
        let own = parts.count
        for row in rows {
          let color = indices[row.first + column]
          if let known = (own..<parts.count).first(where: { parts[$0].color == color }) {
            parts[known].bits |= row.bits
          } else {
            parts.append(Part(color: color, column: column, bits: row.bits))
          }
        }
      }
    }

    /// Sorts the parts by colour, those of one colour by column (counting sort).
    private mutating func sort() {
      for color in ends.indices { ends[color] = 0 }
      for part in parts { ends[Int(part.color)] += 1 }
      var sum = 0
      for color in ends.indices { (ends[color], sum) = (sum, sum + ends[color]) }
      sorted = parts
      for part in parts {
        sorted[ends[Int(part.color)]] = part
        ends[Int(part.color)] += 1
      }
    }

    private func write(_ parts: ArraySlice<Part>, of color: Int, into bytes: inout [UInt8]) {
      bytes.append(UInt8(ascii: "#"))
      bytes.append(decimal: color)
      // Pixels of equal bits are written together; those behind the last part are left out.
      var run = (bits: UInt8(0), start: 0, end: 0)
      for part in parts {
        let (start, end) = (edges[part.column], edges[part.column + 1])
        if start > run.end {
          Self.write(run.bits, times: run.end - run.start, into: &bytes)
          Self.write(0, times: start - run.end, into: &bytes)
          run = (part.bits, start, end)
        } else if part.bits == run.bits {
          run.end = end
        } else {
          Self.write(run.bits, times: run.end - run.start, into: &bytes)
          run = (part.bits, start, end)
        }
      }
      Self.write(run.bits, times: run.end - run.start, into: &bytes)
      bytes.append(UInt8(ascii: "$"))
    }

    private static func write(_ value: UInt8, times count: Int, into bytes: inout [UInt8]) {
      if count > 3 {
        bytes.append(UInt8(ascii: "!"))
        bytes.append(decimal: count)
        bytes.append(value + 63)
      } else {
        for _ in 0..<count { bytes.append(value + 63) }
      }
    }
  }
}

extension [UInt8] {
  /// Appends the digits of a number that is not negative.
  fileprivate mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
