import Images
import MobileNet
import Tensors
import Testing

@testable import Cells
@testable import Explorer

/// Statements made by colours where there are few of them, or none.
@Suite struct FewColoursTests {
  private func state(_ id: ScreenID, _ depth: Capabilities.ColorDepth) throws -> ExplorerState {
    var state = try Fixture.state(width: 120, height: 40)
    state.core.view.capabilities.colors = depth
    _ = reduce(&state, .layerSelected(4))
    try Fixture.perform(reduce(&state, .opened(id)), on: &state)
    return state
  }

  /// The text for the terminal.
  private func shown(_ state: ExplorerState) -> CellBuffer {
    render(state).cells.downgraded(to: state.core.view.capabilities)
  }

  @Test func withoutColoursSignsSayWhichPlacesSpokeForAClass() throws {
    let state = try state(.evidence, .none)
    let split = try #require(state.split)
    let cells = shown(state)
    // The photo's pane, without its frame.
    let photo = (3..<37).flatMap { y in (1..<65).map { cells[$0, y] } }
    let most = try #require(split.places.values.max())
    let least = try #require(split.places.values.min())
    // Nine places fill the photo, so that each sign that is due fills many cells.
    func count(_ sign: String) -> Int { photo.count { $0.text == sign && !$0.style.reverse } }
    #expect(most >= -least && count("#") >= 50)
    #expect((count("=") >= 50) == (least <= -0.6 * most))
    #expect(cells.text.contains("+ and #: for it, - and =: against"))
    // Of the photo only dots are left, which no sign can be taken for.
    #expect(count("*") + count("%") + count("@") == 0)
  }

  /// In a small picture of a map with a peak a pixel shows a mean that is far below the peak.
  @Test(arguments: [6, 12, 40])
  func aMapWithAPeakReachesTheFullTintAtAnySize(side: Int) {
    var values = [Float](repeating: 0, count: 56 * 56)
    (values[56 * 20 + 31], values[56 * 21 + 31], values[56 * 40 + 8]) = (9, 7, -3)
    let grey = [UInt8](repeating: 128, count: 3 * 56 * 56)
    var view = ViewSettings()
    view.capabilities = Capabilities(colors: .trueColor, unicode: true)
    var cells = CellBuffer(size: Size(width: 2 * side, height: side + 1))
    cells.capabilities = view.capabilities
    OverlayView(
      pixels: Pixels(width: 56, height: 56, bytes: grey),
      plane: Plane(height: 56, width: 56, values: values), tints: .shown(view)
    ).draw(in: Rect(cells.size), meaning: "for it", of: &cells)
    let colors = (0..<2 * side * side).flatMap { place in
      let style = cells[place % (2 * side), place / (2 * side)].style
      return [style.foreground, style.background].compactMap(\.self)
    }
    let strongest = OverlayView.tinted(128, by: 1, view.capabilities)
    #expect(colors.contains(strongest))
    // What is below zero is cool, and less so.
    #expect(colors.contains { $0.blue > $0.red })
    #expect(!colors.contains(OverlayView.tinted(128, by: -1, view.capabilities)))
  }

  @Test func theBarOfTintsSaysWhatItSpans() throws {
    var state = try state(.evidence, .trueColor)
    #expect(render(state).cells.text.contains("cool: against, 1–99%"))
    state.core.size = Size(width: 80, height: 24)
    #expect(!render(state).cells.text.contains("against, 1–99%"))
  }

