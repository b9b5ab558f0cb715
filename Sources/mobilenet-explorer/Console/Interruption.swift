import Foundation
import Synchronization

/// The signal that asked the program to stop; 0 before `Interruption.watch()` and until a signal
/// comes.
private let received = Atomic<Int32>(0)

/// SIGINT (Ctrl-C) and SIGTERM (from batch systems), for work that saves its results before it
/// stops.
enum Interruption {
  /// Begins to record these signals; a second one ends the program at once.
  static func watch() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        received.store(number, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// Whether a signal asked the program to stop.
  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Ends the program as the recorded signal would have.
  static func leave() -> Never {
    OnScreen.endBySignal(received.load(ordering: .relaxed))
  }
}
