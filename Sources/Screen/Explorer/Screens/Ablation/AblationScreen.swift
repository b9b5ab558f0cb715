extension ScreenID { static let ablation = ScreenID("ablation") }

/// What the network answers with a part of it switched off, beside what it answered before.
struct AblationScreen: Screen {
  static let id = ScreenID.ablation
  static let title = "Switched off"

  /// Nothing to remember: what is off is part of what is under study.
  init() {}
}
