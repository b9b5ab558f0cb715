import MobileNet

/// The picker of weights: what there is, with its facts.
public struct WeightsState: Equatable, Sendable {
  /// One checkpoint that can be taken.
  public struct Choice: Equatable, Sendable {
    /// What it is called, and what loads it.
    public let name: String
    /// Where it is from: bundled, fetched, a file.
    public let origin: String

    /// Whether it comes with the program; such weights serve every input side.
    var isBundled: Bool { origin == Self.bundled }

    /// The origin of weights that come with the program.
    public static let bundled = "bundled"

    /// Names a checkpoint.
    public init(name: String, origin: String) {
      self.name = name
      self.origin = origin
    }
  }

  /// What is known about a checkpoint.
  public enum Facts: Equatable, Sendable {
    /// What it is and where that is from, one thing after another.
    case known([Fact])
    /// A line on why it can't be used.
    case problem(String)
  }

  /// One thing that is known.
  public struct Fact: Equatable, Sendable {
    /// What it is about; empty for a line under the one before.
    public let name: String
    /// What there is to say.
    public let value: String
    /// Who says so; nil where it is counted or says so itself.
    public let source: String?
    /// Whether that is somebody else than the file, so that the person must know.
    public let isAssumption: Bool

    /// Says `value` about `name`, as `source` has it.
    public init(name: String, value: String, source: String? = nil, isAssumption: Bool = false) {
      self.name = name
      self.value = value
      self.source = source
      self.isAssumption = isAssumption
    }
  }

  /// What there is; nothing until the list was read.
  public var choices: [Choice] = []
  /// The line under the cursor; behind the last checkpoint there is one for files.
  public var cursor = 0
  /// The input side to take it with; nil is the one that it was made for.
  public var resolution: Int?
  /// What was found out, by name.
  public var facts: [String: Facts] = [:]

  /// What was pressed before the list was there; nil since then.
  var early: Early?

  /// Keys that came early.
  struct Early: Equatable, Sendable {
    var steps = 0
    var isChosen = false
  }

  /// Nothing listed yet.
  public init() {}

  /// The input side that the person asks for, or that is kept because bundled weights serve all.
  func resolution(besides current: Int) -> Int? {
    resolution ?? (selected?.isBundled == true ? current : nil)
  }

  /// The checkpoint under the cursor; nil on the line for files.
  var selected: Choice? { choices.indices.contains(cursor) ? choices[cursor] : nil }
}

/// What can happen in the picker of weights.
public enum WeightsAction: Equatable, Sendable {
  /// The picker was asked for.
  case begun
  /// The list was read.
  case listed([WeightsState.Choice])
  /// A checkpoint was looked into.
  case inspected(name: String, WeightsState.Facts)
  /// The cursor was moved.
  case moved(by: Int)
  /// A line was pointed at.
  case pointed(Int)
  /// The input side was changed by steps of 32.
  case resolutionMoved(by: Int)
  /// The one under the cursor was chosen.
  case chosen
  /// A file was asked for.
  case browsed
}

/// Applies what happened in the picker of weights.
func reduce(_ state: inout ExplorerState, _ action: WeightsAction) -> [Effect] {
  switch action {
  case .begun:
    state.open(Screen.ID.weights)
    state.weights.resolution = nil
    state.weights.early = WeightsState.Early()
    return [.listWeights]
  case .listed(let choices):
    let source = state.model.source
    let isListed = choices.contains { $0.name == source }
    state.weights.choices =
      choices + (isListed ? [] : [WeightsState.Choice(name: source, origin: "file")])
    state.weights.cursor = state.weights.choices.firstIndex { $0.name == source } ?? 0
    state.weights.facts = [:]
    let early = state.weights.early ?? WeightsState.Early()
    state.weights.early = nil
    let effects = reduce(&state, WeightsAction.moved(by: early.steps))
    // Whoever has gone elsewhere since takes nothing.
    let isChosen = early.isChosen && state.screen == .weights
    return isChosen ? reduce(&state, WeightsAction.chosen) : effects
  case .inspected(let name, let facts):
    state.weights.facts[name] = facts
    return []
  case .moved(let steps):
    state.weights.early?.steps += steps
    let last = state.weights.choices.count
    state.weights.cursor = min(max(state.weights.cursor + steps, 0), last)
  case .pointed(let index):
    if state.weights.cursor == index { return reduce(&state, WeightsAction.chosen) }
    state.weights.cursor = min(max(index, 0), state.weights.choices.count)
  case .resolutionMoved(let steps):
    let side = state.weights.resolution ?? state.model.resolution
    state.weights.resolution = min(max(side + 32 * steps, 32), 512)
    return []
  case .chosen:
    guard state.weights.early == nil else {
      state.weights.early?.isChosen = true
      return []
    }
    guard let choice = state.weights.selected else { return reduce(&state, .browsed) }
    state.leaveScreen()
    let side = state.weights.resolution(besides: state.model.resolution)
    return openWeights(&state, choice.name, resolution: side)
  case .browsed:
    return browse(&state, for: .weights)
  }
  guard let choice = state.weights.selected, state.weights.facts[choice.name] == nil else {
    return []
  }
  return [.inspectWeights(name: choice.name)]
}

/// Asks for the checkpoint called `name`, or at that path, at an input side or at its own.
func openWeights(
  _ state: inout ExplorerState, _ name: String, resolution: Int?
) -> [Effect] {
  state.message = Message("loading \(name) …")
  return [
    .openWeights(
      name: name, resolution: resolution, photo: state.photo, path: state.album.path)
  ]
}
