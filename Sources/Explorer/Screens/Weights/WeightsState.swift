import MobileNet

/// The picker of weights: what there is, with its facts.
public struct WeightsState: Equatable, Sendable {
  /// One checkpoint that can be taken.
  public struct Choice: Equatable, Sendable {
    /// What it is called, and what loads it.
    public let name: String
    /// Lines of facts: α, classes, parameters, accuracy; or what is wrong with it.
    public let facts: [String]

    /// Names a checkpoint.
    public init(name: String, facts: [String]) {
      self.name = name
      self.facts = facts
    }
  }

  /// What there is; nothing until the list was read.
  public var choices: [Choice] = []
  /// The one under the cursor.
  public var cursor = 0
  /// The input side to take it with.
  public var resolution = 224

  /// Nothing listed yet.
  public init() {}
}

/// What can happen in the picker of weights.
public enum WeightsAction: Equatable, Sendable {
  /// The picker was asked for.
  case begun
  /// The list was read.
  case listed([WeightsState.Choice])
  /// The cursor was moved.
  case moved(by: Int)
  /// A line was pointed at.
  case pointed(Int)
  /// The input side was changed by steps of 32.
  case resolutionMoved(by: Int)
  /// The one under the cursor was chosen.
  case chosen
}

/// Applies what happened in the picker of weights.
func reduce(_ state: inout ExplorerState, _ action: WeightsAction) -> [Effect] {
  switch action {
  case .begun:
    state.open(Screen.ID.weights)
    state.weights.resolution = state.model.resolution
    return [.listWeights]
  case .listed(let choices):
    state.weights.choices = choices
    state.weights.cursor = choices.firstIndex { $0.name == state.model.checkpoint.name } ?? 0
  case .moved(let steps):
    let last = max(0, state.weights.choices.count - 1)
    state.weights.cursor = min(max(state.weights.cursor + steps, 0), last)
  case .pointed(let index):
    if state.weights.cursor == index { return reduce(&state, WeightsAction.chosen) }
    state.weights.cursor = min(max(index, 0), max(0, state.weights.choices.count - 1))
  case .resolutionMoved(let steps):
    state.weights.resolution = min(max(state.weights.resolution + 32 * steps, 32), 512)
  case .chosen:
    guard state.weights.choices.indices.contains(state.weights.cursor) else { return [] }
    let name = state.weights.choices[state.weights.cursor].name
    if state.screens.count > 1 { state.screens.removeLast() }
    state.message = Message("loading \(name) …")
    return [
      .openWeights(
        name: name, resolution: state.weights.resolution, photo: state.photo,
        path: state.album.path)
    ]
  }
  return []
}
