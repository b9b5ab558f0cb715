import Foundation
import Streams

/// Where the thread that reads leaves a frame, and the thread that computes finds what to do.
///
/// There is room for one frame. A newer one takes its place; where every frame counts, or while
/// nothing moves, the reader waits instead, and with it whoever writes into the pipe.
final class Desk: @unchecked Sendable {
  /// What is to be done next.
  enum Job {
    /// Look at a frame that came.
    case frame(RawFrame)
    /// Look at the frame before the one that is looked at, or after it.
    case step(back: Bool)
    /// Look at the same frame again, because the network is another one.
    case again
    /// No frame comes any more.
    case finish(reason: String?)
  }

  // All of these are guarded by the condition.
  private let condition = NSCondition()
  private let keepsEvery: Bool
  private var frame: RawFrame?
  private var spare: RawFrame?
  private var requests: [Job] = []
  private var isReady = false
  private var isPaused = false
  /// Frames that are let through although nothing moves.
  private var permits = 0
  private var end: (reason: String?, isTold: Bool)?
  private var isClosed = false

  init(keepsEvery: Bool) {
    self.keepsEvery = keepsEvery
  }

  // MARK: The reader

  /// Leaves `frame`; answers whether another one gave way to it, nil when nobody wants frames.
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

  /// A frame whose memory may be written again.
  func takeSpare() -> RawFrame? {
    guarded {
      defer { spare = nil }
      return spare
    }
  }

  /// Says that no frame comes any more, and why unless the stream simply ended.
  func finish(_ reason: String?) {
    guarded { end = (reason, false) }
  }

  // MARK: The computer

  /// Waits for something to do; nil when there will be nothing.
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

  /// Lets one frame through although nothing moves; false when none comes any more.
  func permitOne() -> Bool {
    guarded {
      guard end == nil || frame != nil else { return false }
      permits = 1
      return true
    }
  }

  /// Gives a frame's memory to the reader.
  func giveBack(_ frame: RawFrame?) {
    guard let frame else { return }
    guarded { spare = frame }
  }

  // MARK: Whoever looks

  /// Stops the frames, or lets them come again.
  func pause(_ isPaused: Bool) {
    guarded {
      self.isPaused = isPaused
      permits = 0
    }
  }

  /// Asks for something before the next frame; there is a network from the first `again` on.
  func ask(_ job: Job) {
    guarded {
      if case .again = job { isReady = true }
      requests.append(job)
    }
  }

  /// Ends the work of both.
  func close() {
    guarded { isClosed = true }
  }

  /// Does `body` alone, and lets the others look at what came of it.
  private func guarded<Result>(_ body: () -> Result) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return body()
  }
}
