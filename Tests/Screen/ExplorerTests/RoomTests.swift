import Cells
import Live
import MobileNet
import Testing

@testable import Explorer

/// Large terminals are filled.
@Suite struct RoomTests {
  /// Screens that may leave more empty, and why.
  private static let reasons: [ScreenID: (share: Double, reason: String)] = [
    .find: (0.45, "its box hides part of the layers"),
    .teach: (0.51, "here are ten classes to take the place of"),
    .quiz: (0.5, "asks one question"),
    .lesson: (0.62, "the parts of the sum come one by one"),
    .help: (0.52, "sentences end before their column does"),
    .precision: (0.7, "small layers have small maps"),
    .roofline: (0.58, "a plot is a few points"),
    .compare: (0.49, "here are nine networks, and a plot is a few points"),
    .ablation: (0.58, "here are ten classes"),
    .home: (0.42, "here are ten classes"),
    .weights: (0.53, "here are eight kernels, and classes without names"),
    .adversarial: (0.75, "here are ten classes, and the curve ends early"),
    .flow: (0.55, "here are ten classes, and the last layers are channels alone"),
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

  /// A list that does not fit says how much is above and below.
  @Test(arguments: [ScreenID.home, .roofline, .precision, .ablation])
  func aListThatEndsEarlySaysSo(id: ScreenID) throws {
    for layer in [0, 15, 29] {
      var state = try Fixture.state(width: 80, height: 24)
      if id == .ablation {
        let off = Patch(layer: 3, part: .channels([1]))
        _ = reduce(&state, .patched(off))
      } else if id != .home {
        let effects = reduce(&state, .opened(id))
        if id == .roofline { try Fixture.perform(effects, on: &state) }
      }
      _ = reduce(&state, .layerSelected(layer))
      let lines = render(state).cells.lines
      let parts = lines.flatMap { $0.matches(of: /(?:… |, )(\d+) (above|below)/) }
      let numbers = parts.compactMap { Int($0.output.1) }
      let names = lines.count { line in
        state.layers.contains { line.contains("\($0.index) \($0.name) ") }
      }
      #expect(!numbers.isEmpty, "\(id) at \(layer)")
      #expect(numbers.reduce(0, +) + names == state.layers.count, "\(id) at \(layer): \(numbers)")
    }
  }

  /// In a terminal of any size, on every tab and in every list: nothing is framed that is not there.
  @Test(arguments: [
    Size(width: 120, height: 39), Size(width: 120, height: 60), Size(width: 160, height: 45),
    Size(width: 160, height: 50), Size(width: 200, height: 40), Size(width: 200, height: 60),
  ])
  func noTitledPaneIsWithoutContents(size: Size) throws {
    let fixture = try FurnishedFixture.shared()
    func check(_ state: ExplorerState, _ what: String) {
      for pane in Self.panes(in: render(state).cells) {
        #expect(!pane.isEmpty, "\(what) at \(size.width)×\(size.height): \(pane.title)")
      }
    }
    var state = try fixture.state(width: size.width, height: size.height)
    func take(_ intent: Intent) throws { try fixture.perform(reduce(&state, intent), on: &state) }
    try take(.opened(.results))
    for list in ResultsScreen.List.allCases {
      try take(.results(.listSelected(list)))
      check(state, list.rawValue)
      for line in 0..<3 where list != .unreadable {
        try take(.results(.moved(by: line == 0 ? 0 : 1)))
        check(state, "\(list.rawValue), line \(line)")
        guard list != .wrong else { continue }
        try take(.results(.chosen))
        check(state, "\(list.rawValue), images of line \(line)")
        try take(.results(.moved(by: 1)))
        check(state, "\(list.rawValue), second image of line \(line)")
        try take(.results(.groupLeft))
      }
    }
    try take(.opened(.compare))
    for tab in CompareScreen.Tab.allCases {
      try take(.compare(.tabSelected(tab)))
      check(state, tab.rawValue)
    }
    for layer in [0, 10, 29] {
      try take(.layerSelected(layer))
      for id in [ScreenID.atlas, .weights] {
        try take(.opened(id))
        check(state, "\(id) at \(layer)")
        try take(.wentBack)
      }
    }
    for line in 0..<3 {
      try take(.open(.began(.image)))
      try take(.open(.moved(by: line)))
      check(state, "open at \(line)")
      try take(.wentBack)
    }
  }

  /// A frame on the screen.
  struct FramedPane {
    let title: String
    let isEmpty: Bool
  }

  /// Returns the frames that have a title, found by their corners.
  static func panes(in cells: CellBuffer) -> [FramedPane] {
    var panes: [FramedPane] = []
    for y in 0..<cells.height {
      for x in 0..<cells.width where ["╭", "┏"].contains(cells[x, y].text) {
        guard
          let end = (x + 1..<cells.width).first(where: { ["╮", "┓"].contains(cells[$0, y].text) }),
          let bottom = (y + 1..<cells.height).first(where: {
            ["╰", "┗"].contains(cells[x, $0].text)
          })
        else { continue }
        let top = (x + 1..<end).map { cells[$0, y].text }.joined()
        let title = top.filter { !"─━".contains($0) }.trimmingPrefix { $0 == " " }
        guard !title.isEmpty else { continue }
        let inside = (y + 1..<bottom).flatMap { row in (x + 1..<end).map { cells[$0, row] } }
        panes.append(
          FramedPane(
            title: String(title),
            isEmpty: inside.allSatisfy { $0.text == " " && $0.style.background == nil }))
      }
    }
    return panes
  }

  @Test(arguments: [Size(width: 160, height: 50), Size(width: 200, height: 60)])
  func aStreamLeavesNotMuchEmpty(size: Size) throws {
    let fixture = try Fixture.shared()
    var state = try Fixture.state(width: size.width, height: size.height)
    state.live = LiveState()
    let trends = (0..<10).map {
      ClassTrend(classIndex: $0, newest: 0.1, seconds: (0..<60).map { Float($0) / 60 })
    }
    let frame = LiveFrame(
      model: 1, frame: 1, age: 0, photo: fixture.photo, run: fixture.run, trends: trends)
    try Fixture.perform(reduce(&state, .live(.came(frame))), on: &state)
    let share = Self.emptyShare(render(state).cells)
    #expect(share <= 0.4, "\(share)")
  }

  @Test(arguments: [Size(width: 160, height: 50), Size(width: 200, height: 60)])
  func noScreenLeavesMuchEmptyWithoutReason(size: Size) throws {
    for id in ScreenID.allCases {
      for layer in [0, 1, 10] {
        let fixture = try FurnishedFixture.shared()
        var state = try fixture.state(width: size.width, height: size.height)
        try fixture.perform(reduce(&state, .layerSelected(layer)), on: &state)
        let opening: Intent =
          switch id {
          case .ablation: .patched(Patch(layer: layer, part: .channels([1])))
          case .beside: .beside(.began(.photo(path: fixture.paths[7])))
          case .open: .open(.began(.image))
          default: .opened(id)
          }
        try fixture.perform(reduce(&state, opening), on: &state)
        let share = Self.emptyShare(render(state).cells)
        #expect(
          share <= Self.reasons[id]?.share ?? 0.4, "\(id) at \(state.layer.name), \(size): \(share)"
        )
      }
    }
  }
}
