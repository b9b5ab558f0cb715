import Foundation
import Streams

/// The one-slot mailbox between the reading and the computing thread.
///
/// A newer frame replaces the one in the slot. If every frame counts, or while the stream is
/// paused, the reader waits instead, and so does whoever writes into its pipe.
final class Desk: @unchecked Sendable {
  /// The next task of the computing thread.
  enum Job {
    /// Run the network on a new frame.
    case frame(RawFrame)
    /// Go to the frame before the current one, or after it.
    case step(back: Bool)
    /// Run on the same frame again, because the network changed.
    case again
    /// No more frames come; `reason` is nil unless the stream broke off.
    case finish(reason: String?)
  }

  // The condition guards all of these.
  private let condition = NSCondition()
  private let keepsEvery: Bool
  private var frame: RawFrame?
  private var spare: RawFrame?
  private var requests: [Job] = []
  private var isReady = false
  private var isPaused = false
  /// The number of frames let through during a pause.
  private var permits = 0
  private var end: (reason: String?, isTold: Bool)?
  private var isClosed = false

  init(keepsEvery: Bool) {
    self.keepsEvery = keepsEvery
  }

  // MARK: The reader

  /// Puts `frame` into the slot; returns whether it replaced another, or nil once the desk is
  /// closed.
  func put(_ frame: RawFrame) -> Bool? {
    guarded {
      while self.frame != nil, keepsEvery || isPaused, !isClosed { condition.wait() }
      guard !isClosed else { return nil }
      let skips = self.frame != nil
      if skips { spare = self.frame }
      self.frame = frame
      return skips
    }
  }

  /// Takes the frame whose memory may be overwritten.
  func takeSpare() -> RawFrame? {
    guarded {
      defer { spare = nil }
      return spare
    }
  }

  /// Reports the end of the stream; `reason` is nil unless it broke off.
  func finish(_ reason: String?) {
    guarded { end = (reason, false) }
  }

  // MARK: The computer

  /// Waits for the next job; nil once the desk is closed.
  func next() -> Job? {
    guarded {
      while !isClosed {
        if isReady {
          if !requests.isEmpty { return requests.removeFirst() }
          if !isPaused || permits > 0, let next = frame {
            frame = nil
            if isPaused { permits -= 1 }
            return .frame(next)
          }
          if frame == nil, let found = end, !found.isTold {
            end?.isTold = true
            permits = 0
            return .finish(reason: found.reason)
          }
        }
        condition.wait()
      }
      return nil
    }
  }

  /// Lets one frame through during a pause; returns false if no more frames come.
  func permitOne() -> Bool {
    guarded {
      guard end == nil || frame != nil else { return false }
      permits = 1
      return true
    }
  }

  /// Returns a frame's memory to the reader.
  func giveBack(_ frame: RawFrame?) {
    guard let frame else { return }
    guarded { spare = frame }
  }

  // MARK: The consumer

  /// Pauses the frames, or lets them come again.
  func pause(_ isPaused: Bool) {
    guarded {
      self.isPaused = isPaused
      permits = 0
    }
  }

  /// Adds a job to be done before the next frame; the first `again` announces a network.
  func ask(_ job: Job) {
    guarded {
      if case .again = job { isReady = true }
      requests.append(job)
    }
  }

  /// Ends the work of both threads.
  func close() {
    guarded { isClosed = true }
  }

  /// Runs `body` under the lock, and wakes the waiting threads.
  private func guarded<Result>(_ body: () -> Result) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return body()
  }
}
