import Cells
import MobileNet
import Testing

@testable import Explorer

/// Large terminals are filled.
@Suite struct RoomTests {
  /// Screens that may leave more empty, and why.
  private static let reasons: [ScreenID: (share: Double, reason: String)] = [
    .find: (1, "lies over the layers"), .save: (1, "lies over the layers"),
    .leave: (1, "lies over the layers"),
    .beside: (1, "shows nothing before something was chosen"),
    .open: (1, "lists files, and here are none"), .weights: (1, "lists weights, and here are none"),
    .results: (1, "lists what a folder holds, and here is none"),
    .teach: (0.5, "here are ten classes to take the place of"), .atlas: (1, "here is no atlas"),
    .quiz: (0.5, "asks one question"),
    .lesson: (1, "shows one value and how it was made"),
    .help: (0.45, "sentences end before their column does"),
    .precision: (0.7, "small layers have small maps"), .roofline: (0.87, "a plot is a few points"),
    .compare: (0.55, "here are nine networks, and a plot is a few points"),
    .ablation: (0.6, "here are ten classes"), .home: (0.42, "here are ten classes"),
    .adversarial: (0.75, "here are ten classes, and the curve ends early"),
    .flow: (0.77, "the last layers are channels alone"),
    .evidence: (0.45, "here are ten classes"), .kernels: (0.5, "here are eight kernels"),
  ]

  /// The share of cells that are spaces on the terminal's own ground.
  static func emptyShare(_ cells: CellBuffer) -> Double {
    var count = 0
    for y in 0..<cells.height {
      for x in 0..<cells.width {
        let cell = cells[x, y]
        if cell.text == " ", cell.style.background == nil, !cell.style.reverse { count += 1 }
      }
    }
    return Double(count) / Double(max(1, cells.width * cells.height))
  }

  @Test(arguments: [Size(width: 160, height: 50), Size(width: 200, height: 60)])
  func noScreenLeavesMuchEmptyWithoutReason(size: Size) throws {
    for id in ScreenID.allCases {
      for layer in [0, 1, 10] {
        var state = try Fixture.state(width: size.width, height: size.height)
        _ = reduce(&state, .layerSelected(layer))
        if id == .ablation {
          let off = Patch(layer: layer, part: .channels([1]))
          try Fixture.perform(reduce(&state, .patched(off)), on: &state)
        } else {
          try Fixture.perform(reduce(&state, .opened(id)), on: &state)
        }
        let share = Self.emptyShare(render(state).cells)
        #expect(
          share <= Self.reasons[id]?.share ?? 0.4, "\(id) at \(state.layer.name), \(size): \(share)"
        )
      }
    }
  }
}
