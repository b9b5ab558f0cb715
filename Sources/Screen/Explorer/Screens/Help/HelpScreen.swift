import Reports

extension ScreenID { static let help = ScreenID("help") }

/// The keys of all screens; typing filters the list.
struct HelpScreen: Screen {
  static let id = ScreenID.help
  static let title = "Help"
  static let isMenu = true

  /// Whether typed letters go to the search.
  var isSearching = false
  /// The searched text; the list shows the lines that contain it.
  var query = ""
  /// The index of the first line shown.
  var scroll = 0
  /// The screen from which help was opened, whose keys come first.
  var asked = ScreenID.home
  /// The lines as they were wrapped last: every key asks for them several times.
  private let wrapped = Memo<Wrapping, [HelpLine]>()

  /// All that the lines depend on.
  private struct Wrapping: Equatable {
    let asked: ScreenID
    let query: String
    let isLive: Bool
    let width: Int
    let height: Int
  }

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// Typing was begun, or with false ended; the filter stays.
    case searched(Bool)
    /// A character was added to the search.
    case typed(Character)
    /// The last character of the search was deleted.
    case erased
    /// The list was scrolled by lines.
    case scrolled(by: Int)
    /// The list was scrolled by pages.
    case paged(by: Int)
  }

  /// Begins at the top with all keys.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    self = HelpScreen()
    asked = below
    return []
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .searched(let isSearching): self.isSearching = isSearching
    case .typed(let character):
      query.append(character)
      scroll = 0
    case .erased:
      _ = query.popLast()
      scroll = 0
    case .paged(let pages): return reduce(.scrolled(by: pages * room(core)), core)
    case .scrolled(let lines):
      let room = room(core)
      scroll = min(max(0, scroll + lines), max(0, self.lines(core).count - room))
    }
    return []
  }

  private func room(_ core: Core) -> Int { HelpLayout(core, in: Layout.body(of: core)).room }

  func typed(_ character: Character, _ core: Core) -> Intent? {
    isSearching ? .help(.typed(character)) : nil
  }

  /// Returns the keys whose symbol, sentence or screen contains the searched text, under the titles
  /// of their screens.
  func lines(_ core: Core) -> [HelpLine] {
    let layout = HelpLayout(core, in: Layout.body(of: core))
    let (width, height) = (layout.sentenceWidth, max(1, layout.lists.height))
    let wrapping = Wrapping(
      asked: asked, query: query, isLive: core.live != nil, width: width, height: height)
    return wrapped.value(of: wrapping) {
      let found = KeyHelp.all(for: asked, isLive: wrapping.isLive)
        .compactMap { $0.matching(query) }
      return found.reduce(into: []) { lines, group in
        // No title stands alone at the foot of a list.
        if height > 1, lines.count % height == height - 1 { lines.append(.key("", "")) }
        lines.append(.title(group.title))
        for key in group.keys {
          lines += key.sentence.wrapped(to: width).enumerated().map { line, words in
            HelpLine.key(line == 0 ? key.symbol : "", words)
          }
        }
      }
    }
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func help(_ action: HelpScreen.Action) -> Intent {
    .screen(ScreenAction(HelpScreen.self, action))
  }
}
