/// Which part of the home screen has the arrows.
public struct HomeState: Equatable, Sendable {
  /// The parts of the home screen.
  public enum Pane: CaseIterable, Equatable, Sendable {
    /// The list of layers.
    case layers
    /// The picture of the channel; the arrows move its cursor.
    case channel
    /// The likely classes.
    case answers
  }

  /// The part that has the arrows.
  public var pane = Pane.layers
  /// The line under the cursor among the likely classes.
  public var answer = 0

  /// Begins in the list of layers.
  public init() {}
}

/// What can happen on the home screen.
public enum HomeAction: Equatable, Sendable {
  /// The pane before or after got the arrows.
  case paneMoved(by: Int)
  /// The list of layers got the arrows back.
  case left
  /// The cursor was moved among the likely classes.
  case answerMoved(by: Int)
  /// It was asked what spoke for the class under the cursor.
  case answerChosen
}

/// Applies what happened on the home screen.
func reduce(_ state: inout ExplorerState, _ action: HomeAction) {
  let answers = state.shownAnswers
  switch action {
  case .paneMoved(let steps):
    let panes = HomeState.Pane.allCases.filter { $0 != .answers || !answers.isEmpty }
    state.home.pane = panes.element(steps, after: state.home.pane)
  case .left:
    state.home.pane = .layers
  case .answerMoved(let steps):
    state.home.answer = min(max(state.home.answer + steps, 0), max(0, answers.count - 1))
  case .answerChosen:
    guard answers.indices.contains(state.home.answer) else { return }
    reduce(&state, EvidenceAction.asked(classIndex: answers[state.home.answer]))
  }
}

extension ExplorerState {
  /// The likely classes that the home screen lists, the likeliest first; those of the last minute
  /// while a stream runs.
  var shownAnswers: [Int] {
    guard let run else { return [] }
    let rows = HomeView.answerRows(in: Layout.body(of: self))
    if !shownTrends.isEmpty { return shownTrends.prefix(rows).map(\.classIndex) }
    return run.value.predictions(top: rows).map(\.classIndex)
  }
}
