import MobileNet
import Synchronization
import Tensors

/// What a network made of one photo, and what its outputs say about themselves in numbers.
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

  /// The statistics of the output of the layer at `position`, counted from 0.
  ///
  /// Walking over the values of a layer takes milliseconds: it is done once, when somebody asks.
  public func statistics(at position: Int) -> ChannelStatistics {
    known.withLock { known in
      let found = known[position] ?? ChannelStatistics(trace.output(at: position))
      known[position] = found
      return found
    }
  }

  /// The row and column of the largest value of `channel` of the layer at `position`, both counted
  /// from 0.
  ///
  /// The channel is walked over once, when somebody asks.
  public func largestCell(at position: Int, channel: Int) -> (row: Int, column: Int) {
    largest.withLock { largest in
      let key = Channel(layer: position, index: channel)
      let found = largest[key] ?? trace.output(at: position).plane(channel).largestPlace
      largest[key] = found
      return found
    }
  }
}
