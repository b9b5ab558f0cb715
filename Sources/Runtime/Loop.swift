import Cells
import Explorer
import Terminal

/// The program while it is on the screen.
///
///     keys, mouse, resize ─┐
///                          ├→ action → reduce → state → render → cells → terminal
///     finished work ───────┘                └─→ effects → worker
///
/// Nothing here waits for slow work: the worker's answers come through a mailbox that wakes the
/// loop as a key does.
public struct Loop: ~Copyable {
  private let terminal: Terminal
  private let mailbox: Mailbox
  private let worker: Worker
  private var state: ExplorerState
  private var isOver = false

  /// Shows `state` on `terminal`; networks run on `threads` threads, or on as many as there are
  /// cores.
  public init(terminal: Terminal, state: ExplorerState, threads: Int?) {
    self.terminal = terminal
    self.state = state
    mailbox = Mailbox(wake: terminal.waker)
    worker = Worker(mailbox: mailbox, threads: threads)
  }

  /// Runs until the person quits or the terminal goes away.
  public mutating func run() throws(TerminalError) {
    perform([.infer(state.model, state.photo), .remember(path: state.album.path)])
    var drawn: ExplorerState?
    while !isOver {
      if drawn != state {
        terminal.draw(render(state).cells)
        drawn = state
      }
      for event in try terminal.nextEvents() { handle(event) }
      for action in mailbox.take() { apply(action) }
    }
  }

  private mutating func handle(_ event: Event) {
    switch event {
    case .key(let key):
      state.message = nil
      if let action = state.action(for: key) { apply(action) }
    case .mouse(let mouse):
      if let action = render(state).action(for: mouse) { apply(action) }
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
        state.message = Message("copied \(text)")
      case .listenToMouse(let isOn): terminal.listen(toMouse: isOn)
      default: worker.perform(effect)
      }
    }
  }
}
