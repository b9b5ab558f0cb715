import Explorer
import Synchronization

/// The queue in which background work leaves news for the loop, which owns the state.
final class Mailbox: Sendable {
  private let news = Mutex<[News]>([])
  private let wake: @Sendable () -> Void

  /// Makes a mailbox that calls `wake` for each news.
  init(wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }

  /// Adds news; can be called from any thread.
  func send(_ news: News) {
    self.news.withLock { $0.append(news) }
    wake()
  }

  /// Whether no news is waiting.
  var isEmpty: Bool { news.withLock(\.isEmpty) }

  /// Takes all news, in order.
  func take() -> [News] {
    news.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
