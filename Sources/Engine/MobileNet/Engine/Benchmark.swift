import Kernels
import Tensors

/// The time of a network, measured over repeated runs on the same input.
public struct Benchmark: Sendable {
  /// The time of all layers of one kind.
  public struct KindTime: Sendable {
    /// The kind of the layers.
    public let kind: Operation.Kind
    /// The sum of the layers' shortest times, in milliseconds.
    public let milliseconds: Double
    /// The multiply-adds of the layers.
    public let multiplyAdds: Int
  }

  /// The network's width multiplier.
  public let width: Double
  /// The rows and columns of the input.
  public let resolution: Resolution
  /// The number of threads.
  public let threads: Int
  /// The number type that the network computes with.
  public let precision: Precision
  /// The name of the instruction set that the kernels use.
  public let instructionSet: String
  /// Whether the outputs of all layers were kept.
  public let isRecorded: Bool
  /// The multiply-adds of the network.
  public let multiplyAdds: Int
  /// The shortest run, in milliseconds.
  public let minimumMilliseconds: Double
  /// The median run, in milliseconds.
  public let medianMilliseconds: Double
  /// The peak throughput of the threads, in billions of operations a second; a multiply-add counts
  /// as two.
  ///
  /// The larger of two measurements, before and after the runs, because the system may not run all
  /// threads at once at first.
  public let peakGigaOperations: Double
  /// Each layer's shortest time, in milliseconds.
  public let layerMilliseconds: [Double]
  /// The time by kind of layer.
  public let kinds: [KindTime]

  /// The time and memory of the backward pass; nil where it was not measured.
  public let backward: Backward?

  /// The time and the memory of a backward pass from a logit to the input.
  public struct Backward: Sendable {
    /// The shortest pass, in milliseconds.
    public let minimumMilliseconds: Double
    /// The memory of every layer's gradient, in bytes.
    public let gradientByteCount: Int
    /// The memory of every layer's output, in bytes.
    public let traceByteCount: Int
    /// The memory of the weights as the backward kernels read them, in bytes.
    public let weightsByteCount: Int
  }

  /// Runs `network` for about `seconds`, and at least ten times; with `measuresBackward`, each
  /// recorded run is followed by a backward pass.
  public init(
    _ network: Network, isRecorded: Bool = true, measuresBackward: Bool = false,
    seconds: Double = 1
  ) {
    let input = Self.input(network.inputShape)
    var trace: Trace?
    var gradient: Gradient?
    var backwardTime = Double.infinity
    self.init(
      network.checkpoint, layers: network.layers, resolution: network.resolution,
      threads: network.threads, precision: .float, instructionSet: network.instructionSet.rawValue,
      isRecorded: isRecorded, seconds: seconds, peak: network.measurePeakGFLOPS,
      run: { keep in
        if isRecorded {
          network.run(input, reusing: &trace, onLayer: keep)
        } else {
          _ = network.probabilities(of: input, onLayer: keep)
        }
      },
      afterRun: {
        guard measuresBackward, let trace else { return }
        // Made-up networks have a classifier, and so a logit.
        _ = try? network.gradient(of: .logit(0), at: trace, reusing: &gradient)
        backwardTime = min(backwardTime, gradient?.milliseconds ?? .infinity)
      },
      backward: {
        gradient.map {
          Backward(
            minimumMilliseconds: backwardTime, gradientByteCount: $0.byteCount,
            traceByteCount: trace?.byteCount ?? 0, weightsByteCount: network.backwardByteCount)
        }
      })
  }

  /// Runs `network`, which records everything, for about `seconds`, and at least ten times.
  public init(_ network: IntegerNetwork, seconds: Double = 1) {
    let input = QuantizedTensor(Self.input(network.inputShape), network.weights.input)
    var trace: IntegerTrace?
    self.init(
      network.checkpoint, layers: network.layers, resolution: network.resolution,
      threads: network.threads, precision: .integer,
      instructionSet: network.instructionSet.rawValue, isRecorded: true, seconds: seconds,
      peak: network.measurePeakGOPS,
      run: { keep in network.run(input, reusing: &trace, onLayer: keep) })
  }

  /// Runs `network`, which records everything, for about `seconds`, and at least ten times.
  public init(_ network: HalfNetwork, seconds: Double = 1) {
    let input = Self.input(network.inputShape)
    var trace: HalfTrace?
    self.init(
      network.checkpoint, layers: network.layers, resolution: network.resolution,
      threads: network.threads, precision: .half,
      instructionSet: network.instructionSet.rawValue, isRecorded: true, seconds: seconds,
      peak: network.measurePeakGFLOPS,
      run: { keep in network.run(input, reusing: &trace, onLayer: keep) })
  }

  private static func input(_ shape: Shape) -> Tensor {
    Tensor(shape: shape, values: Checkpoint.syntheticValues(shape.count, seed: 0, scale: 2))
  }

  private init(
    _ checkpoint: Checkpoint, layers: [Layer], resolution: Resolution, threads: Int,
    precision: Precision,
    instructionSet: String, isRecorded: Bool, seconds: Double, peak: () -> Double,
    run: (_ onLayer: @escaping (Int, Double) -> Void) -> Void, afterRun: () -> Void = {},
    backward: () -> Backward? = { nil }
  ) {
    let peakBefore = peak()
    var layerTimes = [Double](repeating: .infinity, count: layers.count)
    var times: [Double] = []
    let total = Stopwatch()
    while times.count < 10 || total.milliseconds < seconds * 1e3 {
      let watch = Stopwatch()
      run { position, time in layerTimes[position] = min(layerTimes[position], time) }
      times.append(watch.milliseconds)
      afterRun()
    }
    self.backward = backward()
    peakGigaOperations = max(peakBefore, peak())
    times.sort()
    minimumMilliseconds = times[0]
    medianMilliseconds = times[times.count / 2]
    layerMilliseconds = layerTimes
    kinds = Operation.Kind.allCases.compactMap { kind in
      let positions = layers.indices.filter { layers[$0].kind == kind }
      guard !positions.isEmpty else { return nil }
      return KindTime(
        kind: kind, milliseconds: positions.reduce(0) { $0 + layerTimes[$1] },
        multiplyAdds: positions.reduce(0) { $0 + layers[$1].multiplyAdds })
    }
    width = checkpoint.architecture.width
    self.resolution = resolution
    self.threads = threads
    self.precision = precision
    self.instructionSet = instructionSet
    self.isRecorded = isRecorded
    multiplyAdds = layers.multiplyAdds
  }

  /// The throughput of the shortest run, in billions of operations a second.
  public var gigaOperations: Double { Double(2 * multiplyAdds) / minimumMilliseconds / 1e6 }
}
