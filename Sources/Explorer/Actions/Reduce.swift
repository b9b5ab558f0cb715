import Tensors

/// Applies what happened to the state, and says what is to be done about it elsewhere.
public func reduce(_ state: inout ExplorerState, _ action: Action) -> [Effect] {
  let (run, layer) = (state.run, state.place.layer)
  let effects = apply(action, to: &state)
  // Walking over the values of a layer takes a millisecond: once per layer, not once per frame.
  if state.run != run || state.place.layer != layer {
    state.statistics = state.output.map { ChannelStatistics($0) }
  }
  return effects
}

private func apply(_ action: Action, to state: inout ExplorerState) -> [Effect] {
  switch action {
  case .resized(let size):
    state.size = size

  case .layerMoved(let steps):
    return apply(.layerSelected(state.place.layer + steps), to: &state)
  case .layerSelected(let position):
    let last = state.place.layer
    state.place.layer = min(max(position, 0), state.layers.count - 1)
    state.zoom.carry(from: state.layers[last].output, to: state.layer.output)
  case .channelMoved(let steps):
    return apply(.channelSelected(state.channel + steps), to: &state)
  case .channelSelected(let channel):
    state.select(channel: channel)

  case .opened(let screen):
    state.open(screen)
    if screen == .help { state.help = HelpState() }
  case .wentBack:
    if state.screens.count > 1 { state.screens.removeLast() }
  case .quit:
    return [.quit]
  case .suspended:
    return [.suspend]

  case .rangeCycled:
    state.view.range = state.view.range.next
  case .curveCycled:
    state.view.curve = state.view.curve.next
  case .colorMapCycled:
    state.view.colorMap = state.view.colorMap.next

  case .layerFinished(let position, let milliseconds):
    // A late word about a run that is over says nothing new.
    if position == state.progress.count { state.progress.append(milliseconds) }
  case .inferred(let trace):
    state.run = trace
    state.progress = []
  case .failed(let reason):
    state.message = Message(reason, isError: true)

  case .zoom(let action):
    reduce(&state, action)
  case .grid(let action):
    reduce(&state, action)
  case .help(let action):
    reduce(&state.help, action)
  }
  return []
}

extension ExplorerState {
  /// Shows `channel` of the selected layer, or the last there is.
  mutating func select(channel: Int) {
    place.chosenChannels[layer.name] = min(max(channel, 0), layer.output.channels - 1)
  }

  /// Puts `screen` on top of the others.
  mutating func open(_ screen: Screen.ID) {
    screens.removeAll { $0 == screen }
    screens.append(screen)
  }
}

extension CaseIterable where Self: Equatable {
  /// The case after this one; the first after the last.
  var next: Self {
    let all = Array(Self.allCases)
    let index = all.firstIndex(of: self) ?? 0
    return all[(index + 1) % all.count]
  }
}
