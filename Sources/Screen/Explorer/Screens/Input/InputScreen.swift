extension ScreenID { static let input = ScreenID("input") }

/// The photo with the crop, what the network gets, and how pixels become its numbers.
struct InputScreen: Screen {
  static let id = ScreenID.input
  static let title = "Input"

  /// Nothing to remember.
  init() {}
}
