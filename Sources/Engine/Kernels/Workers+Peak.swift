extension Workers {
  /// The most multiply-adds that these threads do in a second with nothing else to do, as billions
  /// of floating-point operations: a multiply-add is two.
  ///
  /// Measured now, which takes about a tenth of a second.
  public func measurePeakGFLOPS() -> Double {
    let rounds = 40_000_000 / kernels.peakMultiplyAdds
    let results = PerWorker<Float>(repeating: 0, count: count)
    var shortest = Double.infinity
    for _ in 0..<64 {
      let watch = Stopwatch()
      onEach { worker in results[worker] = kernels.peak(rounds) }
      shortest = min(shortest, watch.milliseconds)
    }
    return Double(2 * rounds * kernels.peakMultiplyAdds * count) / shortest / 1e6
  }
}
