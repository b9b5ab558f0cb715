import Foundation
import Kernels

/// Lets frames through at their own rate.
struct Pacer {
  private let interval: Double?
  private let clock = Stopwatch()
  private var due = 0.0

  /// How much faster a source with a clock of its own is read than it says: what has gathered in a
  /// pipe melts away instead of growing.
  private static let haste = 1.02

  /// Frames come `rate` times a second; without a rate, as soon as they are there.
  init(rate: Double?, isLive: Bool) {
    interval = rate.map { 1e3 / ($0 * (isLive ? Self.haste : 1)) }
  }

  /// Waits until it is time for the next frame; time that was lost is not made up for.
  mutating func wait() {
    guard let interval else { return }
    let now = clock.milliseconds
    if due > now { Thread.sleep(forTimeInterval: (due - now) / 1e3) }
    due = max(due, now) + interval
  }
}
