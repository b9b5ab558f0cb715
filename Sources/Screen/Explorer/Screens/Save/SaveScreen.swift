extension ScreenID { static let save = ScreenID("save") }

/// The menu of what to save, over the screen to be saved.
struct SaveScreen: Screen {
  static let id = ScreenID.save
  static let title = "Save"
  static let isMenu = true
  static let isOverlay = true
  static let isAboutBelow = true

  /// The index of the line under the cursor.
  var cursor = 0

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved.
    case moved(by: Int)
    /// A line was chosen.
    case chosen(SaveKind)
  }

  /// Begins at the first line.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .moved(let steps):
      cursor = min(max(cursor + steps, 0), SaveKind.allCases.count - 1)
      return []
    case .chosen(.session) where core.live != nil:
      return [
        .closed(.save),
        .said(Message("A stream is not there to be opened again.", isError: true)),
      ]
    case .chosen(let kind):
      // The menu is closed first, so that the screen below is saved.
      return [.closed(.save), .perform(.save(kind))]
    }
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func save(_ action: SaveScreen.Action) -> Intent {
    .screen(ScreenAction(SaveScreen.self, action))
  }
}
