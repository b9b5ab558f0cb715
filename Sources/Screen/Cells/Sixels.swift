/// DEC's sixels (VT340): pictures in bands of six rows of pixels, one colour after the other.
public enum Sixels {
  /// Returns `placed` as sixels, scaled to cells of `cell` pixels each, on `ground`.
  public static func encode(_ placed: PlacedPicture, cell: Size, on ground: Color) -> [UInt8] {
    let picture = placed.picture
    let (colors, indices) = palette(picture.pixels.map { $0 ?? ground }, width: picture.width)
    let width = placed.area.width * cell.width
    let height = placed.area.height * cell.height
    let columns = (0..<width).map { $0 * picture.width / width }
    // The second parameter keeps pixels that are not drawn: the rows that fill up the last band.
    var bytes = Array("\u{1B}P0;1;0q\"1;1;\(width);\(height)".utf8)
    for (number, color) in colors.enumerated() {
      let parts = [color.red, color.green, color.blue].map { (Int($0) * 100 + 127) / 255 }
      bytes += Array("#\(number);2;\(parts[0]);\(parts[1]);\(parts[2])".utf8)
    }
    var band = Band(width: width, colors: colors.count)
    for top in stride(from: 0, to: height, by: 6) {
      for row in top..<min(top + 6, height) {
        let first = row * picture.height / height * picture.width
        for x in 0..<width { band.set(x, to: indices[first + columns[x]], bit: row - top) }
      }
      band.write(into: &bytes)
    }
    bytes += [0x1B, UInt8(ascii: "\\")]
    return bytes
  }

  /// Returns at most 252 colours and the index of each pixel's colour.
  ///
  /// A picture with more colours gets a colour cube, with the errors diffused.
  private static func palette(_ pixels: [Color], width: Int) -> (colors: [Color], indices: [Int]) {
    var known: [Color: Int] = [:]
    var colors: [Color] = []
    var indices: [Int] = []
    indices.reserveCapacity(pixels.count)
    for pixel in pixels {
      if let index = known[pixel] {
        indices.append(index)
      } else if colors.count < 252 {
        known[pixel] = colors.count
        indices.append(colors.count)
        colors.append(pixel)
      } else {
        return cube(pixels, width: width)
      }
    }
    return (colors, indices)
  }

  /// Returns the pixels in a colour cube with six steps of red and blue and seven of green.
  private static func cube(_ pixels: [Color], width: Int) -> (colors: [Color], indices: [Int]) {
    func level(_ step: Int, of steps: Int) -> UInt8 { UInt8(step * 255 / (steps - 1)) }
    let colors = (0..<252).map {
      Color(level($0 / 42, of: 6), level($0 / 6 % 7, of: 7), level($0 % 6, of: 6))
    }
    let steps = SIMD4<Float>(5, 6, 5, 0) / 255
    let indices = Quantiser.diffuse(
      pixels.map { SIMD4<Float>($0) }, upTo: 255, width: width
    ) { value in
      let step = (value * steps).rounded(.toNearestOrAwayFromZero)
      let index = Int(step.x) * 42 + Int(step.y) * 6 + Int(step.z)
      return (index, SIMD4<Float>(colors[index]))
    }
    return (colors, indices)
  }

  /// A band of six rows of pixels.
  private struct Band {
    private let width: Int
    /// A bit for each of the six rows, for every colour and column.
    private var bits: [UInt8]
    private var isUsed: [Bool]

    init(width: Int, colors: Int) {
      self.width = width
      bits = [UInt8](repeating: 0, count: width * colors)
      isUsed = [Bool](repeating: false, count: colors)
    }

    mutating func set(_ x: Int, to color: Int, bit: Int) {
      bits[color * width + x] |= 1 << UInt8(bit)
      isUsed[color] = true
    }

    /// Writes the band and starts an empty one.
    mutating func write(into bytes: inout [UInt8]) {
      for color in isUsed.indices where isUsed[color] {
        bytes += Array("#\(color)".utf8)
        var x = 0
        while x < width {
          let value = bits[color * width + x]
          var end = x + 1
          while end < width, bits[color * width + end] == value { end += 1 }
          // Empty columns at the end of a band are left out.
          if end < width || value != 0 { Self.write(value, times: end - x, into: &bytes) }
          x = end
        }
        bytes.append(UInt8(ascii: "$"))
        for place in color * width..<(color + 1) * width { bits[place] = 0 }
        isUsed[color] = false
      }
      bytes.append(UInt8(ascii: "-"))
    }

    private static func write(_ value: UInt8, times count: Int, into bytes: inout [UInt8]) {
      if count > 3 {
        bytes += Array("!\(count)".utf8)
        bytes.append(value + 63)
      } else {
        for _ in 0..<count { bytes.append(value + 63) }
      }
    }
  }
}
