import Cells
import Testing

@testable import Settings

@Suite struct SettingsTests {
  @Test func whatIsPrintedIsReadBack() throws {
    var settings = Settings()
    #expect(try Settings(parsing: settings.text) == settings)
    settings.color = "256"
    settings.view.colorMap = .magma
    settings.view.curve = .squareRoot
    settings.mouse = false
    settings.preferences.glyphs = .sextants
    settings.preferences.pixels = .off
    settings.preferences.theme = .light
    settings.view.isPlain = true
    settings.weights = "mobilenet-0.5"
    settings.threads = 3
    settings.keys = [
      .character("h"): .left, .control("n"): .down, .function(2): .character("?"),
      .character("#"): .character("s"),
    ]
    #expect(try Settings(parsing: settings.text) == settings)
  }

  @Test(arguments: [
    ("color = auto\nbrightness = 3", "line 2: no setting is called \"brightness\""),
    ("color", "line 1: expected \"name = value\""),
    ("\n\nmouse = maybe", "line 3: \"maybe\": expected yes or no"),
    ("threads = 65", "line 1: threads = 65: expected a number from 1 to 64"),
    (
      "color-map = rainbow",
      "line 1: \"rainbow\": expected one of viridis, magma, grey, diverging"
    ),
    (
      "glyphs = dots",
      "line 1: \"dots\": expected one of auto, half, quadrants, sextants, octants, braille, ascii"
    ),
    (
      "pixels = png", "line 1: \"png\": expected one of auto, off, kitty, sixel, iterm2"
    ),
    (
      "theme = blue", "line 1: \"blue\": expected one of auto, dark, light, contrast"
    ),
    (
      "map hh = Left",
      "line 1: \"hh\" is no key; write a character, Up, PageDown, Ctrl-D or F1"
    ),
    (
      "map q = Left\nmap Ctrl-C = x",
      "line 2: Ctrl-C always quits, so that some key does; map another one"
    ),
  ])
  func whatIsWrongIsNamedWithItsLine(text: String, expected: String) throws {
    let error = #expect(throws: SettingsError.self) { try Settings(parsing: text) }
    #expect(error?.description == expected)
  }

  @Test func theLineThatSetsSomethingIsFound() {
    let text = "weights = a\n# weights = b\n  weights=c # own\nthreads = 2\nno weights = d"
    #expect(Settings.line(setting: "weights", in: text) == 3)
    #expect(Settings.line(setting: "mouse", in: text) == nil)
  }

  @Test func commentsAndSpacesDoNotCount() throws {
    let settings = try Settings(parsing: "# all\n  ascii=yes # plain\n\n")
    #expect(settings.ascii)
  }
}
