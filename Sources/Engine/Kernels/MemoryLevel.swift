/// A level of memory: the caches of one level of all threads together, or main memory.
public struct MemoryLevel: Equatable, Sendable {
  /// `L2`, `L3` or `memory`.
  public let name: String
  /// The capacity in bytes; `Int.max` for main memory.
  public let capacity: Int
  /// The rate at which the threads read from this level, in billions of bytes a second.
  public let bandwidth: Double

  /// Creates a level from measured numbers.
  public init(name: String, capacity: Int, bandwidth: Double) {
    self.name = name
    self.capacity = capacity
    self.bandwidth = bandwidth
  }
}
