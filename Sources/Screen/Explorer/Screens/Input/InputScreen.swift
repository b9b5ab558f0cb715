import MobileNet

extension ScreenID { static let input = ScreenID("input") }

/// The photo with the crop, the network's input, the preprocessing in numbers, and the person's
/// changes to it.
struct InputScreen: Screen {
  static let id = ScreenID.input
  static let title = "Input"

  /// The setting that left and right change.
  var setting = InputSetting.crop

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// Another setting was chosen.
    case moved(by: Int)
    /// The setting was changed to the value before or after.
    case changed(by: Int)
    /// The person's changes were dropped; the file's settings count again.
    case forgotten
  }

  /// Begins at the crop.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    // Keys may come faster than networks are loaded.
    var said = core.weights?.said ?? core.model.said
    switch action {
    case .moved(let steps):
      setting = InputSetting.allCases.element(steps, after: setting)
      return []
    case .changed(let steps): setting.change(&said, by: steps, core.model.checkpoint)
    case .forgotten: said = [:]
    }
    return [.weightsAsked(core.model.source, said: said, resolution: core.model.resolution)]
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func input(_ action: InputScreen.Action) -> Intent {
    .screen(ScreenAction(InputScreen.self, action))
  }
}
