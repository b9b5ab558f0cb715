extension ScreenID { public static let ablation = ScreenID("ablation") }

/// What the network answers with a part of it switched off, beside what it answered before.
public struct AblationScreen: Screen {
  public static let id = ScreenID.ablation
  public static let title = "Switched off"

  /// Nothing to remember: what is off is part of what is under study.
  public init() {}
}
