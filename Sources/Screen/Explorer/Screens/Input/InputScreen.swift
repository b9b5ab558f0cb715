extension ScreenID { public static let input = ScreenID("input") }

/// The photo with the crop, what the network gets, and how pixels become its numbers.
public struct InputScreen: Screen {
  public static let id = ScreenID.input
  public static let title = "Input"

  /// Nothing to remember.
  public init() {}
}
