import Dispatch
import MobileNet
import Streams
import Synchronization

/// Reports on a stream once a second, without a screen.
public final class Reporter: Sendable {
  private let news = DispatchSemaphore(value: 0)
  private let isStopped = Atomic(false)
  private let pipeline: Pipeline
  private let network: Network

  /// Reports on `network`'s runs on `source`.
  public init(_ network: Network, source: String, options: Pipeline.Options) {
    self.network = network
    let news = news
    pipeline = Pipeline(source: source, options: options) { news.signal() }
  }

  /// Ends the report soon; can be called from any thread.
  public func stop() {
    isStopped.store(true, ordering: .releasing)
    news.signal()
  }

  /// Passes a line to `print` each second and one at the end, until the stream ends; returns the
  /// error if it broke off.
  public func run(print: (LiveReport) throws -> Void) rethrows -> StreamError? {
    pipeline.use(network, number: 0)
    pipeline.start()
    defer { pipeline.stop() }
    var (last, newest): (Tally, Trace?) = (Tally(), nil)
    var start = DispatchTime.now()
    while !isStopped.load(ordering: .acquiring) {
      let isDue = news.wait(timeout: start + 1) == .timedOut
      let ends = pipeline.takeNotices()
      if isDue || !ends.isEmpty {
        let now = DispatchTime.now()
        let seconds = Double(now.uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
        let tally = pipeline.tally
        newest = pipeline.takeFrame()?.trace ?? newest
        if isDue {
          try print(
            LiveReport(
              second: Pace(tally, since: last, seconds: seconds), newest: newest,
              checkpoint: network.checkpoint))
        }
        (last, start) = (tally, now)
      }
      if case .ended? = ends.last {
        let failure = pipeline.failure
        // A stream that never began has no totals.
        if failure == nil || pipeline.tally.read > 0 {
          try print(LiveReport(total: pipeline.tally))
        }
        return failure
      }
    }
    try print(LiveReport(total: pipeline.tally))
    return nil
  }
}
