import Explorer
import Synchronization

/// Where background work leaves what happened, for the loop that owns the state to take.
final class Mailbox: Sendable {
  private let news = Mutex<[News]>([])
  private let wake: @Sendable () -> Void

  /// A mailbox that calls `wake` whenever something was put into it.
  init(wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }

  /// Leaves what happened; from any thread.
  func send(_ news: News) {
    self.news.withLock { $0.append(news) }
    wake()
  }

  /// Whether nothing was left that was not taken.
  var isEmpty: Bool { news.withLock(\.isEmpty) }

  /// Takes all that was left, in order.
  func take() -> [News] {
    news.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
