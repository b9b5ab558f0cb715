import Tensors

extension Workers {
  /// Measures the bandwidth of each level of memory for these threads, the nearest level first.
  ///
  /// The measurement takes a few tenths of a second.
  public func measureLevels() -> [MemoryLevel] {
    // A thread reads half of its second-level cache, so that the data stay there; half of its share
    // of the third level, where that exceeds the second; and more than any cache holds.
    let second = SecondLevelCache.floats * MemoryLayout<Float>.stride
    let third = ThirdLevelCache.bytes / 2 / count
    let outer = max(256 << 20, 32 << 20 * count) / count
    var levels = [
      MemoryLevel(
        name: "L2", capacity: second * count,
        bandwidth: bandwidth(bytes: second / 2, rounds: max(1, (32 << 20) / second)))
    ]
    if third >= 2 * second {
      levels.append(
        MemoryLevel(
          name: "L3", capacity: ThirdLevelCache.bytes,
          bandwidth: bandwidth(bytes: third, rounds: max(1, (32 << 20) / third))))
    }
    return levels + [
      MemoryLevel(
        name: "memory", capacity: .max, bandwidth: bandwidth(bytes: outer, rounds: 1))
    ]
  }

  /// Returns billions of bytes a second, for each thread reading `bytes` of its own memory `rounds`
  /// times.
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
        // The compiler would drop the reads if nothing used the sums.
        results[worker] = sums.0 &+ sums.1 &+ sums.2 &+ sums.3
      }
      shortest = min(shortest, watch.milliseconds)
    }
    return Double(count * rounds * lines * MemoryLayout<Line>.stride) / shortest / 1e6
  }
}
