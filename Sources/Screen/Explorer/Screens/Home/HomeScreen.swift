import MobileNet
import Research

extension ScreenID { static let home = ScreenID("home") }

/// The list of layers, the selected layer's facts, one of its channels, and the predictions.
struct HomeScreen: Screen {
  static let id = ScreenID.home
  static let title = "Layers"
  static let showsLayer = true

  /// The parts of the screen that can have the focus.
  enum Pane: CaseIterable, Equatable, Sendable {
    /// The list of layers; the arrows move the selection.
    case layers
    /// The picture of the channel; the arrows move its cursor.
    case channel
    /// The likely classes; the arrows choose one.
    case answers
  }

  /// The part with the focus.
  var pane = Pane.layers
  /// The index of the chosen class among the likely ones.
  var answer = 0

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The focus moved to the pane before or after.
    case paneMoved(by: Int)
    /// The focus moved back to the list of layers.
    case left
    /// Another of the likely classes was chosen.
    case answerMoved(by: Int)
    /// The evidence for the chosen class was asked for.
    case answerChosen
  }

  /// Begins with the focus on the list of layers.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    let answers = core.shownAnswers
    switch action {
    case .paneMoved(let steps):
      let panes = Pane.allCases.filter { $0 != .answers || !answers.isEmpty }
      pane = panes.element(steps, after: pane)
    case .left: pane = .layers
    case .answerMoved(let steps):
      answer = min(max(answer + steps, 0), max(0, answers.count - 1))
    case .answerChosen:
      return answers.indices.contains(answer)
        ? [.evidence(.asked(classIndex: answers[answer]))] : []
    }
    return []
  }
}

extension HomeScreen {
  /// Asks for the layers' times while the screen is shown; on a stream they are measured anyway.
  func wants(_ core: Core) -> [AnyQuestion] {
    let examples =
      Layout.isRoomy(core.size)
      ? AtlasExamples(core, most: WideHomeView.examples).questions : []
    guard core.live == nil, let run = core.original else { return examples }
    return examples + [AnyQuestion(TimesQuestion(core.model, run))]
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func home(_ action: HomeScreen.Action) -> Intent {
    .screen(ScreenAction(HomeScreen.self, action))
  }
}

extension Core {
  /// The classes that the home screen lists, the most likely first; on a running stream those of
  /// the last minute.
  var shownAnswers: [Int] {
    guard let run else { return [] }
    let rows = HomeView.answerRows(in: Layout.body(of: self), self)
    if !shownTrends.isEmpty { return shownTrends.prefix(rows).map(\.classIndex) }
    return run.trace.predictions(top: rows).map(\.classIndex)
  }
}
