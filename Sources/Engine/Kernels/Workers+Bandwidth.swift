import Tensors

extension Workers {
  /// Measures the bandwidth of each level of memory for these threads, the nearest level first.
  ///
  /// The measurement takes a few tenths of a second; a machine that is busy with something else, so that
  /// a level came out slower than one behind it, is measured up to three times.
  public func measureLevels() -> [MemoryLevel] {
    // A thread reads half of its second-level cache, so that the data stay there; half of its share
    // of the third level, where that exceeds the second; and more than any cache holds.
    let second = SecondLevelCache.floats * MemoryLayout<Float>.stride
    let third = ThirdLevelCache.bytes / 2 / count
    let outer = max(256 << 20, 32 << 20 * count) / count
    var spans: [(name: String, capacity: Int, bytes: Int, rounds: Int)] = [
      ("L2", second * count, second / 2, max(1, (32 << 20) / second))
    ]
    if third >= 2 * second {
      spans.append(("L3", ThirdLevelCache.bytes, third, max(1, (32 << 20) / third)))
    }
    spans.append(("memory", .max, outer, 1))
    var rates = spans.map { _ in 0.0 }
    for _ in 0..<3 {
      rates = zip(spans, rates).map { max($1, bandwidth(bytes: $0.bytes, rounds: $0.rounds)) }
      if zip(rates, rates.dropFirst()).allSatisfy(>=) { break }
    }
    return zip(spans, rates).map {
      MemoryLevel(name: $0.name, capacity: $0.capacity, bandwidth: $1)
    }
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
