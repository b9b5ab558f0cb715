import Tensors

extension Workers {
  /// How much these threads read in a second with nothing else to do, in billions of bytes: from their
  /// second-level caches, and from memory.
  ///
  /// Measured now, which takes a few tenths of a second.
  public func measureBandwidth() -> (cache: Double, memory: Double) {
    // Half of the cache, so that all of it stays there; and more than any cache has, all threads together.
    let inner = SecondLevelCache.floats * MemoryLayout<Float>.stride / 2
    let outer = max(256 << 20, 32 << 20 * count) / count
    return (
      bandwidth(bytes: inner, rounds: max(1, (16 << 20) / inner)),
      bandwidth(bytes: outer, rounds: 1)
    )
  }

  /// The same where each thread reads `bytes` of its own, `rounds` times.
  private func bandwidth(bytes: Int, rounds: Int) -> Double {
    typealias Line = SIMD8<UInt64>
    let lines = max(bytes / MemoryLayout<Line>.stride / 4 * 4, 4)
    let memory = (0..<count).map { _ in Storage(bytes: lines * MemoryLayout<Line>.stride) }
    for storage in memory { storage.base.update(repeating: 1, count: storage.count) }
    let results = PerWorker<Line>(repeating: .zero, count: count)
    var shortest = Double.infinity
    for _ in 0..<8 {
      let watch = Stopwatch()
      onEach { worker in
        let base = UnsafeRawPointer(memory[worker].base).assumingMemoryBound(to: Line.self)
        var sums = (Line.zero, Line.zero, Line.zero, Line.zero)
        for _ in 0..<rounds {
          for line in stride(from: 0, to: lines, by: 4) {
            sums.0 &+= base[line]
            sums.1 &+= base[line + 1]
            sums.2 &+= base[line + 2]
            sums.3 &+= base[line + 3]
          }
        }
        // Somebody has to want the sums, or nothing is read.
        results[worker] = sums.0 &+ sums.1 &+ sums.2 &+ sums.3
      }
      shortest = min(shortest, watch.milliseconds)
    }
    return Double(count * rounds * lines * MemoryLayout<Line>.stride) / shortest / 1e6
  }
}
