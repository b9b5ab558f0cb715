/// Finds the character and the two colours that look most like a cell of a picture.
///
/// The cell's pixels are divided in two along the line on which their colours differ most. The
/// characters that cover nearly the same pixels are tried, and the one with the least squared
/// colour error wins.
struct GlyphFitter {
  /// A character with the colour of the pixels that it covers, and of the others.
  struct Fit: Equatable {
    var scalar: Unicode.Scalar
    var foreground: Color
    var background: Color
  }

  private let shapes: [GlyphShape]
  private let masks: [UInt64]
  /// The characters to try exactly, nearest first: the number of pixels that differ, and the index
  /// in `shapes`.
  private var near: [(distance: Int, index: Int)]
  /// How many pixels differ between those wanted and each character, or its negative.
  private var distances: [Int]
  /// The number of characters to try exactly.
  private static let shortlist = 6

  init(_ set: GlyphSet) {
    shapes = set.shapes
    masks = shapes.map(\.mask)
    near = Array(repeating: (.max, 0), count: min(Self.shortlist, shapes.count))
    distances = Array(repeating: 0, count: shapes.count)
  }

  /// Returns the best fit for `pixels`: the red, green and blue of 4 × 12 pixels, row by row.
  mutating func fit(_ pixels: [SIMD4<Float>]) -> Fit {
    pixels.withUnsafeBufferPointer { fit($0) }
  }

  private mutating func fit(_ pixels: UnsafeBufferPointer<SIMD4<Float>>) -> Fit {
    var sum = SIMD4<Float>()
    for pixel in pixels { sum += pixel }
    let mean = sum / Float(GlyphShape.count)
    var axis = SIMD4<Float>()
    var farthest: Float = 0
    for pixel in pixels {
      let difference = pixel - mean
      let distance = (difference * difference).sum()
      if distance > farthest { (farthest, axis) = (distance, difference) }
    }
    // All pixels have the same colour, to the precision of 8 bits.
    guard farthest > 0.75 else {
      return Fit(scalar: " ", foreground: Color(mean), background: Color(mean))
    }
    var wanted: UInt64 = 0
    let threshold = (mean * axis).sum()
    for index in pixels.indices where (pixels[index] * axis).sum() > threshold {
      wanted |= 1 << UInt64(index)
    }
    return best(near: wanted, of: pixels, sum: sum)
  }

  /// Returns the best of the characters that nearly cover the pixels in `wanted`, or nearly all
  /// others.
  private mutating func best(
    near wanted: UInt64, of pixels: UnsafeBufferPointer<SIMD4<Float>>, sum: SIMD4<Float>
  ) -> Fit {
    findNear(wanted)
    var best = (score: -Float.infinity, index: 0, covered: SIMD4<Float>())
    for candidate in near {
      let mask = masks[candidate.index]
      let size = mask.nonzeroBitCount
      // The smaller part is added up; the colours are whole numbers, so that nothing is rounded.
      let isSmall = 2 * size <= GlyphShape.count
      var part = SIMD4<Float>()
      var bits = isSmall ? mask : mask ^ GlyphShape.full
      while bits != 0 {
        part += pixels[bits.trailingZeroBitCount]
        bits &= bits - 1
      }
      let (covered, rest) = isSmall ? (part, sum - part) : (sum - part, part)
      let count = Float(size)
      // The squared error is the sum of the pixels' squares, which is constant, minus this score.
      let score =
        (covered * covered).sum() / count + (rest * rest).sum() / (Float(GlyphShape.count) - count)
      if score > best.score { best = (score, candidate.index, covered) }
    }
    let shape = shapes[best.index]
    let count = Float(shape.mask.nonzeroBitCount)
    return Fit(
      scalar: shape.scalar, foreground: Color(best.covered / count),
      background: Color((sum - best.covered) / (Float(GlyphShape.count) - count)))
  }

  /// Finds the characters that cover nearly the pixels in `wanted`, or nearly all others.
  private mutating func findNear(_ wanted: UInt64) {
    let last = near.count - 1
    for place in near.indices { near[place] = (.max, 0) }
    // A loop of its own, so that the compiler vectorises it.
    masks.withUnsafeBufferPointer { masks in
      distances.withUnsafeMutableBufferPointer { distances in
        for index in masks.indices {
          let bits = (masks[index] ^ wanted).nonzeroBitCount
          distances[index] = min(bits, GlyphShape.count - bits)
        }
      }
    }
    near.withUnsafeMutableBufferPointer { near in
      for (index, distance) in distances.enumerated() where distance < near[last].distance {
        var place = last
        while place > 0, near[place - 1].distance > distance {
          near[place] = near[place - 1]
          place -= 1
        }
        near[place] = (distance, index)
      }
    }
  }

  /// Returns the character whose pixels are nearest to the bits set in `wanted`; `isReversed` if
  /// the character covers the other pixels instead.
  func nearest(to wanted: UInt64) -> (shape: GlyphShape, isReversed: Bool) {
    func distance(_ shape: GlyphShape) -> (bits: Int, isReversed: Bool) {
      let bits = (shape.mask ^ wanted).nonzeroBitCount
      return bits * 2 > GlyphShape.count ? (GlyphShape.count - bits, true) : (bits, false)
    }
    let shape = shapes.min { distance($0).bits < distance($1).bits } ?? shapes[0]
    return (shape, distance(shape).isReversed)
  }
}

extension SIMD4<Float> {
  /// Takes the red, green and blue of a colour, 0…255 each.
  @inlinable
  public init(_ color: Color) {
    self.init(Float(color.red), Float(color.green), Float(color.blue), 0)
  }
}

extension Color {
  /// Makes a colour of its red, green and blue, clamped to 0…255 and rounded.
  @inlinable
  public init(_ parts: SIMD4<Float>) {
    @inline(__always) func byte(_ part: Float) -> UInt8 {
      part > 0 ? part < 255 ? UInt8(part + 0.5) : 255 : 0
    }
    self.init(byte(parts.x), byte(parts.y), byte(parts.z))
  }
}

extension SIMD4<Float> {
  /// The weights of red, green and blue in a grey (ITU-R BT.709).
  public static let lightness = SIMD4(0.2126, 0.7152, 0.0722, 0)
}
