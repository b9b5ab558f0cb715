import Tensors

extension Workers {
  /// Measures the peak throughput of these threads, in billions of floating-point operations a
  /// second; a multiply-add counts as two.
  ///
  /// The measurement takes about a tenth of a second.
  public func measurePeakGFLOPS() -> Double {
    let rounds = 40_000_000 / kernels.peakMultiplyAdds
    let results = PerWorker<Float>(repeating: 0, count: count)
    return peak(multiplyAdds: rounds * kernels.peakMultiplyAdds) { worker in
      results[worker] = kernels.peak(rounds)
    }
  }

  /// Measures the peak throughput of a matrix product of integers within the first-level cache, in
  /// billions of operations a second.
  public func measureIntegerPeakGOPS() -> Double {
    let (rows, depth, rounds) = (14, 512, 128)
    let filter = IntegerFilter(
      weights: [Int16](repeating: 1, count: depth * integerKernels.columns),
      biases: [Int32](repeating: 0, count: integerKernels.columns),
      factors: [Requantization](repeating: Requantization(0.01), count: integerKernels.columns),
      inputZero: 0, limits: .all)
    let panels = IntegerPanels(filter, kernels: integerKernels)
    let size = rows * depth * integerKernels.valueBytes
    let memory = (0..<count).map { _ in Storage(bytes: size + rows * integerKernels.columns + 128) }
    for storage in memory { storage.base.update(repeating: 0, count: storage.count) }
    return peak(multiplyAdds: rounds * rows * depth * integerKernels.columns) { worker in
      let input = memory[worker].bytes
      for _ in 0..<rounds {
        integerKernels.product(
          panels.product(
            0, input: UnsafeRawPointer(input), inputStride: depth, rows: rows, offsets: nil,
            output: input + size))
      }
    }
  }

  /// Returns the throughput of the fastest run of `work` on all threads, in billions of operations
  /// a second.
  private func peak(multiplyAdds: Int, _ work: (_ worker: Int) -> Void) -> Double {
    var shortest = Double.infinity
    for _ in 0..<64 {
      let watch = Stopwatch()
      onEach(work)
      shortest = min(shortest, watch.milliseconds)
    }
    return Double(2 * multiplyAdds * count) / shortest / 1e6
  }
}
