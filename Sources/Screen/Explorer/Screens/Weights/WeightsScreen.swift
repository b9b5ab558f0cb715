import MobileNet
import Research

extension ScreenID { static let weights = ScreenID("weights") }

/// The weights there are, the facts of the one under the cursor, the input side.
struct WeightsScreen: Screen {
  /// How far a key moves the input side.
  private static let step = 32

  static let id = ScreenID.weights
  static let title = "Weights"
  static let isMenu = true

  /// The lines from the weights that are used now to the cursor.
  ///
  /// Keys may come before the list is there.
  var steps = 0
  /// Whether the line under the cursor was chosen before the list was there.
  var isChosen = false
  /// The rows and columns to take it with; nil is the one that it was made for.
  var resolution: Resolution?
  /// The checkpoints that the cursor was on, whose facts are kept while the picker is open.
  var visited: [String] = []

  /// What can happen on it.
  enum Action: Equatable, Sendable {
    /// The cursor was moved.
    case moved(by: Int)
    /// A line was pointed at.
    case pointed(Int)
    /// The input's sides were changed by steps of 32.
    case resolutionMoved(by: Int)
    /// The one under the cursor was chosen.
    case chosen
    /// A file was asked for.
    case browsed
  }

  /// Begins at the weights that are used now.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    self = WeightsScreen()
    return []
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .moved(let steps):
      self.steps += steps
      note(core)
    case .pointed(let index):
      if cursor(core) == index { return reduce(.chosen, core) }
      steps = index - start(core)
      note(core)
    case .resolutionMoved(let steps):
      visited = []
      resolution = (resolution ?? core.model.resolution).changed(by: Self.step * steps)
    case .chosen:
      guard choices(core) != nil else {
        isChosen = true
        return []
      }
      guard let choice = selected(core) else { return reduce(.browsed, core) }
      // What was said of the weights that are used now holds at any resolution.
      let said = choice.name == core.model.source ? core.model.said : [:]
      return [
        .closed(.weights), .weightsAsked(choice.name, said: said, resolution: resolution(core)),
      ]
    case .browsed:
      return [.open(.began(.weights(resolution: resolution)))]
    }
    return []
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    // Where there is room, the weights that are used now stand beside them.
    let used = Layout.isRoomy(core.size) ? core.model.source : nil
    var names = visited
    for name in [selected(core)?.name, used].compactMap(\.self) where !names.contains(name) {
      names.append(name)
    }
    let other = Layout.isRoomy(core.size) ? other(core) : nil
    return [AnyQuestion(ChoicesQuestion())] + names.map { AnyQuestion(facts($0, core)) }
      + [other.map { AnyQuestion(ContentsQuestion($0)) }].compactMap(\.self)
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    guard question.base is ChoicesQuestion else { return [] }
    note(core)
    return isChosen ? reduce(.chosen, core) : []
  }

  /// What is asked about the checkpoint called `name`: what it is at the side that it would be taken at.
  func facts(_ name: String, _ core: Core) -> FactsQuestion {
    let isUsed = name == core.model.source
    return FactsQuestion(
      name,
      at: resolution ?? (isUsed || isBundled(name, core) ? core.model.resolution : nil))
  }

  private func isBundled(_ name: String, _ core: Core) -> Bool {
    choices(core)?.contains { $0.name == name && $0.isBundled } ?? false
  }

  /// Keeps the cursor among the lines, and the facts of the one that it is on.
  private mutating func note(_ core: Core) {
    guard choices(core) != nil else { return }
    steps = cursor(core) - start(core)
    if let name = selected(core)?.name, !visited.contains(name) { visited.append(name) }
  }

  /// What there is, the weights that are used now among them; nil until the list is read.
  func choices(_ core: Core) -> [WeightsChoice]? {
    core.answers[ChoicesQuestion()].map { choices in
      let source = core.model.source
      let isListed = choices.contains { $0.name == source }
      return choices + (isListed ? [] : [WeightsChoice(name: source, origin: "file")])
    }
  }

  private func start(_ core: Core) -> Int {
    choices(core)?.firstIndex { $0.name == core.model.source } ?? 0
  }

  /// The line under the cursor; behind the last checkpoint there is one for files.
  func cursor(_ core: Core) -> Int {
    min(max(start(core) + steps, 0), choices(core)?.count ?? 0)
  }

  /// The checkpoint under the cursor; nil on the line for files.
  func selected(_ core: Core) -> WeightsChoice? {
    guard let choices = choices(core), choices.indices.contains(cursor(core)) else { return nil }
    return choices[cursor(core)]
  }

  /// The checkpoint under the cursor, where it is not the one that is used.
  func other(_ core: Core) -> String? {
    selected(core).flatMap { $0.name == core.model.source ? nil : $0.name }
  }

  /// The input that the person asks for, or that is kept because bundled weights serve all.
  func resolution(_ core: Core) -> Resolution? {
    resolution ?? (selected(core)?.isBundled == true ? core.model.resolution : nil)
  }
}

extension Intent {
  /// Something happened in the picker of weights.
  static func weights(_ action: WeightsScreen.Action) -> Intent {
    .screen(ScreenAction(WeightsScreen.self, action))
  }
}
