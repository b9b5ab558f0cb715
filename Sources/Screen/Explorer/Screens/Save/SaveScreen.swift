extension ScreenID { static let save = ScreenID("save") }

/// The menu of what can be saved, over the screen that it is about.
struct SaveScreen: Screen {
  static let id = ScreenID.save
  static let title = "Save"
  static let isMenu = true
  static let isOverlay = true
  static let isAboutBelow = true

  /// The line under the cursor.
  var cursor = 0

  /// Its actions.
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
      // What is saved is the screen below the menu.
      return [.closed(.save), .perform(.save(kind))]
    }
  }
}

extension Intent {
  /// Something happened in the menu of what to save.
  static func save(_ action: SaveScreen.Action) -> Intent {
    .screen(ScreenAction(SaveScreen.self, action))
  }
}
