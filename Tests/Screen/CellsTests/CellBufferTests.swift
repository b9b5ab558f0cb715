import Testing

@testable import Cells

@Suite struct CellBufferTests {
  @Test func textIsCutOffAtTheEdgeWithAnEllipsis() {
    var cells = CellBuffer(size: Size(width: 6, height: 1))
    #expect(cells.write("explorer", x: 0, y: 0) == 6)
    #expect(cells.text == "explo…")
    cells.write("ab", x: -1, y: 0)
    #expect(cells.text == "bxplo…")
    #expect(cells.write("x", x: 0, y: 7) == 0)
  }

  @Test func wideCharactersTakeTwoColumns() {
    var cells = CellBuffer(size: Size(width: 8, height: 1))
    #expect(cells.write("猫cat", x: 0, y: 0) == 5)
    #expect(cells[1, 0].text == "")
    #expect(cells.text == "猫cat")
    #expect(cells.write("e\u{301}\u{7}!", x: 0, y: 0) == 3)
    #expect(cells[0, 0].text == "e\u{301}")
    #expect(cells[1, 0].text == " ")
  }

  @Test func halfAWideCharacterNeverStays() {
    var cells = CellBuffer(size: Size(width: 6, height: 1))
    cells.write("ab猫猫猫", x: 0, y: 0)
    #expect(cells.text == "ab猫 …" && cells[4, 0].text == " ")
    cells.write("x", x: 3, y: 0)
    #expect(cells.text == "ab x …")
    cells.write("猫猫", x: 0, y: 0)
    cells.write("y", x: 2, y: 0)
    #expect(cells.text == "猫y  …")
    cells.write("猫", x: 1, y: 0)
    #expect(cells.text == " 猫  …")
  }

  @Test func barsAreDrawnToAnEighth() {
    var cells = CellBuffer(size: Size(width: 4, height: 3))
    let style = Style()
    cells.bar(0.5, in: Rect(x: 0, y: 0, width: 4, height: 1), style: style)
    cells.bar(0.28125, in: Rect(x: 0, y: 1, width: 4, height: 1), style: style)
    cells.bar(2, in: Rect(x: 0, y: 2, width: 4, height: 1), style: style)
    #expect(cells.lines == ["██", "█▏", "████"])
  }

  @Test func twoPixelsShareACell() {
    let (red, blue) = (Color(255, 0, 0), Color(0, 0, 255))
    var picture = PixelPicture(width: 2, height: 3)
    picture[0, 0] = red
    picture[0, 1] = blue
    picture[1, 3] = red
    var cells = CellBuffer(size: Size(width: 2, height: 2))
    cells.draw(picture, x: 0, y: 0)
    #expect(cells[0, 0] == Cell("▀", Style(foreground: red, background: blue)))
    #expect(cells[1, 0] == Cell())
    #expect(cells[1, 1] == Cell("▄", Style(foreground: red)))
  }

  @Test func theSideOfABarIsItsSign() {
    let lines = [-1, -0.3, 0, 0.5, 0.8].map { share in
      var cells = CellBuffer(size: Size(width: 12, height: 1))
      cells.signedBar(
        share, in: Rect(x: 1, y: 0, width: 11, height: 1), below: Style(), above: Style())
      return cells.lines[0]
    }
    #expect(lines == [" █████│", "    ▐█│", "      │", "      │██▌", "      │████"])
  }

