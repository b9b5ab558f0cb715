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
      "↑↓": "Up Down", "←→": "Left Right", "↑↓←→": "Up Down Left Right", "hjkl": "h j k l",
      "1…7": "1 ... 7",
    ]
    for key in KeyHelp.all.flatMap(\.keys) {
      for word in (words[key.symbol] ?? key.symbol).lowercased().split(separator: " ") {
        #expect(named.contains(String(word)), "\(key.symbol): \(key.sentence)")
      }
    }
  }

  /// A key, and what it means.
  private static let keys: [(Character, Action)] = [
    ("g", .opened(.grid)), ("l", .lesson(.begun)), ("e", .opened(.evidence)),
    ("c", .compare(.begun)), ("K", .kernels(.begun)), ("i", .opened(.input)),
    ("X", .opened(.ablation)), ("o", .open(.begun)), ("w", .weights(.begun)),
    ("/", .find(.begun(""))), (":", .find(.begun(":"))), ("n", .find(.repeated(by: 1))),
    ("N", .find(.repeated(by: -1))), ("u", .ablation(.undone)), ("[", .albumMoved(by: -1)),
    ("]", .albumMoved(by: 1)), ("s", .save(.begun)), ("y", .copied), ("M", .mouseSwitched),
    ("?", .opened(.help)), ("q", .quit),
  ]

  /// What a screen does with such a key instead; nothing where it is the one that is meant.
  private static let own: [Screen.ID: [Character: [Action]]] = [
    .grid: ["g": []], .kernels: ["K": []], .ablation: ["X": []], .compare: ["c": []],
    .weights: ["w": []], .save: ["s": []], .input: ["i": [.wentBack]],
    .evidence: ["e": [], "K": [.evidence(.kernelsOpened)]],
    .lesson: ["l": [.lesson(.cellMoved(x: 1, y: 0))]],
    .beside: ["l": [.zoom(.moved(x: 1, y: 0))]],
    .help: ["?": [], "/": [.help(.searched(true))]],
  ]

  private func state(_ screen: Screen.ID) throws -> ExplorerState {
    var state = try Fixture.state(width: 80, height: 24)
    state.album = Album(["photos/a.png", "photos/b.png"])
    state.find.query = "sep"
    state.ablation.original = state.run
    state.ablation.switches = [SwitchOff(layer: 3, part: .channels([1]))]
    state.screens = screen == .home ? [.home] : [.home, screen]
    return state
  }

  @Test(arguments: Screen.ID.allCases)
  func everyKeyWorksOnEveryScreen(screen: Screen.ID) throws {
    let state = try state(screen)
    for (key, action) in Self.keys {
      let expected: Action? =
        switch screen {
        case .open: .open(.typed(key))
        case .find: .find(.typed(key))
        default: (Self.own[screen]?[key] ?? [action]).first
        }
      #expect(state.action(for: .character(key)) == expected, "\(key) on \(screen)")
    }
    for (key, action) in [(Key.control("c"), Action.quit), (.control("z"), .suspended)] {
      #expect(state.action(for: key) == action, "\(key) on \(screen)")
    }
    #expect(state.action(for: .escape) == (screen == .home ? nil : .wentBack), "\(screen)")
  }

  @Test(arguments: Screen.ID.allCases)
  func escapeLeadsBackFromWhereAKeyLed(screen: Screen.ID) throws {
    // The menu of what to save goes with the screen that it is about.
    guard screen != .save, screen != .open, screen != .find else { return }
    let before = try state(screen)
    for (key, _) in Self.keys {
      var state = before
      guard let action = state.action(for: .character(key)) else { continue }
      _ = reduce(&state, action)
      guard state.screens.count > before.screens.count else { continue }
      _ = reduce(&state, try #require(state.action(for: .escape)))
      #expect(state.screen == screen, "\(key) on \(screen)")
    }
  }

  @Test(arguments: ScreenTests.sizes + [Size(width: 60, height: 16)], [false, true])
  func theFooterEndsWithTheWayBackAndOut(size: Size, isOff: Bool) throws {
    for screen in Screen.ID.allCases {
      var state = try state(screen)
      state.size = size
      if !isOff { state.ablation = AblationState() }
      let footer = try #require(render(state).cells.lines.last)
      let ending =
        switch screen {
        case .home: "q quit  ? help"
        case .open, .find: "Esc back"
        case .help: "Esc back  q quit"
        default: "Esc back  q quit  ? help"
        }
      #expect(footer.hasSuffix(ending), "\(screen): \(footer)")
      #expect(footer.count > ending.count + 10, "\(screen): \(footer)")
    }
  }

  @Test func helpListsTheKeysOfTheScreenThatItWasAskedOnFirst() throws {
    for screen in Screen.ID.allCases where screen != .help && screen != .save {
      var state = try state(screen)
      _ = reduce(&state, .opened(.help))
      let first = render(state).cells.lines[2]
      #expect(first == " " + screen.definition.title)
      // Every key of every screen stands somewhere in the list.
      let words = state.helpLines.map { line in
        if case .key(let symbol, _) = line { symbol } else { "" }
      }
      for id in Screen.ID.allCases {
        for binding in id.definition.bindings { #expect(words.contains(binding.symbol)) }
      }
    }
  }
}
