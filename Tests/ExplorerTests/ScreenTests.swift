import Cells
import Testing

@testable import Explorer

@Suite struct ScreenTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]

  @Test(arguments: sizes)
  func home(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(6))
    try expectScreen(state, "home-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes)
  func zoom(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .layerSelected(10))
    _ = reduce(&state, .opened(.zoom))
    _ = reduce(&state, .zoom(.pointed(x: 3, y: 2)))
    try expectScreen(state, "zoom-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes)
  func input(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .opened(.input))
    try expectScreen(state, "input-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes)
  func help(size: Size) throws {
    var state = try Fixture.state(width: size.width, height: size.height)
    _ = reduce(&state, .opened(.help))
    try expectScreen(state, "help-\(size.width)x\(size.height)")
  }

  @Test func beforeTheFirstAnswer() throws {
    let fixture = try Fixture.shared()
    var state = ExplorerState(
      size: Size(width: 80, height: 24), model: fixture.model, photo: fixture.photo)
    _ = reduce(&state, .layerFinished(position: 0, milliseconds: 0.5))
    try expectScreen(state, "computing-80x24")
  }

  @Test func aTerminalThatIsTooSmallSaysSo() throws {
    try expectScreen(Fixture.state(width: 40, height: 12), "small-40x12")
  }

  @Test func everySizeCanBeDrawn() throws {
    for screen in Screen.ID.allCases {
      for width in stride(from: 0, through: 200, by: 13) {
        for height in stride(from: 0, through: 70, by: 7) {
          var state = try Fixture.state(width: width, height: height)
          _ = reduce(&state, .opened(screen))
          for layer in [0, 12, 27, 29] {
            _ = reduce(&state, .layerSelected(layer))
            #expect(render(state).cells.size == state.size)
          }
        }
      }
    }
  }
}
