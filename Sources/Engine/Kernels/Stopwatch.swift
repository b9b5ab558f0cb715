/// Measures the time since its creation.
public struct Stopwatch: Sendable {
  private let start = ContinuousClock.now

  /// Starts the stopwatch.
  public init() {}

  /// The time since the start, in milliseconds.
  public var milliseconds: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) * 1e3 + Double(attoseconds) * 1e-15
  }
}
