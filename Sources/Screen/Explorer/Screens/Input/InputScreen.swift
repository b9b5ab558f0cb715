import MobileNet

extension ScreenID { static let input = ScreenID("input") }

/// The photo with the crop, what the network gets, how pixels become its numbers, and what the person
/// says otherwise.
struct InputScreen: Screen {
  static let id = ScreenID.input
  static let title = "Input"

  /// What left and right change.
  var setting = InputSetting.crop

  /// Its actions.
  enum Action: Equatable, Sendable {
    /// Another setting was gone to.
    case moved(by: Int)
    /// The setting was changed to the value after or before.
    case changed(by: Int)
    /// What the person said is forgotten; the file's word counts.
    case forgotten
  }

  /// Begins at the crop.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    // Keys may come faster than networks are read.
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
  /// Something happened on the screen of the input.
  static func input(_ action: InputScreen.Action) -> Intent {
    .screen(ScreenAction(InputScreen.self, action))
  }
}
