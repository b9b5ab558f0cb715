import Foundation
import Synchronization

/// The signal that asked the program to stop, once `Interruption.watch()` was called; 0 until then.
private let received = Atomic<Int32>(0)

/// Ctrl-C, and the signal that batch systems send, for work that wants to keep what is done.
enum Interruption {
  /// From now on these signals are noted; a second one ends the program at once.
  static func watch() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        received.store(number, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// Whether one came.
  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Ends the program as the signal that came would have.
  static func leave() -> Never {
    OnScreen.endBySignal(received.load(ordering: .relaxed))
  }
}
