import Live
import MobileNet
import Research

extension Core {
  /// Carries out an intent on the stream; returns the effects to perform.
  mutating func obey(_ intent: LiveIntent) -> [Intent] {
    guard let live else { return [] }
    switch intent {
    case .pauseSwitched:
      self.live?.isPaused.toggle()
      return [.perform(.live(.pause(!live.isPaused)))]
    case .stepped(let isBack):
      guard live.end == nil, !live.isPaused else { return [.perform(.live(.step(back: isBack)))] }
      self.live?.isPaused = true
      return [.perform(.live(.pause(true))), .perform(.live(.step(back: isBack)))]
    case .recordingAsked:
      return [.perform(.live(.record))]
    }
  }

  /// Updates the state with news of the stream.
  mutating func take(_ news: LiveNews) {
    guard let live else { return }
    switch news {
    case .came(let frame):
      // A frame that was run on other weights comes too late.
      guard frame.model == model.number, frame.run.layers == layers else { return }
      // With parts switched off, a frame is shown together with its patched run; until that is
      // there the frame before stays.
      if patches.isEmpty || live.run == nil { show(frame) } else { self.live?.next = frame }
    case .held(let isHeld):
      self.live?.isHeld = isHeld
    case .measured(let pace, let skipped):
      // While nothing is being inferred, the last measurement stays.
      guard live.end == nil, !live.isPaused else { return }
      self.live?.pace = pace
      self.live?.skipped = skipped
    case .noticed(.ended(let reason)):
      self.live?.end = LiveState.End(reason: reason)
    case .noticed(.atOldest(let kept)):
      message = Message(
        kept == 0 ? "No frame has come yet." : "No frame before this one is kept.")
    case .noticed(.atNewest):
      message = Message("This is the last frame of the stream.")
    }
  }

  /// Shows the frame that waited for the answer to `asked`, if there is one.
  mutating func showNext(after asked: RerunQuestion) {
    guard let next = live?.next, next.run == asked.run, asked.patches == patches else { return }
    live?.next = nil
    show(next)
  }

  private mutating func show(_ frame: LiveFrame) {
    let (width, height) = (frame.photo.width, frame.photo.height)
    if live?.frame != nil, (photo.width, photo.height) != (width, height) {
      message = Message("From here on frames are \(width)×\(height).")
    }
    live?.frame = frame.frame
    live?.age = frame.age
    live?.trends = frame.trends
    live?.run = frame.run
    photo = frame.photo
    keepChannel()
    fixRange()
  }
}
