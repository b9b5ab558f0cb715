import Testing

@testable import Cells

/// Frames around parts of pictures.
@Suite struct OutlineTests {
  /// A frame that ends between the parts of a cell that signs show would be thicker on one side.
  @Test(arguments: 0..<12, [GlyphSet.quadrants, .sextants])
  func aFrameMadeOfSignsIsAsThickOnEitherSide(offset: Int, glyphs: GlyphSet) {
    var cells = CellBuffer(size: Size(width: 16, height: 8))
    cells.capabilities = Capabilities(colors: .trueColor, unicode: true, glyphs: glyphs)
    var picture = PixelPicture(width: 64, height: 96, density: cells.capabilities.density)
    picture.fill { _, _ in Color(200, 0, 0) }
    let white = Color(255, 255, 255)
    picture.outline(
      columns: 5 + offset..<29 + offset, rows: 7 + offset..<50 + offset, color: white)
    cells.draw(picture, x: 0, y: 0)
    // The parts of each cell that are white, by what the drawn sign covers.
    func isWhite(_ x: Int, _ y: Int) -> Bool {
      let cell = cells[x / 4, y / 12]
      let shape = cell.text.unicodeScalars.first.flatMap { GlyphSet.shapeOf[$0] } ?? 0
      let isCovered = shape >> UInt64(y % 12 * GlyphShape.columns + x % 4) & 1 == 1
      return (isCovered ? cell.style.foreground : cell.style.background) == white
    }
    let middle = (x: 17 + offset, y: 28 + offset)
    let down = (0..<96).filter { isWhite(middle.x, $0) }
    let across = (0..<64).filter { isWhite($0, middle.y) }
    for edges in [down, across] {
      let half = edges.count / 2
      guard half > 0, edges.count == 2 * half else {
        Issue.record("\(edges)")
        continue
      }
      #expect(edges.prefix(half).elementsEqual(edges[0]..<edges[0] + half))
      #expect(edges.suffix(half).elementsEqual(edges[half]..<edges[half] + half))
    }
    // It is where it should be, but for half a cell.
    #expect(across.first.map { abs($0 - 5 - offset) <= 1 } == true)
    #expect(down.first.map { abs($0 - 7 - offset) <= 6 } == true)
  }
}
