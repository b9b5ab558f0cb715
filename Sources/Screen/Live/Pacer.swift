import Foundation
import Kernels

/// Delays frames to a rate.
struct Pacer {
  private let interval: Double?
  private let clock = Stopwatch()
  private var due = 0.0

  /// The factor by which a live source is read faster than its rate, so that a backlog in the pipe
  /// shrinks instead of growing.
  private static let haste = 1.02

  /// Makes a pacer for `rate` frames a second; without a rate, frames are not delayed.
  init(rate: Double?, isLive: Bool) {
    interval = rate.map { 1e3 / ($0 * (isLive ? Self.haste : 1)) }
  }

  /// Waits until the next frame is due; lost time is not made up for.
  mutating func wait() {
    guard let interval else { return }
    let now = clock.milliseconds
    if due > now { Thread.sleep(forTimeInterval: (due - now) / 1e3) }
    due = max(due, now) + interval
  }
}
