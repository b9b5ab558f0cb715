import Explanation
import Research

extension ScreenID { static let adversarial = ScreenID("adversarial") }

/// The smallest change in grey levels that makes the network answer something else.
struct AdversarialScreen: Screen {
  static let id = ScreenID.adversarial
  static let title = "A few grey levels"
  static let showsPatches = false

  /// The numbers of rounds to choose from.
  private static let roundsThere = [1, 10]

  /// The chosen step in grey levels; nil for the smallest that changes the answer.
  private var chosen: Int?
  /// The number of rounds in which each step is made.
  private(set) var rounds = 1

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// A larger or a smaller step was taken.
    case stepMoved(by: Int)
    /// A step was pointed at.
    case stepChosen(Int)
    /// The next number of rounds was taken.
    case roundsCycled
  }

  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .stepMoved(let steps): return reduce(.stepChosen((step(core) ?? 0) + steps), core)
    case .stepChosen(let step):
      let all = AdversarialExample.usualSteps
      chosen = min(max(step, all.lowerBound), all.upperBound)
    case .roundsCycled:
      chosen = nil
      rounds = Self.roundsThere.element(1, after: rounds)
    }
    return []
  }

  /// Returns the most likely class; nil before the network has run, or with fewer than two classes.
  func answer(_ core: Core) -> Int? {
    guard core.model.checkpoint.architecture.classes ?? 0 > 1 else { return nil }
    return core.original?.trace.predictions(top: 1).first?.classIndex
  }

  /// Returns the aim: the class that the person chose, or any other than the answer.
  func aim(_ core: Core) -> AdversarialExample.Aim? {
    guard let answer = answer(core) else { return nil }
    guard let chosen = core.chosenClass, chosen != answer, chosen == core.selectedClass else {
      return .away(from: answer)
    }
    return .toward(chosen)
  }

  /// Returns the question; nil on a stream, whose next frame would come before the answer.
  func question(_ core: Core) -> AdversarialQuestion? {
    guard core.live == nil, let aim = aim(core) else { return nil }
    return AdversarialQuestion(core.model, core.photo, aim: aim, rounds: rounds)
  }

  /// Returns the examples found so far, the smallest step first.
  func examples(_ core: Core) -> [AdversarialExample] {
    question(core).flatMap { core.answers.soFar($0) } ?? []
  }

  /// Returns the step of the shown example; nil while there is none.
  func step(_ core: Core) -> Int? { example(core)?.step }

  /// Returns the shown example: that of the chosen step, or else the first that reaches the aim.
  func example(_ core: Core) -> AdversarialExample? {
    let examples = examples(core)
    if let chosen, let found = examples.first(where: { $0.step == chosen }) { return found }
    guard let aim = aim(core) else { return nil }
    return examples.first { aim.isReached(by: $0.predictions.first?.classIndex) } ?? examples.last
  }

  func wants(_ core: Core) -> [AnyQuestion] { question(core).map { [AnyQuestion($0)] } ?? [] }

  mutating func networkChanged(_ core: Core) { chosen = nil }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func adversarial(_ action: AdversarialScreen.Action) -> Intent {
    .screen(ScreenAction(AdversarialScreen.self, action))
  }
}
