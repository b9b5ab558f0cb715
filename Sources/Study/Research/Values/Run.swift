import Dispatch
import MobileNet
import Synchronization
import Tensors

/// A network's run on one photo, with the statistics of its outputs.
public final class Run: Sendable {
  /// The output of every layer.
  public let trace: Trace
  private let known = Mutex<[Int: ChannelStatistics]>([:])
  private let largest = Mutex<[Channel: Cell]>([:])

  private struct Channel: Hashable {
    let layer: Int
    let index: Int
  }

  private typealias Cell = (row: Int, column: Int)

  /// Keeps `trace`.
  public init(_ trace: Trace) { self.trace = trace }

  /// The layers that were run.
  public var layers: [Layer] { trace.layers }

  /// Returns the statistics of the output of the layer at `position`, counted from 0.
  ///
  /// They take milliseconds, and are kept from the first call on. Callers at the same time may each
  /// compute them.
  public func statistics(at position: Int) -> ChannelStatistics {
    if let found = known.withLock({ $0[position] }) { return found }
    // The lock is not held while they are computed.
    let found = ChannelStatistics(trace.output(at: position))
    return known.withLock { known in
      let first = known[position] ?? found
      known[position] = first
      return first
    }
  }

  /// Computes the statistics of all layers that are not known yet, several at once.
  func summarise() {
    DispatchQueue.concurrentPerform(iterations: layers.count) { _ = statistics(at: $0) }
  }

  /// Returns the row and column of the largest value of `channel` of the layer at `position`, both
  /// counted from 0.
  ///
  /// The value is searched for once, at the first call.
  public func largestCell(at position: Int, channel: Int) -> (row: Int, column: Int) {
    largest.withLock { largest in
      let key = Channel(layer: position, index: channel)
      let found = largest[key] ?? trace.output(at: position).plane(channel).largestPlace
      largest[key] = found
      return found
    }
  }
}