  @Test func withoutColoursAnOutlineIsReversed() {
    var picture = PixelPicture(width: 4, height: 8)
    for y in 0..<8 {
      for x in 0..<4 { picture[x, y] = Color(200, 200, 200) }
    }
    picture.outline(columns: 1..<3, rows: 2..<4, color: Color(255, 0, 0))
    var cells = CellBuffer(size: Size(width: 4, height: 4))
    cells.draw(picture, x: 0, y: 0)
    let plain = cells.downgraded(to: Capabilities(colors: .none, unicode: true))
    for y in 0..<4 {
      for x in 0..<4 { #expect(plain[x, y].style.reverse == (y == 1 && 1..<3 ~= x)) }
    }
  }

  @Test func withoutColoursPicturesBecomeInk() {
    var picture = PixelPicture(width: 2, height: 2)
    for place in 0..<2 {
      picture[0, place] = Color(255, 255, 255)
      picture[1, place] = Color(0, 0, 0)
    }
    var cells = CellBuffer(size: Size(width: 6, height: 1))
    cells.draw(picture, x: 0, y: 0)
    cells.write("→ 3×3", x: 2, y: 0, style: Style(foreground: Color(9, 9, 9), bold: true))
    let plain = cells.downgraded(to: Capabilities(colors: .none, unicode: false))
    #expect(plain.text == "@ > 3~")
    #expect(plain[2, 0].style == Style(bold: true))
  }

  @Test func withFewColoursInkSaysHowLightAndColourSaysWhich() {
    var picture = PixelPicture(width: 3, height: 2)
    for (x, color) in [Color(0, 0, 60), Color(120, 0, 0), Color(250, 230, 40)].enumerated() {
      for y in 0..<2 { picture[x, y] = color }
    }
    var cells = CellBuffer(size: Size(width: 5, height: 1))
    cells.draw(picture, x: 0, y: 0)
    // Nearly black on the terminal's black, and black on yellow.
    cells.write("a", x: 3, y: 0, style: Style(foreground: Color(20, 0, 30)))
    cells.write(
      "b", x: 4, y: 0, style: Style(foreground: Color(0, 0, 0), background: Color(255, 255, 0)))
    let plain = cells.downgraded(to: Capabilities(colors: .ansi16, unicode: true))
    #expect(plain.text == " .%ab")
    let colors = (0..<5).map { plain[$0, 0].style.foreground?.ansi(count: 8) }
    #expect(colors == [4, 1, 3, 5, 0])
    #expect(cells.downgraded(to: Capabilities(colors: .palette256, unicode: true)) == cells)
  }

  @Test func onALightGroundInkIsAsWarmAsThePhotoAndAsDark() {
    var picture = PixelPicture(width: 4, height: 2)
    picture.rendering = .dithered
    let photo = [Color(200, 90, 80), Color(80, 90, 200), Color(40, 40, 40), Color(220, 220, 220)]
    picture.fill { x, _ in photo[x] }
    var cells = CellBuffer(size: Size(width: 4, height: 1))
    cells.capabilities = Capabilities(colors: .ansi16, unicode: true)
    cells.capabilities.scheme = .light
    cells.draw(picture, x: 0, y: 0)
    let shown = cells.downgraded(to: cells.capabilities)
    let colors = (0..<4).map { shown[$0, 0].style.foreground }
    #expect(colors == [Color(205, 0, 0), Color(0, 0, 238), nil, nil])
    let ink = (0..<4).compactMap { AsciiRamp.characters.firstIndex(of: shown[$0, 0].glyph.scalar) }
    #expect(ink[2] > ink[0] && ink[0] > ink[3])
  }

  @Test func onADarkGroundATintIsTold() {
    // A grey photo with three quarters and a quarter of red and of blue over it.
    let colors = [
      Color(215, 88, 75), Color(157, 115, 111), Color(78, 126, 216), Color(111, 127, 157),
      Color(128, 128, 128), Color(128, 124, 120),
    ]
    var picture = PixelPicture(width: colors.count, height: 2)
    picture.fill { x, _ in colors[x] }
    var cells = CellBuffer(size: Size(width: colors.count, height: 1))
    cells.capabilities = Capabilities(colors: .ansi16, unicode: true)
    cells.draw(picture, x: 0, y: 0)
    let shown = cells.downgraded(to: cells.capabilities)
    let hues = colors.indices.map { shown[$0, 0].style.foreground?.ansi(count: 8) }
    #expect(hues == [1, 1, 4, 4, 7, 7])
  }

  @Test func theEndOfAColumnIsNoPicture() {
    for (scheme, least) in [(Scheme.dark, 3.0), (.light, 3)] {
      var capabilities = Capabilities(colors: .ansi16, unicode: true)
      capabilities.scheme = scheme
      // The colours of a map's scale.
      for step in 0...10 {
        var cells = CellBuffer(size: Size(width: 1, height: 1))
        let color = ColorMap.viridis.color(at: Double(step) / 10, .trueColor)
        cells[0, 0] = Cell("▄", Style(foreground: color))
        let shown = cells.downgraded(to: capabilities)[0, 0]
        #expect(shown.text == "▄")
        let contrast = shown.style.foreground?.contrast(to: scheme.background) ?? 21
        #expect(contrast >= least, "\(step) on \(scheme.background)")
      }
    }
  }

  @Test func escapeSequencesFollowTheDepth() {
    var cells = CellBuffer(size: Size(width: 3, height: 1))
    cells.write("a", x: 0, y: 0, style: Style(foreground: Color(255, 0, 0), bold: true))
    func ansi(_ depth: Capabilities.ColorDepth) -> String {
      cells.ansi(Capabilities(colors: depth, unicode: true))
    }
    #expect(ansi(.trueColor) == "\u{1B}[0;1;38;2;255;0;0ma\u{1B}[0m")
    #expect(ansi(.palette256) == "\u{1B}[0;1;38;5;196ma\u{1B}[0m")
    #expect(ansi(.ansi16) == "\u{1B}[0;1;91ma\u{1B}[0m")
    #expect(ansi(.none) == "\u{1B}[0;1ma\u{1B}[0m")
  }

  /// Two bars in one row can be told apart without colours.
  @Test func twoBarsStandAboveEachOther() {
    func line(_ before: Double, _ after: Double) -> String? {
      var cells = CellBuffer(size: Size(width: 10, height: 1))
      cells.bars(
        before: before, after: after, in: Rect(x: 0, y: 0, width: 10, height: 1), lost: Style(),
        kept: Style(), gained: Style())
      return cells.lines.first
    }
    #expect(line(0.6, 0.2) == "██▀▀▀▀")
    #expect(line(0.2, 0.6) == "██▄▄▄▄")
    #expect(line(0.3, 0.3) == "███")
    #expect(line(.nan, 2) == "▄▄▄▄▄▄▄▄▄▄")
  }
}
