import Cells
import Foundation
import MobileNet
import Testing

@testable import Explorer

/// Keys that work on every screen do so, and lead back.
@Suite struct GlobalKeyTests {
  /// Every key that the help lists stands in the manual's section KEYS.
  @Test func theManualNamesEveryKey() throws {
    let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = "Sources/mobilenet-explorer/Manual/mobilenet-explorer.1"
    let manual = try String(contentsOf: project.appendingPathComponent(file), encoding: .utf8)
    let sections = try #require(
      manual.split(separator: ".Sh KEYS\n").last?.split(separator: ".Sh "))
    let lines = try #require(sections.first).split(separator: "\n")
    let named = Set(
      lines.filter { $0.hasPrefix(".It Ic ") }.flatMap {
        $0.dropFirst(7).replacing("\\&", with: "").lowercased().split(separator: " ").map(
          String.init)
      })
    let words = [
      "↑↓": "Up Down", "←→": "Left Right", "↑↓←→": "Up Down Left Right",
      "1…4": "1 ... 4", "1…7": "1 ... 7", "1…8": "1 ... 8", "1…9": "1 ... 9", "1…0": "1 ... 0",
    ]
    for key in KeyHelp.all.flatMap(\.keys) {
      for word in (words[key.symbol] ?? key.symbol).lowercased().split(separator: " ") {
        #expect(named.contains(String(word)), "\(key.symbol): \(key.sentence)")
      }
    }
  }

  /// A key, and what it means.
  private static let keys: [(Character, Intent)] = [
    ("g", .opened(.grid)), ("l", .opened(.lesson)), ("e", .opened(.evidence)),
    ("c", .opened(.compare)), ("K", .opened(.kernels)), ("i", .opened(.input)),
    ("X", .opened(.ablation)), ("G", .opened(.explanation)), ("!", .opened(.adversarial)),
    ("o", .open(.began(.image))), ("w", .opened(.weights)),
    ("/", .find(.began(""))), (":", .find(.began(":"))), ("n", .find(.repeated(by: 1))),
    ("N", .find(.repeated(by: -1))), ("u", .undone), ("[", .albumMoved(by: -1)),
    ("]", .albumMoved(by: 1)), ("s", .opened(.save)), ("y", .copied), ("M", .mouseSwitched),
    ("?", .opened(.help)), ("q", .wentBack), ("T", .opened(.teach)), ("A", .opened(.atlas)),
    ("~", .opened(.similar)),
  ]

  /// The screen's own use of such a key; nothing where it is the one that is meant.
  private static let own: [ScreenID: [Character: [Intent]]] = [
    .grid: ["g": []], .kernels: ["K": []], .ablation: ["X": []], .compare: ["c": []],
    .weights: ["w": []], .save: ["s": []], .input: ["i": [.wentBack]],
    .evidence: ["e": [], "K": [.evidence(.kernelsOpened)]],
    .home: ["q": [.leave(.asked(about: ["1 channel off"]))]],
    .leave: ["q": [.quit], "y": [.quit], "s": [.leave(.saved)]],
    .lesson: ["l": []], .teach: ["T": [], "u": [.teach(.undone)]], .atlas: ["A": []],
    .similar: ["~": []],
    .explanation: ["G": []], .adversarial: ["!": []],
    .help: ["?": [], "/": [.help(.searched(true))]],
  ]

  private func state(_ screen: ScreenID) throws -> ExplorerState {
    var state = try Fixture.state(width: 80, height: 24)
    state.album = Album(["photos/a.png", "photos/b.png"])
    state.find.query = "sep"
    state.core.patches = [Patch(layer: 3, part: .channels([1]))]
    state.screens = screen == .home ? [.home] : [.home, screen]
    return state
  }

  @Test(arguments: ScreenID.allCases)
  func everyKeyWorksOnEveryScreen(screen: ScreenID) throws {
    let state = try state(screen)
    for (key, action) in Self.keys {
      let expected: Intent? =
        switch screen {
        case .open: .open(.typed(key))
        case .find: .find(.typed(key))
        // What does not say yes says no.
        case .leave where !"yqs?".contains(key): .closed(.leave)
        default: (Self.own[screen]?[key] ?? [action]).first
        }
      #expect(state.intent(for: .character(key)) == expected, "\(key) on \(screen)")
    }
    for (key, action) in [(Key.control("c"), Intent.quit), (.control("z"), .suspended)] {
      #expect(state.intent(for: key) == action, "\(key) on \(screen)")
    }
    #expect(state.intent(for: .escape) == (screen == .home ? nil : .wentBack), "\(screen)")
  }

  @Test(arguments: ScreenID.allCases)
  func escapeLeadsBackFromWhereAKeyLed(screen: ScreenID) throws {
    // The menu of what to save goes with the screen that it is about.
    guard ![.save, .open, .find, .leave].contains(screen) else { return }
    let before = try state(screen)
    for (key, _) in Self.keys {
      var state = before
      guard let action = state.intent(for: .character(key)) else { continue }
      _ = reduce(&state, action)
      guard state.screens.count > before.screens.count else { continue }
      _ = reduce(&state, try #require(state.intent(for: .escape)))
      #expect(state.screen == screen, "\(key) on \(screen)")
    }
  }

  @Test(arguments: ScreenTests.sizes + [Size(width: 60, height: 16)], [false, true])
  func theFooterEndsWithTheWayBackAndOut(size: Size, isOff: Bool) throws {
    for screen in ScreenID.allCases {
      var state = try state(screen)
      state.size = size
      if !isOff { state.core.patches = [] }
      let footer = try #require(render(state).cells.lines.last)
      let ending =
        switch screen {
        case .home: "q quit  ? help"
        case .open, .find, .help: "Esc back"
        default: "Esc back  ? help"
        }
      #expect(footer.hasSuffix(ending), "\(screen): \(footer)")
      #expect(footer.count > ending.count + 10, "\(screen): \(footer)")
    }
  }

  @Test func helpListsTheKeysOfTheScreenThatItWasAskedOnFirst() throws {
    for screen in ScreenID.allCases where ![.help, .save, .leave].contains(screen) {
      var state = try state(screen)
      _ = reduce(&state, .opened(.help))
      let first = render(state).cells.lines[2]
      #expect(first.hasPrefix(" \(screen.type.title) ─"), "\(first)")
      // Every key of every screen stands somewhere in the list.
      let words = state[HelpScreen.self].lines(state.core).map { line in
        if case .key(let symbol, _) = line { symbol } else { "" }
      }
      for id in ScreenID.allCases {
        for binding in id.type.bindings { #expect(words.contains(binding.symbol)) }
      }
    }
  }
}
