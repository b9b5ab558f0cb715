import Cells
import Explorer
import Live
import Terminal

/// The program while it is on the screen.
///
///     keys, mouse, resize ─┐
///                          ├→ action → reduce → state → render → cells → terminal
///     finished work ───────┘                └─→ effects → worker
///
/// Nothing here waits for slow work: the worker's answers come through a mailbox that wakes the
/// loop as a key does. Frames of a stream come through a feed, of which the loop takes the newest
/// when it has time to draw it.
public struct Loop: ~Copyable {
  private let terminal: Terminal
  private let mailbox: Mailbox
  private let worker: Worker
  private var feed: LiveFeed?
  private var state: ExplorerState
  private var isOver = false

  /// Shows `state`, or with a `source` a stream, on `terminal`.
  ///
  /// Networks run on `threads` threads, or on as many as there are cores.
  public init(
    terminal: Terminal, state: ExplorerState, threads: Int?,
    source: (path: String, options: Pipeline.Options)? = nil
  ) {
    self.terminal = terminal
    self.state = state
    let numbering = Numbering()
    mailbox = Mailbox(wake: terminal.waker)
    if let source {
      let pipeline = Pipeline(
        source: source.path, options: source.options, wake: terminal.waker)
      self.state.live = LiveState()
      feed = LiveFeed(pipeline, source: source.path, numbering: numbering)
    }
    worker = Worker(
      mailbox: mailbox, threads: threads, numbering: numbering, pipeline: feed?.pipeline)
  }

  /// The stream on its way through the network; nil where a photo is looked at.
  public var pipeline: Pipeline? { feed?.pipeline }

  /// Runs until the person quits or the terminal goes away.
  public mutating func run() throws(TerminalError) {
    perform(state.firstEffects)
    if let feed {
      feed.pipeline.start()
    } else {
      perform([.remember(path: state.album.path)])
    }
    var drawn: ExplorerState?
    while !isOver {
      // In this order: what the worker has done is in the mailbox before it is no longer busy.
      let isBusy = worker.isBusy || !mailbox.isEmpty
      for action in feed?.takeActions(isBusy: isBusy) ?? [] { apply(action) }
      if drawn != state || terminal.isBlank, mayDraw {
        let start = ContinuousClock.now
        // A drawing that gave way to a key is part of this state and part of an earlier one.
        drawn = terminal.draw(render(state).cells) ? state : nil
        if drawn != nil { feed?.noteDrawing(since: start) }
      }
      for event in try terminal.nextEvents(within: patience) { handle(event) }
      for action in mailbox.take() { apply(action) }
      feed?.watch(state)
    }
  }

  /// Whether the screen may change now: a slow terminal is given fewer frames of a stream.
  private var mayDraw: Bool {
    guard let feed else { return true }
    return feed.mayDraw && terminal.isReady
  }

  /// How long to wait for keys before there is something to do, in milliseconds.
  private var patience: Int {
    guard let feed else { return 250 }
    return feed.mayDraw && !terminal.isReady ? 20 : feed.patience
  }

  private mutating func handle(_ event: Event) {
    switch event {
    case .key(let key):
      apply(.keyPressed)
      if let action = state.action(for: key) { apply(action) }
    case .mouse(let mouse):
      guard let action = render(state).action(for: mouse) else { return }
      state.message = nil
      apply(action)
    case .paste(let text):
      state.message = nil
      for action in state.actions(pasting: text) { apply(action) }
    case .resize(let size):
      apply(.resized(size))
    }
  }

  private mutating func apply(_ action: Action) {
    perform(reduce(&state, action))
  }

  private mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: isOver = true
      case .suspend: terminal.suspend()
      case .copy(let text):
        terminal.copy(text)
      case .listenToMouse(let isOn): terminal.listen(toMouse: isOn)
      case .live(.pause(let isPaused)): feed?.pipeline.pause(isPaused)
      case .live(.step(let isBack)): feed?.pipeline.step(back: isBack)
      default: worker.perform(effect)
      }
    }
  }
}
