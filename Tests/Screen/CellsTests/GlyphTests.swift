import Testing

@testable import Cells

/// Signs as pixels, and the sign that a cell of a picture becomes.
@Suite struct GlyphTests {
  /// From the charts of Unicode 16: BLOCK SEXTANT-1, -12345, BLOCK OCTANT-3, -24678, -2345678.
  static let charts: [(UInt32, UInt64)] = [
    (0x1FB00, pattern([(0, 0)], rows: 3)),
    (0x1FB1D, pattern([(0, 0), (1, 0), (0, 1), (1, 1), (0, 2)], rows: 3)),
    (0x1CD00, pattern([(0, 1)], rows: 4)),
    (0x1CDE5, pattern([(1, 0), (0, 1), (1, 1), (0, 2), (1, 2), (0, 3), (1, 3)], rows: 4)),
  ]

  private static func pattern(_ parts: [(x: Int, y: Int)], rows: Int) -> UInt64 {
    var mask: UInt64 = 0
    for y in 0..<12 {
      for x in 0..<4 where parts.contains(where: { $0 == (x / 2, y * rows / 12) }) {
        mask |= 1 << UInt64(4 * y + x)
      }
    }
    return mask
  }

  @Test(arguments: charts)
  func signsCoverWhatUnicodeSays(scalar: UInt32, mask: UInt64) throws {
    let sign = try #require(Unicode.Scalar(scalar))
    let complement = GlyphShape.full & ~mask
    // Of two that complete each other one is enough.
    let found = GlyphSet.octants.shapes.filter { [mask, complement].contains($0.mask) }
    #expect(found.count == 1)
    if let shape = found.first, shape.mask == mask { #expect(shape.scalar == sign) }
  }

  @Test func setsHaveEveryPatternOfTheirPixels() {
    for (set, rows, count) in [
      (GlyphSet.quadrants, 2, 16), (.sextants, 3, 64), (.octants, 4, 256),
    ] {
      let masks = set.shapes.map(\.mask)
      #expect(Set(masks).count == masks.count)
      for bits in 1..<count - 1 {
        let mask = GlyphShape("x", pattern: bits, height: rows).mask
        #expect(masks.contains(mask) || masks.contains(GlyphShape.full & ~mask))
      }
    }
  }

  @Test func theFitIsTheBestOfAllSigns() {
    var random = SystemRandomNumberGenerator()
    for set in [GlyphSet.quadrants, .sextants, .octants] {
      var fitter = GlyphFitter(set)
      var ratios: [Float] = []
      for _ in 0..<60 {
        // An edge at some angle between two colours, with a little noise.
        let (a, b, c) = (
          Float.random(in: -1...1, using: &random), Float.random(in: -1...1, using: &random),
          Float.random(in: -4...4, using: &random)
        )
        let pixels = (0..<48).map { index in
          let isAbove = a * Float(index % 4 * 3) + b * Float(index / 4) > c
          let noise = Float.random(in: -20...20, using: &random)
          return SIMD4<Float>(isAbove ? 190 : 60, 100 + noise, isAbove ? 40 : 160, 0)
        }
        let fit = fitter.fit(pixels)
        let found = Self.error(pixels, GlyphSet.shapeOf[fit.scalar] ?? GlyphShape.full)
        let best = set.shapes.map { Self.error(pixels, $0.mask) }.min() ?? 0
        ratios.append(best > 0 ? found / best : 1)
      }
      // The shortlist seldom misses the best, and never by much.
      #expect(ratios.allSatisfy { $0 < 1.35 })
      #expect(ratios.reduce(0, +) / Float(ratios.count) < 1.02)
    }
  }

  /// The squared error of the best two colours under `mask`.
  private static func error(_ pixels: [SIMD4<Float>], _ mask: UInt64) -> Float {
    func isIn(_ index: Int) -> Bool { mask >> UInt64(index) & 1 == 1 }
    return [true, false].map { side in
      let part = pixels.indices.filter { isIn($0) == side }.map { pixels[$0] }
      guard !part.isEmpty else { return 0 }
      let mean = part.reduce(SIMD4(), +) / Float(part.count)
      return part.reduce(0) { $0 + (($1 - mean) * ($1 - mean)).sum() }
    }.reduce(0, +)
  }

  @Test func aPictureOfAnEdgeBecomesTheSignOfTheEdge() {
    var cells = CellBuffer(size: Size(width: 2, height: 1))
    cells.capabilities.glyphs = .sextants
    var picture = PixelPicture(width: 8, height: 12, density: cells.capabilities.density)
    let (red, blue) = (Color(200, 0, 0), Color(0, 0, 200))
    // The upper third of the left cell; half of the right one.
    picture.fill { x, y in (x < 4 ? y < 4 : x < 6) ? red : blue }
    cells.draw(picture, x: 0, y: 0)
    #expect(cells[0, 0] == Cell("🬂", Style(foreground: red, background: blue)))
    #expect(cells[1, 0] == Cell("▌", Style(foreground: red, background: blue)))
  }

  @Test func whatIsNotDrawnShowsTheGround() {
    var cells = CellBuffer(size: Size(width: 2, height: 1))
    cells.capabilities.glyphs = .quadrants
    var picture = PixelPicture(width: 8, height: 12, density: cells.capabilities.density)
    picture.fill { x, y in x < 4 && y < 6 ? Color(200, 0, 0) : nil }
    cells.draw(picture, x: 0, y: 0)
    #expect(cells[0, 0] == Cell("▀", Style(foreground: Color(200, 0, 0))))
    #expect(cells[1, 0] == Cell())
  }

  /// A quarter of a cell at the top has no sign of its own: the one of the rest is reversed.
  @Test func aThinEdgeShowsTheGroundAndNotBlack() {
    var cells = CellBuffer(size: Size(width: 1, height: 1))
    cells.capabilities.glyphs = .sextants
    var picture = PixelPicture(width: 4, height: 12, density: cells.capabilities.density)
    let red = Color(200, 0, 0)
    picture.fill { _, y in y < 3 ? red : nil }
    cells.draw(picture, x: 0, y: 0)
    #expect(cells[0, 0] == Cell("▆", Style(foreground: red, reverse: true)))
  }

  @Test func brailleDotsAreAsManyAsThePictureIsLight() {
    var cells = CellBuffer(size: Size(width: 40, height: 10))
    cells.capabilities = Capabilities(colors: .none, unicode: true, glyphs: .braille)
    for (light, expected) in [(UInt8(0), 0), (64, 800), (128, 1606), (255, 3200)] {
      var picture = PixelPicture(width: 80, height: 40, density: cells.capabilities.density)
      picture.fill { _, _ in Color(light, light, light) }
      cells.draw(picture, x: 0, y: 0)
      let dots = cells.lines.joined().unicodeScalars.reduce(0) {
        $0 + ($1.value >= 0x2800 ? ($1.value - 0x2800).nonzeroBitCount : 0)
      }
      #expect(abs(dots - expected) <= 16, "\(light): \(dots) dots")
    }
    #expect(cells.downgraded(to: cells.capabilities) == cells)
  }

  @Test(arguments: Capabilities.ColorDepth.allCases)
  func brailleWithoutUnicodeIsInk(colors: Capabilities.ColorDepth) {
    let capabilities = Capabilities(colors: colors, unicode: false, glyphs: .braille)
    var cells = CellBuffer(size: Size(width: 20, height: 1))
    cells.capabilities = capabilities
    var picture = PixelPicture(width: 20, height: 2, density: capabilities.density)
    picture.fill { x, _ in Color(UInt8(x * 13), UInt8(x * 13), UInt8(x * 13)) }
    cells.draw(picture, x: 0, y: 0)
    let shown = Set(cells.downgraded(to: capabilities).lines.joined())
    #expect(shown.count > 5 && shown.isSubset(of: " .:-=+*#%@"), "\(shown)")
  }
}
