import Reports

extension ScreenID { static let help = ScreenID("help") }

/// Every key of every screen; typing narrows the list.
struct HelpScreen: Screen {
  static let id = ScreenID.help
  static let title = "Help"
  static let isMenu = true

  /// Whether letters go to the search.
  var isSearching = false
  /// What is searched for; the list shows lines that contain it.
  var query = ""
  /// The first line shown.
  var scroll = 0
  /// The screen that help was asked on, whose keys come first.
  var asked = ScreenID.home

  /// Its actions.
  enum Action: Equatable, Sendable {
    /// A search was begun, or ended with what it had found.
    case searched(Bool)
    /// A character was added to the search.
    case typed(Character)
    /// The last character of the search was taken away.
    case erased
    /// The list was scrolled by lines.
    case scrolled(by: Int)
    /// The list was scrolled by as many lines as are seen.
    case paged(by: Int)
  }

  /// Begins at the top, with everything listed.
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

  /// The keys whose symbol, sentence or screen contains what is searched for, below the names of
  /// their screens.
  func lines(_ core: Core) -> [HelpLine] {
    let found = KeyHelp.all(for: asked, isLive: core.live != nil).compactMap { $0.matching(query) }
    let width = HelpLayout(core, in: Layout.body(of: core)).sentenceWidth
    return found.flatMap { group in
      [HelpLine.title(group.title)]
        + group.keys.flatMap { key in
          key.sentence.wrapped(to: width).enumerated().map { line, words in
            HelpLine.key(line == 0 ? key.symbol : "", words)
          }
        }
    }
  }
}

extension Intent {
  /// Something happened on the help screen.
  static func help(_ action: HelpScreen.Action) -> Intent {
    .screen(ScreenAction(HelpScreen.self, action))
  }
}
