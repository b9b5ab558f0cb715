import Testing

@testable import Cells

/// Photos in 256 colours.
@Suite struct QuantiserTests {
  /// The capabilities of a terminal with 256 colours.
  private static func capabilities(_ glyphs: GlyphSet) -> Capabilities {
    Capabilities(colors: .palette256, unicode: true, glyphs: glyphs)
  }

  /// The colours in which a photo is drawn.
  private func drawn(
    _ color: (_ x: Int, _ y: Int) -> Color, glyphs: GlyphSet
  ) -> [Color] {
    var cells = CellBuffer(size: Size(width: 64, height: 16))
    cells.capabilities = Self.capabilities(glyphs)
    let density = cells.capabilities.density
    let width = 64 * density.width
    var picture = PixelPicture(width: width, height: 16 * density.height, density: density)
    picture.rendering = .dithered
    picture.fill { x, y in color(x * 256 / width, y) }
    cells.draw(picture, x: 0, y: 0)
    return (0..<64 * 16).flatMap { place in
      let style = cells[place % 64, place / 64].style
      return [style.foreground, style.background].compactMap(\.self)
    }
  }

  @Test(arguments: [GlyphSet.half, .sextants])
  func whatIsNearlyGreyIsDrawnInGreys(glyphs: GlyphSet) {
    let colors = drawn(
      { x, y in
        // Up to four more or less in each, and never the same for long.
        func noisy(_ step: Int) -> UInt8 {
          UInt8(min(max(x + (step * x + 5 * step * y) % 9 - 4, 0), 255))
        }
        return Color(noisy(7), noisy(11), noisy(13))
      }, glyphs: glyphs)
    #expect(colors.allSatisfy { $0.red == $0.green && $0.green == $0.blue })
    // As light on average as the gradient.
    let mean = colors.map { Double($0.red) }.reduce(0, +) / Double(colors.count)
    #expect((110...145).contains(mean), "\(mean)")
  }

  /// A dark brown lies between the greys and colours that are far apart: it may not be some of each.
  @Test(arguments: [GlyphSet.half, .sextants])
  func aWeakHueMakesNoSpecks(glyphs: GlyphSet) {
    let colors = drawn(
      { x, y in Color(UInt8(68 + (7 * x + 3 * y) % 5), 50, 40) }, glyphs: glyphs)
    let hued = colors.count { $0.red != $0.green || $0.green != $0.blue }
    #expect(hued * 50 < colors.count, "\(hued) of \(colors.count)")
  }

  @Test(arguments: [GlyphSet.half, .sextants])
  func aColourKeepsItsHueBesideGreys(glyphs: GlyphSet) {
    // A faint red left of a strong one: what it gives up is owed to nobody.
    let colors = drawn({ x, _ in x < 128 ? Color(90, 82, 82) : Color(200, 60, 60) }, glyphs: glyphs)
    let strong = colors.filter { $0.red > $0.green }
    #expect(strong.count >= colors.count / 3)
    #expect(
      strong.allSatisfy { $0.red >= 135 && $0.green <= 95 && $0.blue <= 95 }, "\(Set(strong))")
  }
}
