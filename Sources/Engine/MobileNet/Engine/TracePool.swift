import Tensors

/// A pool of one network's traces that reuses the memory of those that nothing else holds.
///
/// A trace in use stays unchanged: the next run takes other memory. So the pool grows to the number
/// of traces in use at once, and a stream of any length needs no more.
public struct TracePool: Sendable {
  private var traces: [Trace] = []

  /// An empty pool.
  public init() {}

  /// The number of blocks of memory.
  public var count: Int { traces.count }

  /// Runs `network` on `input` in memory that no trace in use holds.
  public mutating func run(_ network: Network, on input: Tensor) -> Trace {
    traces.removeAll { $0.layers != network.layers }
    let free = traces.indices.first { isKnownUniquelyReferenced(&traces[$0].storage) }
    var memory = free.map { traces.remove(at: $0).storage }
    let trace = network.run(input, in: &memory)
    traces.append(trace)
    return trace
  }
}
