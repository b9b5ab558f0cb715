import Atlas
import Dispatch
import Folders
import Foundation
import MobileNet
import Synchronization

/// The making of an atlas, with regular calls that report its progress.
struct AtlasErrand {
  private let run: AtlasRun

  /// The time between reports, in seconds.
  private static let interval = 0.2

  /// The state that the computing threads and the reporting thread share.
  private final class Desk: Sendable {
    let progress = Mutex((done: 0, total: 0))
    let stops = Atomic(false)
    let failure = Mutex<AtlasError?>(nil)
    let isOver = DispatchSemaphore(value: 0)
  }

  /// Prepares an atlas as `plan` says; deletes an unfinished atlas of other images.
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

  /// Makes the atlas; stops early if `progress` throws, rethrows the error and keeps the work done.
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
