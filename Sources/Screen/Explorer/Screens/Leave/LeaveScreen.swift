extension ScreenID { static let leave = ScreenID("leave") }

/// The question whether to quit although marks or patches would be lost.
struct LeaveScreen: Screen {
  static let id = ScreenID.leave
  static let title = "Quit"
  static let isMenu = true
  static let isOverlay = true

  /// The things that would be lost.
  var losses: [String] = []

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The person asked to quit and would lose something.
    case asked(about: [String])
    /// The session was saved, and the program stays open.
    case saved
  }

  /// Begins with nothing to lose.
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
  /// Returns the intent of a letter: any that does not mean yes closes the question.
  func typed(_ character: Character, _ core: Core) -> Intent? {
    "yqs?".contains(character) ? nil : .closed(.leave)
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func leave(_ action: LeaveScreen.Action) -> Intent {
    .screen(ScreenAction(LeaveScreen.self, action))
  }
}
