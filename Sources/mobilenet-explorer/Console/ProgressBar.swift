import Reports
import Synchronization

/// A progress bar on standard error; silent if that is not a terminal.
final class ProgressBar: Sendable {
  private let total: Int?
  private let text: @Sendable (Int) -> String
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  /// Makes a bar that is full at `total`, or counts up if that is nil because it is not known yet;
  /// `text` formats an amount.
  init(total: Int?, text: @escaping @Sendable (Int) -> String = { "\($0)" }) {
    self.total = total
    self.text = text
  }

  /// Shows that `done` of the total is done; `total` replaces the bar's own if it is known only
  /// now.
  ///
  /// Can be called on any thread; draws at most ten times a second.
  func show(_ done: Int, of total: Int? = nil, note: String) {
    guard Console.isTerminal else { return }
    let isDue = lastShown.withLock { last in
      let now = ContinuousClock.now
      if let last, now - last < .milliseconds(100) { return false }
      last = now
      return true
    }
    guard isDue else { return }
    guard let total = (total ?? self.total).map({ max($0, 1) }) else {
      return Console.write("\r\(text(done))  \(note)\u{1B}[K")
    }
    let width = 30
    let filled = min(done * width / total, width)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    Console.write("\r\(bar) \(text(done)) of \(text(total))  \(note)\u{1B}[K")
  }

  /// Erases the bar.
  func clear() {
    if Console.isTerminal { Console.write("\r\u{1B}[K") }
  }
}
