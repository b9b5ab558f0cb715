import Dispatch
import MobileNet
import Streams
import Synchronization

/// Says once a second how a stream goes, where there is no screen.
public final class Reporter: Sendable {
  private let news = DispatchSemaphore(value: 0)
  private let isStopped = Atomic(false)
  private let pipeline: Pipeline
  private let network: Network

  /// Reports what `network` makes of `source`.
  public init(_ network: Network, source: String, options: Pipeline.Options) {
    self.network = network
    let news = news
    pipeline = Pipeline(source: source, options: options) { news.signal() }
  }

  /// Ends the report soon; from any thread.
  public func stop() {
    isStopped.store(true, ordering: .releasing)
    news.signal()
  }

  /// Gives a line to `print` each second and one at the end, until the stream ends; answers why it
  /// broke off, if it did.
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
        // Of a stream that never began there is nothing to add up.
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
