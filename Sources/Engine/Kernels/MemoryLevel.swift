/// Where bytes come from: the caches of one level, those of all threads together, or memory.
public struct MemoryLevel: Equatable, Sendable {
  /// `L2`, `L3` or `memory`.
  public let name: String
  /// The bytes that it holds; `Int.max` for memory.
  public let capacity: Int
  /// Billions of bytes that the threads read from it in a second.
  public let bandwidth: Double

  /// States what was measured.
  public init(name: String, capacity: Int, bandwidth: Double) {
    self.name = name
    self.capacity = capacity
    self.bandwidth = bandwidth
  }
}
