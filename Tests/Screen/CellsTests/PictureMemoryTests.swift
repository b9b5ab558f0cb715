import Testing

@testable import Cells

/// Pictures that are drawn once more.
@Suite struct PictureMemoryTests {
  private static let capabilities = GlyphSet.allCases.flatMap { glyphs in
    [Capabilities.ColorDepth.trueColor, .palette256, .ansi16, .none].map {
      Capabilities(colors: $0, unicode: true, glyphs: glyphs)
    }
  }

  /// The cells of a picture, drawn with the help of `memory` if there is one.
  private static func drawn(
    _ picture: PixelPicture, for capabilities: Capabilities, _ memory: PictureMemory?
  ) -> [[Cell]] {
    var cells = CellBuffer(size: Size(width: 12, height: 6))
    cells.capabilities = capabilities
    cells.memory = memory
    cells.draw(picture, x: 2, y: 1)
    return (0..<cells.height).map { y in (0..<cells.width).map { cells[$0, y] } }
  }

  /// A picture of 8 × 4 cells of noise.
  private static func picture(
    _ density: Size, _ rendering: PixelPicture.Rendering, seed: UInt64
  ) -> PixelPicture {
    var picture = PixelPicture(
      width: 8 * density.width, height: 4 * density.height, density: density)
    picture.rendering = rendering
    var state = seed
    picture.fill { _, _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Color(
        UInt8(truncatingIfNeeded: state >> 40), UInt8(truncatingIfNeeded: state >> 48), 90)
    }
    return picture
  }

  @Test(arguments: capabilities)
  func aPictureLooksTheSameAfterAnother(capabilities: Capabilities) {
    for rendering in [PixelPicture.Rendering.nearest, .dithered] {
      let first = Self.picture(capabilities.density, rendering, seed: 1)
      var pixel = first
      pixel[5, 3] = Color(255, 255, 255)
      var hole = first
      hole[0, 0] = nil
      var outline = first
      outline.outline(columns: 3..<9, rows: 2..<7, color: Color(255, 0, 0))
      // Of an outline in the colour that was there, only the weight is another.
      var weight = first
      weight.outline(columns: 4..<5, rows: 4..<5, color: first[4, 4] ?? Color(0, 0, 0))
      let other = Self.picture(capabilities.density, rendering, seed: 2)
      let memory = PictureMemory()
      for next in [first, pixel, first, hole, outline, weight, other, other, first] {
        #expect(
          Self.drawn(next, for: capabilities, memory) == Self.drawn(next, for: capabilities, nil))
      }
    }
  }

  @Test func aPictureIsMadeOnceOfTheSame() {
    var cells = CellBuffer(size: Size(width: 12, height: 6))
    cells.memory = PictureMemory()
    var made = 0
    func picture(of key: some Equatable & Sendable, x: Int = 0) -> PixelPicture {
      cells.picture(x: x, y: 0, of: key) {
        made += 1
        return PixelPicture([Color(UInt8(made), 0, 0)], width: 1, density: GlyphSet.half.density)
      }
    }
    let first = picture(of: 1)
    #expect(picture(of: 1) == first && made == 1)
    // Of another number, at another place, or of something else, it is another picture.
    #expect(picture(of: 2) != first && made == 2)
    #expect(picture(of: 2, x: 1) != first && made == 3)
    #expect(picture(of: "2") != first && made == 4)
  }

  @Test func twoPicturesAtOnePlaceAreKept() {
    var cells = CellBuffer(size: Size(width: 12, height: 6))
    cells.memory = PictureMemory()
    var made: [Int] = []
    func show(_ key: Int) {
      _ = cells.picture(x: 0, y: 0, of: key) {
        made.append(key)
        return PixelPicture([Color(1, 0, 0)], width: 1, density: GlyphSet.half.density)
      }
    }
    // Back and forth between two screens; a third one takes the place of the older.
    for key in [1, 2, 1, 2, 3, 2, 3, 1] { show(key) }
    #expect(made == [1, 2, 3, 1])
  }

  @Test func moreThanThreeLargeTerminalsAreNotKept() throws {
    let capabilities = Capabilities(colors: .trueColor, unicode: true, glyphs: .sextants)
    let picture = Self.picture(capabilities.density, .nearest, seed: 5)
    let memory = PictureMemory()
    let cells = [Cell](repeating: Cell(), count: 15_000)
    for x in 0..<3 {
      memory.keep(
        PictureMemory.Drawn(picture: picture, capabilities: capabilities, cells: cells),
        at: CellPoint(x: x, y: 0))
    }
    let kept = (0..<3).map {
      memory.drawn(picture, at: CellPoint(x: $0, y: 0), for: capabilities) != nil
    }
    #expect(kept == [false, false, true])
  }

  @Test func aPictureOfColoursFillsWholeCells() {
    let red = Color(255, 0, 0)
    let picture = PixelPicture(
      [red, nil, red], width: 3, density: Size(width: 2, height: 2))
    #expect(picture.size == Size(width: 2, height: 1))
    #expect([picture[0, 0], picture[1, 0], picture[2, 0]] == [red, nil, red])
    #expect(picture[3, 0] == nil && picture[0, 1] == nil)
  }

  @Test func aPictureForAnotherTerminalIsDrawnAnew() {
    let picture = Self.picture(Size(width: 4, height: 12), .dithered, seed: 3)
    let memory = PictureMemory()
    for glyphs in [GlyphSet.quadrants, .octants, .sextants] {
      for colors in [Capabilities.ColorDepth.trueColor, .palette256] {
        let capabilities = Capabilities(colors: colors, unicode: true, glyphs: glyphs)
        #expect(
          Self.drawn(picture, for: capabilities, memory)
            == Self.drawn(picture, for: capabilities, nil))
      }
    }
  }

  @Test func cellsThatDidNotChangeAreNotFittedAgain() throws {
    let capabilities = Capabilities(colors: .trueColor, unicode: true, glyphs: .sextants)
    let picture = Self.picture(capabilities.density, .nearest, seed: 4)
    let memory = PictureMemory()
    let place = CellPoint(x: 2, y: 1)
    _ = Self.drawn(picture, for: capabilities, memory)
    let drawn = try #require(memory.drawn(picture, at: place, for: capabilities)).last
    // What is remembered is marked, to be told from what is fitted.
    let mark = Cell("M")
    let marked = PictureMemory.Drawn(
      picture: drawn.picture, capabilities: capabilities, cells: drawn.cells.map { _ in mark })
    memory.keep(marked, at: place)
    var next = picture
    next[0, 0] = Color(1, 2, 3)
    let cells = Self.drawn(next, for: capabilities, memory)
    let kept = cells.joined().count { $0 == mark }
    #expect(kept == 8 * 4 - 1)
    #expect(cells[1][2] != mark)
  }
}
