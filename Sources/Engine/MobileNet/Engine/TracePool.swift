import Tensors

/// Traces of one network whose memory is written anew once nobody else holds it.
///
/// Whoever looks at a trace keeps it as it is: the next run takes another one's memory. So there are
/// as many as are looked at together, and a stream of any length needs no more.
public struct TracePool: Sendable {
  private var traces: [Trace] = []

  /// An empty pool.
  public init() {}

  /// The blocks of memory that there are.
  public var count: Int { traces.count }

  /// Runs `network` on `input`, in memory that nobody looks at.
  public mutating func run(_ network: Network, on input: Tensor) -> Trace {
    traces.removeAll { $0.layers != network.layers }
    let free = traces.indices.first { isKnownUniquelyReferenced(&traces[$0].storage) }
    var memory = free.map { traces.remove(at: $0).storage }
    let trace = network.run(input, in: &memory)
    traces.append(trace)
    return trace
  }
}
