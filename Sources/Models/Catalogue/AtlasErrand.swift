import Atlas
import Dispatch
import Folders
import Foundation
import MobileNet
import Synchronization

/// An atlas in the making, for whoever asks now and then how far it is.
struct AtlasErrand {
  private let run: AtlasRun

  /// The part of a second after which somebody is told how far it is.
  private static let interval = 0.2

  /// What its threads and the one that asks tell each other.
  private final class Desk: Sendable {
    let progress = Mutex((done: 0, total: 0))
    let stops = Atomic(false)
    let failure = Mutex<AtlasError?>(nil)
    let isOver = DispatchSemaphore(value: 0)
  }

  /// Makes ready to make what `plan` says; what is left of an atlas of other images is not gone on
  /// with.
  init(
    _ plan: AtlasPlan, walk: ImageWalk<Network>, folder: String, output: String
  ) throws(AtlasError) {
    do {
      run = try AtlasRun(plan, walk: walk, folder: folder, output: output)
    } catch .another {
      try? FileManager.default.removeItem(atPath: output + ".progress")
      try? FileManager.default.removeItem(atPath: output + ".values")
      run = try AtlasRun(plan, walk: walk, folder: folder, output: output)
    }
  }

  /// Makes it; ends early, with what `progress` throws, and keeps what was done.
  func run(progress: (Int, Int) throws -> Void) throws {
    let desk = Desk()
    DispatchQueue.global(qos: .userInitiated).async { [run] in
      do throws(AtlasError) {
        _ = try run.run(
          stops: { desk.stops.load(ordering: .relaxed) }, note: { _ in },
          progress: { now in desk.progress.withLock { $0 = (now.done, now.total) } })
      } catch {
        desk.failure.withLock { $0 = error }
      }
      desk.isOver.signal()
    }
    while desk.isOver.wait(timeout: .now() + Self.interval) == .timedOut {
      do {
        let now = desk.progress.withLock { $0 }
        try progress(now.done, now.total)
      } catch {
        desk.stops.store(true, ordering: .relaxed)
        desk.isOver.wait()
        throw error
      }
    }
    if let failure = desk.failure.withLock({ $0 }) { throw failure }
  }
}
