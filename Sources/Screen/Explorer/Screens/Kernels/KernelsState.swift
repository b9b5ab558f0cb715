/// Where a person is in the weights behind a channel.
public struct KernelsState: Equatable, Sendable {
  /// What the input channels are sorted by, the largest magnitude first.
  public enum Order: String, CaseIterable, Sendable {
    /// The weight times the channel's mean.
    case contribution = "what it adds"
    /// The weight alone.
    case weight
  }

  /// A channel of a layer, both counted from 0.
  public struct Step: Equatable, Sendable {
    /// The layer.
    let layer: Int
    /// The channel.
    let channel: Int
  }

  /// The line of the list under the cursor.
  public var cursor = 0
  /// How the list is sorted.
  public var order = Order.contribution
  /// Where the person came from on the way back towards the pixels, the first step first.
  public var trail: [Step] = []

  /// Begins at the input channel that adds most.
  public init() {}
}

/// What can happen on the kernels screen.
public enum KernelsAction: Equatable, Sendable {
  /// The screen was asked for.
  case begun
  /// The cursor was moved by lines.
  case moved(by: Int)
  /// A line was pointed at; pointing at the one under the cursor goes there.
  case pointed(Int)
  /// The other order was taken.
  case orderCycled
  /// The way was taken to the layer before, through the channel under the cursor.
  case wentTowardsPixels
  /// The last of those steps was taken back.
  case wentTowardsClasses
}

/// Applies what happened on the kernels screen.
func reduce(_ state: inout ExplorerState, _ action: KernelsAction) {
  switch action {
  case .begun:
    state.open(.kernels)
    state.kernels.trail = []
    state.kernels.cursor = 0
  case .moved(let steps):
    let last = max(0, (state.contributions?.entries.count ?? 0) - 1)
    state.kernels.cursor = min(max(state.kernels.cursor + steps, 0), last)
  case .pointed(let line):
    if line == state.kernels.cursor { return reduce(&state, KernelsAction.wentTowardsPixels) }
    reduce(&state, KernelsAction.moved(by: line - state.kernels.cursor))
  case .orderCycled:
    state.kernels.order = state.kernels.order.next
    state.kernels.cursor = 0
  case .wentTowardsPixels:
    guard state.place.layer > 0 else {
      state.open(.input)
      return
    }
    guard let channel = state.strongestInput else { return }
    state.kernels.trail.append(
      KernelsState.Step(layer: state.place.layer, channel: state.channel))
    state.select(layer: state.place.layer - 1)
    state.select(channel: channel)
    state.kernels.cursor = 0
  case .wentTowardsClasses:
    guard let step = state.kernels.trail.popLast(), step.layer < state.layers.count else { return }
    state.select(layer: step.layer)
    state.select(channel: step.channel)
    state.kernels.cursor = 0
  }
}

extension ExplorerState {
  /// The input channels of the selected channel, where the layer mixes them.
  var contributions: InputContributions? {
    run.flatMap {
      InputContributions(
        $0.value, checkpoint: model.checkpoint, position: place.layer, channel: channel,
        order: kernels.order)
    }
  }

  /// The channel of the layer before that the way back leads to.
  fileprivate var strongestInput: Int? {
    guard let contributions else { return run == nil ? nil : channel }
    let entries = contributions.entries
    return entries.isEmpty ? nil : entries[min(kernels.cursor, entries.count - 1)].channel
  }
}
