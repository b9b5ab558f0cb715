import Testing

@testable import Cells
@testable import Explorer

/// The contrast of text, on every screen and every ground.
@Suite struct ThemeTests {
  static let schemes: [Scheme] = [
    .dark, .light, .contrast, Scheme(background: Color(0, 0x2B, 0x36)),
    Scheme(background: Color(0xFD, 0xF6, 0xE3)),
  ]

  /// Signs that are parts of pictures, bars and frames, and no text.
  private static let graphics = Set("▀▄█▏▎▍▌▋▊▉▐▁▂▃▅▆▇▘▝▖▗▚│─┌┐└┘╭╮╰╯━┃┏┓┗┛")

  /// In 256 colours a tone keeps its hue, whatever contrast is asked for.
  @Test(arguments: schemes)
  func tonesAreNoGreys(scheme: Scheme) throws {
    for tone in Tone.allCases where tone != .quiet {
      for seen in [scheme, scheme.fromFar] {
        let color = try #require(seen.color(of: tone, .palette256))
        let parts = [color.red, color.green, color.blue]
        #expect(Set(parts).count > 1, "\(tone): \(color)")
        // What is blue is no violet, what is red neither orange nor magenta.
        let blue = [Tone.key, .bar, .negative].contains(tone)
        #expect(!blue || color.blue > color.green && color.green >= color.red, "\(tone): \(color)")
        let (red, green, others) = (Int(color.red), Int(color.green), Int(color.blue))
        #expect(tone != .positive || red > green && abs(green - others) <= (red - green) / 2)
      }
    }
  }

  @Test(arguments: schemes, [Capabilities.ColorDepth.ansi16, .palette256, .trueColor])
  func textCanBeRead(scheme: Scheme, depth: Capabilities.ColorDepth) throws {
    for id in ScreenID.allCases {
      let isFar = id == .lesson || id == .quiz
      for size in [Size(width: 80, height: 24), Size(width: 160, height: 50)] {
        var state = try Fixture.state(width: size.width, height: size.height)
        state.core.view.capabilities.colors = depth
        state.core.view.capabilities.scheme = scheme
        _ = reduce(&state, .layerSelected(6))
        _ = reduce(&state, .opened(id))
        let cells = render(state).cells
        let shown = cells.downgraded(to: state.core.view.capabilities)
        for y in 0..<size.height {
          for x in 0..<size.width {
            let cell = shown[x, y]
            guard let sign = cell.text.first, sign != " ", !Self.graphics.contains(sign),
              !cells[x, y].isPicture, let color = cell.style.foreground
            else { continue }
            func seen(_ color: Color) -> Color {
              depth == .ansi16 ? Color.palette256(color.ansi16) : color
            }
            let ground = cell.style.background.map(seen) ?? scheme.background
            let tone = cells[x, y].style.tone
            // A class reads lessons and quizzes from the other end of the room.
            let least = tone == .question || isFar && tone != nil ? 7 : 4.5
            #expect(
              seen(color).contrast(to: ground) >= least - 0.01,
              "\(sign) at \(x), \(y) of \(id), \(size): \(color) on \(ground)")
          }
        }
      }
    }
  }
}
