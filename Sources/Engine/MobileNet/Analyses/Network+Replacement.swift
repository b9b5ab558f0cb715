import Kernels
import Tensors

/// The times of a depthwise separable layer and of the standard convolution that it replaces.
public struct ReplacementTimes: Equatable, Sendable {
  /// The time of the depthwise and the pointwise layer, in milliseconds.
  public let separable: Double
  /// The time of a standard 3×3 convolution with the same input and output, in milliseconds.
  public let standard: Double

  /// Creates the times, in milliseconds.
  public init(separable: Double, standard: Double) {
    self.separable = separable
    self.standard = standard
  }
}

extension Network {
  /// Runs a pair of layers and the standard convolution that it replaces in turns, and returns the
  /// shortest time of each.
  ///
  /// `position` is that of the depthwise or the pointwise layer, and `trace` one of this network's;
  /// both runs use kernels of the same quality and the same threads. Nil for a layer outside of
  /// such a pair.
  public func measureReplacement(at position: Int, of trace: Trace, runs: Int = 5)
    -> ReplacementTimes?
  {
    guard let stage = stages.first(where: { $0.positions.contains(position) }),
      case .separable(let separable) = stage.kernel
    else { return nil }
    let first = layers[stage.positions.lowerBound]
    let input = trace.input(at: stage.positions.lowerBound)
    let standard = StandardConvolution(
      everyWeight: 1 / Float(9 * first.input.channels), input: separable.input,
      output: separable.output, stride: first.stride,
      before: first.window.before,
      limits: separable.limits, workers: workers)
    let output = Destination(
      shape: separable.output, storage: Storage(uninitialized: separable.output.count))
    return access.withLock { _ in
      workers.reserve(standard.scratchCount)
      var times = (separable: Double.infinity, standard: Double.infinity)
      for _ in 0..<max(1, runs) {
        var watch = Stopwatch()
        _ = separable.run(input, middle: nil, into: output, workers: workers)
        times.separable = min(times.separable, watch.milliseconds)
        watch = Stopwatch()
        standard.run(input, into: output, workers: workers)
        times.standard = min(times.standard, watch.milliseconds)
      }
      return ReplacementTimes(separable: times.separable, standard: times.standard)
    }
  }
}
