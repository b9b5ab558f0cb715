import MobileNet

/// Applies what happened to a stream.
func reduce(_ state: inout ExplorerState, _ action: LiveAction) -> [Effect] {
  guard let live = state.live else { return [] }
  switch action {
  case .came(let frame):
    // The answer of other weights comes too late.
    guard frame.model == state.model.number, frame.run.layers == state.layers else { return [] }
    let switches = state.ablation.switches
    guard switches.isEmpty || state.run == nil else {
      // It is shown together with what it becomes; until then the one before stays.
      state.live?.next = frame
      return [.rerun(state.model, frame.run, switches)]
    }
    state.show(frame, as: frame.run)
    state.ablation.original = switches.isEmpty ? nil : frame.run
    return state.missingRerun
  case .held(let isHeld):
    state.live?.isHeld = isHeld
  case .measured(let pace, let skipped):
    // What was measured last stays where nothing is to be measured.
    guard live.end == nil, !live.isPaused else { return [] }
    state.live?.pace = pace
    state.live?.skipped = skipped
  case .noticed(.ended(let reason)):
    state.live?.end = LiveState.End(reason: reason)
  case .noticed(.atOldest(let kept)):
    state.message = Message(
      kept == 0 ? "No frame has come yet." : "No frame before this one is kept.")
  case .noticed(.atNewest):
    state.message = Message("This is the last frame of the stream.")
  case .pauseSwitched:
    state.live?.isPaused.toggle()
    return [.live(.pause(!live.isPaused))]
  case .stepped(let isBack):
    guard live.end == nil, !live.isPaused else { return [.live(.step(back: isBack))] }
    state.live?.isPaused = true
    return [.live(.pause(true)), .live(.step(back: isBack))]
  case .recordingAsked:
    return [.live(.record(state))]
  case .recorded(let text):
    state.message = Message(text)
  }
  return []
}

extension ExplorerState {
  /// Shows the frame that waited as `run`, if that is what it becomes with the switches off; answers
  /// whether it was.
  mutating func showNext(as run: Numbered<Trace>, original: Int) -> Bool {
    guard let next = live?.next, next.run.number == original else { return false }
    live?.next = nil
    show(next, as: run)
    ablation.original = next.run
    return true
  }

  fileprivate mutating func show(_ frame: LiveFrame, as run: Numbered<Trace>) {
    let size = frame.photo.size
    if live?.frame != nil, photo.size != size {
      message = Message("From here on frames are \(size.width)×\(size.height).")
    }
    live?.frame = frame.frame
    live?.age = frame.age
    live?.trends = frame.trends
    photo = frame.photo
    self.run = run
    progress = []
  }
}
