import MobileNet
import Tensors

/// Applies what happened to the state, and says what is to be done about it elsewhere.
public func reduce(_ state: inout ExplorerState, _ action: Action) -> [Effect] {
  let (run, layer, question) = (state.run, state.place.layer, state.influenceQuestion)
  let compared = state.compared
  let topic = state.screen == .lesson ? state.lesson.topic : nil
  var effects = apply(action, to: &state)
  let isElsewhere = state.run != run || state.place.layer != layer
  if isElsewhere {
    state.findStatistics(isAnotherRun: state.run != run)
    state.keepChannel()
  }
  state.fixRange()
  state.forget(afterRun: run)
  if isElsewhere || state.screen == .lesson && state.lesson.topic != topic {
    effects += state.missingPreactivation + state.missingMeasurement + state.missingOther
  }
  if state.influenceQuestion != question { effects += state.missingInfluence }
  if state.compared != compared { effects += state.askForComparison() }
  effects += state.askForCounterpart() + state.askForRankings()
  if state.screen == .lesson { state.lesson.made = state.madeLesson }
  return effects
}

private func apply(_ action: Action, to state: inout ExplorerState) -> [Effect] {
  switch action {
  case .resized(let size):
    state.size = size
  case .keyPressed:
    state.message = nil

  case .layerMoved(let steps):
    return apply(.layerSelected(state.place.layer + steps), to: &state)
  case .layerSelected(let position):
    state.select(layer: position)
  case .channelMoved(let steps):
    return apply(.channelSelected(state.channel + steps), to: &state)
  case .channelSelected(let channel):
    state.select(channel: channel)

  case .opened(let screen):
    state.open(screen)
    if screen == .help { state.help = HelpState() }
  case .wentBack:
    state.leaveScreen()
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

  case .albumMoved(let steps):
    guard let path = state.album.path(steps) else {
      state.message = Message(steps < 0 ? "This is the first image." : "This is the last image.")
      return []
    }
    return openPhoto(&state, path)
  case .photoOpened(let path, let photo, let model):
    // Other weights came in between, which want the photo in another way.
    guard model == state.model.number else { return openPhoto(&state, path) }
    state.leavePicker()
    state.place = state.album.go(to: path, leaving: state.place)
    return show(&state, state.model, photo) + [.remember(path: path)]
  case .photoFailed(let path, let reason):
    state.album.skip(path)
    state.message = Message(reason, isError: true)
  case .weightsOpened(let model, let photo, let path):
    state.leavePicker()
    state.album.carryPlaces(from: state.layers, to: model.layers)
    state.place = state.place.carried(from: state.layers, to: model.layers)
    state.grid.marks = [:]
    state.view.fixed = nil
    state.ablation = AblationState()
    state.evidence = EvidenceState()
    let effects = show(&state, model, photo)
    // Another photo came in between, and these weights were given the one before.
    return path == state.album.path ? effects : effects + openPhoto(&state, state.album.path)
  case .copied:
    let numbers = state.numbersUnderCursor
    state.message = Message("copied \(numbers)")
    return [.copy(numbers)]
  case .saved(let path):
    state.message = Message("saved \(path)")
  case .mouseSwitched:
    state.hearsMouse.toggle()
    state.message = Message(state.hearsMouse ? "The mouse selects." : "The mouse is off.")
    return [.listenToMouse(state.hearsMouse)]

  case .layerFinished(let position, let milliseconds):
    // A late word about a run that is over says nothing new.
    if position == state.progress.count { state.progress.append(milliseconds) }
  case .inferred(let trace):
    // The answer to a question about other weights comes too late.
    guard trace.layers == state.layers else { return [] }
    state.run = trace
    state.progress = []
    state.ablation.original = state.ablation.switches.isEmpty ? nil : trace
    return state.missingRerun
  case .failed(let reason):
    state.message = Message(reason, isError: true)

  case .influenceMeasured(let question, let first, let values):
    return state.measured(question, first: first, values)
      + state.ranked(question, first: first, values)

  case .home(let action):
    reduce(&state, action)
  case .zoom(let action):
    return reduce(&state, action)
  case .grid(let action):
    return reduce(&state, action)
  case .kernels(let action):
    reduce(&state, action)
  case .evidence(let action):
    reduce(&state, action)
  case .ablation(let action):
    return reduce(&state, action)
  case .lesson(let action):
    return reduce(&state, action)
  case .compare(let action):
    return reduce(&state, action)
  case .beside(let action):
    return reduce(&state, action)
  case .find(let action):
    reduce(&state, action)
  case .help(let action):
    reduce(&state.help, action)
    let rows = Layout.body(of: state).height - 1
    state.help.scroll = min(state.help.scroll, max(0, state.helpLines.count - rows))
  case .open(let action):
    return reduce(&state, action)
  case .weights(let action):
    return reduce(&state, action)
  case .live(let action):
    return reduce(&state, action)
  case .save(let action):
    return reduce(&state, action)
  }
  return []
}

