import Explorer
import Synchronization

/// Where background work leaves what happened, for the loop that owns the state to take.
final class Mailbox: Sendable {
  private let actions = Mutex<[Action]>([])
  private let wake: @Sendable () -> Void

  /// A mailbox that calls `wake` whenever something was put into it.
  init(wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }

  /// Leaves an action; from any thread.
  func send(_ action: Action) {
    actions.withLock { $0.append(action) }
    wake()
  }

  /// Wakes the loop without leaving anything; from any thread.
  func wakeUp() { wake() }

  /// Whether nothing was left that was not taken.
  var isEmpty: Bool { actions.withLock(\.isEmpty) }

  /// Takes all that was left, in order.
  func take() -> [Action] {
    actions.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
