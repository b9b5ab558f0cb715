import MobileNet
import Research

extension ScreenID { static let home = ScreenID("home") }

/// The list of layers, the selected one's facts, one of its channels, the predictions.
struct HomeScreen: Screen {
  static let id = ScreenID.home
  static let title = "Layers"
  static let showsLayer = true

  /// The parts of the home screen.
  enum Pane: CaseIterable, Equatable, Sendable {
    /// The list of layers.
    case layers
    /// The picture of the channel; the arrows move its cursor.
    case channel
    /// The likely classes.
    case answers
  }

  /// The part that has the arrows.
  var pane = Pane.layers
  /// The line under the cursor among the likely classes.
  var answer = 0

  /// Its actions.
  enum Action: Equatable, Sendable {
    /// The pane before or after got the arrows.
    case paneMoved(by: Int)
    /// The list of layers got the arrows back.
    case left
    /// The cursor was moved among the likely classes.
    case answerMoved(by: Int)
    /// It was asked what spoke for the class under the cursor.
    case answerChosen
  }

  /// Begins in the list of layers.
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
  /// While somebody looks, it is found out how long the layers take; on a stream that is known.
  func wants(_ core: Core) -> [AnyQuestion] {
    let examples =
      Layout.isRoomy(core.size)
      ? AtlasExamples(core, most: WideHomeView.examples).questions : []
    guard core.live == nil, let run = core.original else { return examples }
    return examples + [AnyQuestion(TimesQuestion(core.model, run))]
  }
}

extension Intent {
  /// Something happened on the home screen.
  static func home(_ action: HomeScreen.Action) -> Intent {
    .screen(ScreenAction(HomeScreen.self, action))
  }
}

extension Core {
  /// The likely classes that the home screen lists, the likeliest first; those of the last minute
  /// while a stream runs.
  var shownAnswers: [Int] {
    guard let run else { return [] }
    let rows = HomeView.answerRows(in: Layout.body(of: self), self)
    if !shownTrends.isEmpty { return shownTrends.prefix(rows).map(\.classIndex) }
    return run.trace.predictions(top: rows).map(\.classIndex)
  }
}
