import MobileNet
import Research

extension ScreenID { static let weights = ScreenID("weights") }

/// The available weights, the facts of those under the cursor, and the input resolution.
struct WeightsScreen: Screen {
  /// The step by which a key changes the input's sides, in pixels.
  private static let step = 32

  static let id = ScreenID.weights
  static let title = "Weights"
  static let isMenu = true
  static let showsPatches = false

  /// The number of lines from the weights in use to the cursor.
  ///
  /// Keys may come before the list is read.
  var steps = 0
  /// Whether the line under the cursor was chosen before the list was read.
  var isChosen = false
  /// The chosen input resolution; nil for the checkpoint's own.
  var resolution: Resolution?
  /// The checkpoints that the cursor visited, whose facts are kept while the picker is open.
  var visited: [String] = []

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved.
    case moved(by: Int)
    /// A line was pointed at.
    case pointed(Int)
    /// The sides of the input were changed by steps of 32 pixels.
    case resolutionMoved(by: Int)
    /// The weights under the cursor were chosen.
    case chosen
    /// The file picker was asked for.
    case browsed
  }

  /// Begins at the weights in use.
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
      // The person's statements about the weights in use hold at any resolution.
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
    // In a large terminal the weights in use are shown beside them.
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

  /// The question about the checkpoint called `name` at the side that it would be taken at.
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

  /// Returns the available weights, with those in use; nil until the list is read.
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

  /// Returns the index of the line under the cursor; one behind the last checkpoint is for files.
  func cursor(_ core: Core) -> Int {
    min(max(start(core) + steps, 0), choices(core)?.count ?? 0)
  }

  /// Returns the checkpoint under the cursor; nil on the line for files.
  func selected(_ core: Core) -> WeightsChoice? {
    guard let choices = choices(core), choices.indices.contains(cursor(core)) else { return nil }
    return choices[cursor(core)]
  }

  /// Returns the checkpoint under the cursor unless it is the one in use.
  func other(_ core: Core) -> String? {
    selected(core).flatMap { $0.name == core.model.source ? nil : $0.name }
  }

  /// Returns the resolution that the person chose; for bundled weights else the current one, since
  /// they serve all.
  func resolution(_ core: Core) -> Resolution? {
    resolution ?? (selected(core)?.isBundled == true ? core.model.resolution : nil)
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func weights(_ action: WeightsScreen.Action) -> Intent {
    .screen(ScreenAction(WeightsScreen.self, action))
  }
}
