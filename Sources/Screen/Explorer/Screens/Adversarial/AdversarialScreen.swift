import Explanation
import Research

extension ScreenID { static let adversarial = ScreenID("adversarial") }

/// How few grey levels it takes that the network answers something else.
struct AdversarialScreen: Screen {
  static let id = ScreenID.adversarial
  static let title = "A few grey levels"

  /// The rounds to choose from.
  private static let roundsThere = [1, 10]

  /// The step that somebody chose; nil for the smallest that changes the answer.
  private var chosen: Int?
  /// In how many rounds each step is made.
  private(set) var rounds = 1

  /// Its actions.
  enum Action: Equatable, Sendable {
    /// A larger or a smaller step was taken.
    case stepMoved(by: Int)
    /// A step was pointed at.
    case stepChosen(Int)
    /// One round was exchanged for several, or back.
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

  /// The class that is answered; nil while it is not known, and where there is no choice.
  func answer(_ core: Core) -> Int? {
    guard core.model.checkpoint.architecture.classes ?? 0 > 1 else { return nil }
    return core.original?.trace.predictions(top: 1).first?.classIndex
  }

  /// What is to become of the answer: the class that somebody chose, or anything else.
  func aim(_ core: Core) -> AdversarialExample.Aim? {
    guard let answer = answer(core) else { return nil }
    guard let chosen = core.chosenClass, chosen != answer, chosen == core.selectedClass else {
      return .away(from: answer)
    }
    return .toward(chosen)
  }

  /// What is asked; nothing on a stream, whose next frame would come first.
  func question(_ core: Core) -> AdversarialQuestion? {
    guard core.live == nil, let aim = aim(core) else { return nil }
    return AdversarialQuestion(core.model, core.photo, aim: aim, rounds: rounds)
  }

  /// The pictures of the steps by now, from the smallest.
  func examples(_ core: Core) -> [AdversarialExample] {
    question(core).flatMap { core.answers.soFar($0) } ?? []
  }

  /// The step that is looked at; nil while there is none.
  func step(_ core: Core) -> Int? { example(core)?.step }

  /// The picture that is looked at.
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
  /// Something happened on the screen of a few grey levels.
  static func adversarial(_ action: AdversarialScreen.Action) -> Intent {
    .screen(ScreenAction(AdversarialScreen.self, action))
  }
}
