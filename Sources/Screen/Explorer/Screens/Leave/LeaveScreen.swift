extension ScreenID { static let leave = ScreenID("leave") }

/// The question before what was marked or switched off is lost.
struct LeaveScreen: Screen {
  static let id = ScreenID.leave
  static let title = "Quit"
  static let isMenu = true
  static let isOverlay = true

  /// What would be lost.
  var losses: [String] = []

  /// Its actions.
  enum Action: Equatable, Sendable {
    /// Somebody wants to quit and would lose something.
    case asked(about: [String])
    /// The session was to be saved, and the program stays open.
    case saved
  }

  /// Nothing would be lost.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .asked(let losses):
      self.losses = losses
      return [.opened(.leave)]
    case .saved: return [.closed(.leave), .perform(.save(.session))]
    }
  }
}

extension LeaveScreen {
  /// Any letter that does not say yes says no.
  func typed(_ character: Character, _ core: Core) -> Intent? {
    "yqs?".contains(character) ? nil : .closed(.leave)
  }
}

extension Intent {
  /// Something happened to the question before the program is left.
  static func leave(_ action: LeaveScreen.Action) -> Intent {
    .screen(ScreenAction(LeaveScreen.self, action))
  }
}