  /// A tint is red or blue, more or less grey, and nothing between other hues.
  @Test func amongFewColoursATintKeepsItsHue() {
    let side = 16
    let grey = (0..<side * side).flatMap { place in [UInt8](repeating: UInt8(place), count: 3) }
    let plane = Plane(
      height: side, width: side, values: (0..<side * side).map { Float($0 % side) / 7.5 - 1 })
    var view = ViewSettings()
    view.capabilities = Capabilities(colors: .palette256, unicode: true, glyphs: .sextants)
    var cells = CellBuffer(size: Size(width: 32, height: 16))
    cells.capabilities = view.capabilities
    OverlayView(
      pixels: Pixels(width: side, height: side, bytes: grey), plane: plane,
      tints: .scale(HeatScale(view, reach: 1))
    ).draw(in: Rect(cells.size), of: &cells)
    for y in 0..<16 {
      for x in 0..<32 {
        let style = cells[x, y].style
        for color in [style.foreground, style.background].compactMap(\.self) {
          #expect(color.green <= color.blue, "\(color) at \(x), \(y)")
          if x < 12 { #expect(color.red <= color.blue) }
          if x >= 20 { #expect(color.red >= color.blue) }
        }
      }
    }
    #expect((0..<16).allSatisfy { cells[1, $0].style.foreground.map { $0.blue > $0.red } == true })
  }

  /// With sixteen colours, colour says which sign a value has and ink how large it is.
  @Test func amongSixteenColoursATintSaysHowLargeAValueIs() {
    let amounts: [Float] = [-1, -0.5, -0.1, 0.1, 0.5, 1]
    var view = ViewSettings()
    view.capabilities = Capabilities(colors: .ansi16, unicode: true)
    var cells = CellBuffer(size: Size(width: 12, height: 6))
    cells.capabilities = view.capabilities
    OverlayView(
      pixels: Pixels(width: 6, height: 6, bytes: [UInt8](repeating: 200, count: 108)),
      plane: Plane(height: 6, width: 6, values: (0..<36).map { amounts[$0 % 6] }),
      tints: .scale(HeatScale(view, reach: 1))
    ).draw(in: Rect(cells.size), of: &cells)
    let shown = cells.downgraded(to: view.capabilities)
    let row = (0..<6).map { shown[2 * $0, 2] }
    #expect(row.map { $0.style.foreground?.ansi16 }.prefix(2) == [14, 14])
    #expect(row.map { $0.style.foreground?.ansi16 }.suffix(2) == [9, 9])
    #expect(row[0].text == row[5].text && row[1].text == row[4].text && row[0].text != row[1].text)
    // Where there is hardly anything, the photo is left in dots, with no hue.
    #expect(row[2].text == row[3].text && ![row[0].text, row[1].text].contains(row[2].text))
    #expect(row[2].style.foreground?.ansi16 == row[3].style.foreground?.ansi16)
  }

  /// Of a frame in ink each cell is a block of one colour, whatever the picture below it.
  @Test(arguments: [Capabilities.ColorDepth.ansi16, .none])
  func aFrameInInkHasNoHoles(depth: Capabilities.ColorDepth) {
    var cells = CellBuffer(size: Size(width: 12, height: 6))
    cells.capabilities.colors = depth
    var picture = PixelPicture(width: 12, height: 12)
    picture.fill { x, y in Color(UInt8(20 * x), UInt8(20 * y), 90) }
    picture.outline(columns: 1..<9, rows: 1..<9, color: Theme.cursor)
    cells.draw(picture, x: 0, y: 0)
    let shown = cells.downgraded(to: cells.capabilities)
    for (x, y) in [(1, 0), (4, 0), (8, 0), (1, 2), (8, 3), (1, 4), (5, 4), (8, 4)] {
      let cell = shown[x, y]
      #expect(cell.text == " " && cell.style.reverse, "\(x), \(y)")
      #expect(cell.style.foreground?.ansi16 == (depth == .none ? nil : 9))
    }
    #expect(!shown[4, 2].style.reverse && !shown[10, 2].style.reverse)
  }

  @Test func signsAreByHowFarAValueGoes() {
    let signs = [-1, -0.6, -0.59, -0.2, -0.1, 0, 0.1, 0.2, 0.59, 0.6, 1].map {
      OverlayView.sign(of: $0).map { String(Character($0)) } ?? "."
    }
    #expect(signs.joined() == "==--...++##")
  }

  @Test(arguments: [Capabilities.ColorDepth.ansi16, .none])
  func weightsKeepTheirSignAndTheirSize(depth: Capabilities.ColorDepth) {
    var cells = CellBuffer(size: Size(width: 24, height: 9))
    cells.capabilities.colors = depth
    KernelPicture(weights: [1, -1, 0, 0.5, -0.5, 0, 0, 0, 0], reach: 1)
      .draw(x: 0, y: 0, of: &cells)
    let shown = cells.downgraded(to: cells.capabilities)
    let fields = [(0, 0), (8, 0), (16, 0), (0, 3), (8, 3)].map { shown[$0.0, $0.1] }
    // As much ink for either sign, less for half of it, none for nothing.
    #expect(fields[0].text == fields[1].text && fields[3].text == fields[4].text)
    #expect(Set([fields[0], fields[2], fields[3]].map(\.text)).count == 3)
    #expect(fields[2].text == " ")
    // A number has a line of its own.
    for (x, y, text) in [(0, 1, "1.00"), (8, 1, "-1.00"), (8, 4, "-0.5000")] {
      #expect(shown.lines[y].dropFirst(x).prefix(8).split(separator: " ") == [text[...]])
    }
    let colors = fields.map(\.style.foreground?.ansi16)
    #expect(colors[0] == colors[3] && colors[1] == colors[4])
    #expect((colors[0] != colors[1]) == (depth == .ansi16))
  }

  @Test func whatIsRoundedToZeroHasTheColourOfNoSign() {
    #expect(Theme.sign(of: "-0.01") == Theme.below && Theme.sign(of: "-.02") == Theme.below)
    #expect(Theme.sign(of: "0.00") == Theme.plain && Theme.sign(of: "-0.00") == Theme.plain)
    #expect(Theme.sign(of: "+0.0096") == Theme.above && Theme.sign(of: "+9.9e-4") == Theme.above)
  }

  @Test(arguments: [34, 50, 78, 200]) func aLegendIsWholeInAnyWidth(width: Int) {
    let legend = RooflinePlot.legend
    var cells = CellBuffer(size: Size(width: width, height: 10))
    legend.draw(in: Rect(x: 0, y: 0, width: width, height: 10), of: &cells)
    for words in [
      "c convolution", "d depthwise", "p pointwise", "f fully connected",
      "CAPITAL: bytes hold it back", "small: arithmetic",
    ] { #expect(cells.lines.contains { $0.contains(words) }, "\(words) in \(width)") }
    let used = cells.lines.lastIndex { $0.contains { $0 != " " } }
    #expect(legend.rows(width: width) == (used ?? 0) + 1)
  }
}
