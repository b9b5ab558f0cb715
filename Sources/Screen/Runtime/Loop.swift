import Cells
import Explorer
import Live
import Research
import Terminal

/// The event loop of the program on a terminal.
///
///     keys, mouse ───── intent ─┐
///                               ├→ reduce → state → render → cells → terminal
///     resize, answers ── news ──┘       └─→ effects → scheduler
///
/// The loop never waits for slow work: answers come through a mailbox that wakes the loop as a key
/// does. The loop takes the newest frame of a stream when there is time to draw it. It never writes
/// the state itself.
public struct Loop: ~Copyable {
  private let terminal: Terminal
  private let mailbox: Mailbox
  private let scheduler: Scheduler
  private let researcher: Researcher
  private var feed: LiveFeed?
  private var state: ExplorerState
  private var isOver = false

  /// Makes a loop that shows `state`, or the stream from `source`, on `terminal`.
  ///
  /// Checkpoints are found in `library`; networks run on `threads` threads, or on one per core, up
  /// to eight.
  public init(
    terminal: Terminal, state: ExplorerState, library: any Library, threads: Int?,
    source: (path: String, options: Pipeline.Options)? = nil
  ) {
    self.terminal = terminal
    self.state = state
    let numbering = Numbering()
    mailbox = Mailbox(wake: terminal.waker)
    if let source {
      let pipeline = Pipeline(
        source: source.path, options: source.options, wake: terminal.waker)
      feed = LiveFeed(pipeline, source: source.path, numbering: numbering)
    }
    researcher = Researcher(library: library, threads: threads, numbering: numbering)
    scheduler = Scheduler(researcher: researcher, mailbox: mailbox)
  }

  /// The stream's way through the network; nil if photos are explored.
  public var pipeline: Pipeline? { feed?.pipeline }

  /// Runs until the person quits or the terminal goes away.
  public mutating func run() throws(TerminalError) {
    apply(.started)
    feed?.pipeline.start()
    var drawn: ExplorerState?
    while !isOver {
      let isBusy = state.isWaiting || !mailbox.isEmpty
      for news in feed?.takeNews(isBusy: isBusy) ?? [] { apply(news) }
      if drawn != state || terminal.isBlank, mayDraw {
        let start = ContinuousClock.now
        // A drawing that was cut short by a key shows part of this state and part of an earlier
        // one.
        drawn = terminal.draw(render(state).cells) ? state : nil
        if drawn != nil { feed?.noteDrawing(since: start) }
      }
      for input in try terminal.nextEvents(within: patience) { handle(input) }
      for news in mailbox.take() { apply(news) }
      feed?.watch(state)
    }
  }

  /// Whether the screen may be drawn now: on a slow terminal fewer frames of a stream are.
  private var mayDraw: Bool {
    guard let feed else { return true }
    return feed.mayDraw && terminal.isReady
  }

  /// The milliseconds to wait for keys before there is something to do.
  private var patience: Int {
    guard let feed else { return 250 }
    return feed.mayDraw && !terminal.isReady ? 20 : feed.patience
  }

  private mutating func handle(_ input: Event) {
    switch input {
    case .key(let key):
      apply(.keyPressed)
      if let intent = state.intent(for: key) ?? state.answer(toUnknown: key) { apply(intent) }
    case .mouse(let mouse):
      guard let intent = render(state).intent(for: mouse) else { return }
      apply(.keyPressed)
      apply(intent)
    case .paste(let text):
      apply(.keyPressed)
      for intent in state.intents(pasting: text) { apply(intent) }
    case .resize(let size):
      apply(.resized(size))
    case .shows(let capabilities):
      apply(.terminalChanged(capabilities))
    }
  }

  private mutating func apply(_ news: News) { perform(reduce(&state, news)) }

  private mutating func apply(_ intent: Intent) { perform(reduce(&state, intent)) }

  private mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .ask(let question): scheduler.ask(question)
      case .cancel(let question): scheduler.cancel(question)
      case .later(let milliseconds, let action):
        scheduler.send(.timePassed(action), after: milliseconds)
      case .remember(let path):
        scheduler.perform(in: .disk) {
          RecentImages.add(path)
          return nil
        }
      case .save(let kind):
        scheduler.perform(in: .disk) { [state] in Saver.save(kind, of: state) }
      case .live(let request): ask(request)
      case .teaching(let request):
        scheduler.perform(in: .disk) { [library = researcher.library] in
          Teacher.perform(request, library)
        }
      case .copy(let text): terminal.copy(text)
      case .listenToMouse(let isOn): terminal.listen(toMouse: isOn)
      case .quit: isOver = true
      case .suspend: terminal.suspend()
      }
    }
  }

  private func ask(_ request: LiveRequest) {
    guard let pipeline = feed?.pipeline else { return }
    switch request {
    case .use(let model):
      scheduler.perform(in: .compute) { [researcher] in
        do {
          pipeline.use(try researcher.network(for: model), number: model.number)
          return nil
        } catch {
          return .failed("\(error)")
        }
      }
    case .pause(let isPaused): pipeline.pause(isPaused)
    case .step(let isBack): pipeline.step(back: isBack)
    case .record:
      scheduler.perform(in: .disk) { [state] in Saver.record(pipeline.recorded, of: state) }
    }
  }
}