extension ExplorerState {
  /// Goes to the layer at `position`, or the nearest there is; the zoom's cursor stays at its place.
  mutating func select(layer position: Int) {
    let last = place.layer
    place.layer = min(max(position, 0), layers.count - 1)
    zoom.carry(from: layers[last].output, to: layer.output)
  }

  /// Shows `channel` of the selected layer, or the last there is.
  mutating func select(channel: Int) {
    place.chosenChannels[layer.name] = min(max(channel, 0), layer.output.channels - 1)
  }

  /// Lets go of what was computed for screens that were left or for a run that is gone, each as large
  /// as a run; on a stream what belongs to the frame before is shown until the next is there, and
  /// so is always what stands beside the run.
  fileprivate mutating func forget(afterRun last: Numbered<Trace>?) {
    let isOver = live == nil && run != last
    if isOver { zoom.preactivation = nil }
    if isOver || !screens.contains(.lesson) { lesson.others = [:] }
    if !screens.contains(.beside) { beside.answer = nil }
  }

  /// Stays with the channel that is shown while the picture moves: another one may vary more in the
  /// next frame.
  fileprivate mutating func keepChannel() {
    guard live != nil, let statistics, place.chosenChannels[layer.name] == nil else { return }
    select(channel: statistics.mostVaried)
  }

  /// Goes back to the screen below; from the layers there is none.
  mutating func leaveScreen() {
    if screens.count > 1 { screens.removeLast() }
  }

  /// Puts `screen` on top of the others; the layers have nothing below them.
  mutating func open(_ screen: Screen.ID) {
    // The menu of what to save is about the screen below it and goes with that.
    screens.removeAll { $0 == screen || screen == .home || $0 == .save }
    screens.append(screen)
  }
}

/// Shows another photo or other weights, and asks for the answer.
private func show(
  _ state: inout ExplorerState, _ model: Numbered<Model>, _ photo: Numbered<Photo>
) -> [Effect] {
  state.model = model
  state.photo = photo
  state.run = nil
  state.ablation.original = nil
  state.live?.next = nil
  state.live?.trends = []
  state.progress = []
  state.message = nil
  let grid = state.planeShape
  state.zoom.corner = nil
  state.zoom.y = min(state.zoom.y, grid.height - 1)
  state.zoom.x = min(state.zoom.x, grid.width - 1)
  return [.infer(model, photo)]
}

extension CaseIterable where Self: Equatable {
  /// The case after this one; the first after the last.
  var next: Self { Array(Self.allCases).element(1, after: self) }
}

extension Int {
  /// The index `steps` further on among `count`, round and round.
  func stepped(by steps: Int, among count: Int) -> Int { ((self + steps) % count + count) % count }
}

extension Array where Element: Equatable {
  /// The element that is `steps` behind `element`, or behind the first if that is none of them; after
  /// the last comes the first.
  func element(_ steps: Int, after element: Element) -> Element {
    self[(firstIndex(of: element) ?? 0).stepped(by: steps, among: count)]
  }
}
